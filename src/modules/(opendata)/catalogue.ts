import type { Town } from '#kernel/town.ts';
import type { Licence } from './licence.ts';
import { FORMATS, SETS, type Format, type SetId } from './sets.ts';

/** What DCAT-AP.de calls things; addresses of the European and German vocabularies. */
const CONTEXT = {
	adms: 'http://www.w3.org/ns/adms#',
	dcat: 'http://www.w3.org/ns/dcat#',
	dcatde: 'http://dcat-ap.de/def/dcatde/',
	dct: 'http://purl.org/dc/terms/',
	foaf: 'http://xmlns.com/foaf/0.1/',
	vcard: 'http://www.w3.org/2006/vcard/ns#',
	xsd: 'http://www.w3.org/2001/XMLSchema#',
};

const FILE_TYPES: Record<Format, { type: string; media: string }> = {
	csv: { type: 'CSV', media: 'text/csv' },
	json: { type: 'JSON', media: 'application/json' },
	ods: { type: 'ODS', media: 'application/vnd.oasis.opendocument.spreadsheet' },
};

const ref = (id: string) => ({ '@id': id });
const german = (value: string) => ({ '@value': value, '@language': 'de' });
const authority = (list: string, code: string) =>
	ref(`http://publications.europa.eu/resource/authority/${list}/${code}`);

export interface CatalogueWords {
	title: string;
	says: string;
	sets: Record<SetId, { title: string; says: string }>;
	/** The last public change of the records, an instant; null where nothing is public yet. */
	modified: string | null;
	licence: Licence;
}

/** The town's tables as DCAT-AP.de 2.0 (JSON-LD). Its texts are German: catalogues are. */
export function catalogue(town: Town, origin: string, words: CatalogueWords): Record<string, unknown> {
	const publisher = ref(`${origin}/#kommune`);
	const modified = words.modified && { 'dct:modified': { '@value': words.modified, '@type': 'xsd:dateTime' } };
	const datasets = SETS.map((set) => dataset(town, origin, set, words, { 'dct:publisher': publisher, ...modified }));
	return {
		'@context': CONTEXT,
		'@graph': [
			{
				'@id': `${origin}/offene-daten`,
				'@type': 'dcat:Catalog',
				'dct:title': german(words.title),
				'dct:description': german(words.says),
				'dct:publisher': publisher,
				'dct:language': authority('language', 'DEU'),
				'dct:license': ref(words.licence.uri),
				'foaf:homepage': ref(`${origin}/`),
				...modified,
				'dcat:dataset': datasets.map((one) => ref(one['@id'] as string)),
			},
			{ ...publisher, '@type': 'foaf:Agent', 'foaf:name': german(town.name), 'foaf:homepage': ref(`${origin}/`) },
			...contact(town, origin),
			...datasets,
			...SETS.flatMap((set) => FORMATS.map((format) => distribution(town, origin, set, format, words))),
		],
	};
}

function dataset(
	town: Town,
	origin: string,
	set: SetId,
	{ sets }: CatalogueWords,
	common: Record<string, unknown>,
): Record<string, unknown> {
	const contributor = town.settings.openData?.contributorId;
	return {
		'@id': `${origin}/offene-daten#${set}`,
		'@type': 'dcat:Dataset',
		'dct:title': german(`${sets[set].title} · ${town.name}`),
		'dct:description': german(sets[set].says),
		'dct:identifier': `${origin}/offene-daten#${set}`,
		...common,
		...(town.settings.contact && { 'dcat:contactPoint': ref(`${origin}/#kontakt`) }),
		'dcat:theme': authority('data-theme', 'GOVE'),
		'dcat:keyword': ['Integration', 'Kommunalpolitik', 'Ratsinformation', sets[set].title].map(german),
		'dct:language': authority('language', 'DEU'),
		'dct:accrualPeriodicity': authority('frequency', 'CONT'),
		'dcat:landingPage': ref(`${origin}/offene-daten`),
		'dcatde:politicalGeocodingLevelURI': ref('http://dcat-ap.de/def/politicalGeocoding/Level/municipality'),
		...(town.ags && {
			'dcatde:politicalGeocodingURI': ref(`http://dcat-ap.de/def/politicalGeocoding/municipalityKey/${town.ags}`),
		}),
		...(contributor && { 'dcatde:contributorID': ref(contributor) }),
		'dcat:distribution': FORMATS.map((format) => ref(`${origin}/offene-daten#${set}-${format}`)),
	};
}

function distribution(
	town: Town,
	origin: string,
	set: SetId,
	format: Format,
	{ sets, licence }: CatalogueWords,
): Record<string, unknown> {
	const file = ref(`${origin}/offene-daten/${set}.${format}`);
	return {
		'@id': `${origin}/offene-daten#${set}-${format}`,
		'@type': 'dcat:Distribution',
		'dct:title': german(`${sets[set].title} (${FILE_TYPES[format].type})`),
		'dcat:accessURL': file,
		'dcat:downloadURL': file,
		'dct:format': authority('file-type', FILE_TYPES[format].type),
		'dcat:mediaType': ref(`https://www.iana.org/assignments/media-types/${FILE_TYPES[format].media}`),
		'dct:license': ref(licence.uri),
		...(licence.uri.includes('-by') && { 'dcatde:licenseAttributionByText': german(town.name) }),
		'dcatde:plannedAvailability': ref('http://dcat-ap.de/def/plannedAvailability/stable'),
	};
}

function contact({ settings, name }: Town, origin: string): Record<string, unknown>[] {
	const { contact: at } = settings;
	if (!at) return [];
	return [
		{
			'@id': `${origin}/#kontakt`,
			'@type': 'vcard:Organization',
			'vcard:fn': at.office || name,
			...(at.email && { 'vcard:hasEmail': ref(`mailto:${at.email}`) }),
		},
	];
}
