import { districtsIn, readReference, writeReference, type Scheme } from '#modules/papers';
import { fold, nameKey } from '#modules/registry';
import type { Consultation, Content } from '../reading/types.ts';
import type { Decision } from '../review/findings.ts';
import { isDay } from '../review/fields.ts';

/** What register and papers know, for the plan of an old paper. */
export interface PaperKnown {
	persons: { id: string; name: string }[];
	organisations: { id: string; name: string; shortName: string; type: string }[];
	types: { id: string; code: string; name: string; schemeId: string }[];
	schemes: Scheme[];
	/** Addresses of the papers that are here already, by their numbers. */
	papers: Map<string, string>;
	/** The town's list of districts. */
	districts: { id: string; name: string; shortName: string }[];
	/** What the form head says of parts of the town, as it is printed. */
	where: string;
}

export type StationRole = 'approval' | 'hearing' | 'advisory' | 'information' | 'deciding';
export const STATION_ROLES: readonly StationRole[] = ['approval', 'hearing', 'advisory', 'information', 'deciding'];
export type RelationKind = 'answers' | 'amends' | 'replaces' | 'cites' | 'substitutes' | 'related';
export const RELATION_KINDS: readonly RelationKind[] = [
	'answers',
	'amends',
	'replaces',
	'cites',
	'substitutes',
	'related',
];

/** Somebody or something named in the paper, and what may be meant: an id of the register, what to add, or nobody. */
export interface Named {
	/** Stays the same when the page is made anew. */
	key: string;
	printed: string;
	/** Certain matches; the first is proposed. */
	matches: { id: string; name: string }[];
	proposed: string;
}

/** What taking a paper over would write, for a person to confirm. */
export interface PaperPlan {
	/** `reference` is the number in the town's form; null where no scheme writes like that. */
	number: { printed: string; reference: string | null; taken: string | null };
	type: string;
	department: Named | null;
	originators: Named[];
	/** Parts of the town as printed, the town's list, and which of it are meant; null where the paper names none of them. */
	districts: { printed: string; list: { id: string; name: string }[]; proposed: string[] } | null;
	stations: (Named & { date: string | null; role: StationRole; public: boolean; held: boolean })[];
	relations: { printed: string; reference: string; slug: string | null; kind: RelationKind | 'none' }[];
	public: boolean;
}

/** Keys of the register's choices: `o:<id>` an organisation, `p:<id>` a person. */
export const organisationKey = (id: string) => `o:${id}`;
export const personKey = (id: string) => `p:${id}`;

const MAYOR =
	/(?<!\p{L})(?:(?:ober)?bürgermeister|landr(?:at|ätin)|oberbürgermeisterin|bürgermeisterin|OB)(?:in)?(?!\p{L})/iu;
const COUNCIL =
	/^(?:(?:stadt|gemeinde|kreis|markt)?rat|kreistag|rat der .+|stadtverordnetenversammlung|ratsversammlung|bürgerschaft)\b/iu;

/** @param decisions what the reviewer leaves out keeps its place in the lists, so that keys do not move */
export function paperPlanOf(
	content: Content,
	decisions: Record<string, Decision>,
	known: PaperKnown,
	today: Temporal.PlainDate,
): PaperPlan {
	const left = (path: string) => decisions[path] === 'left';
	const printed = left('/number') ? '' : (content.number ?? '').trim();
	const reference = referenceOf(printed, known, today);
	const type = typeOf(content.paperType ?? '', printed, known, today);
	const code = known.types.find(({ id }) => id === type)?.code ?? 'other';
	const stations = content.consultations.flatMap((station, index) =>
		left(`/consultations/${index}`) ? [] : [{ station, index }],
	);
	const lastIndex = stations.at(-1)?.index;
	return {
		number: { printed, reference, taken: known.papers.get(reference ?? printed) ?? null },
		type,
		department: left('/department') || !content.department ? null : departmentOf(content.department, known),
		originators: left('/originator') ? [] : originatorsOf(content.originator ?? '', known),
		districts: districtsOf(known),
		stations: stations.map(({ station, index }) => stationOf(station, index, index === lastIndex, code, known, today)),
		relations: relationsOf(content, left, code, reference ?? printed, known, today),
		public: content.public !== false,
	};
}

/** A number in the one form of the town's schemes. */
export function referenceOf(printed: string, { schemes }: PaperKnown, today: Temporal.PlainDate): string | null {
	const read = readReference(printed, schemes, today);
	const scheme = schemes.find(({ id }) => id === read?.schemeId);
	return read && scheme ? writeReference(scheme, read) : null;
}

/** By these words a type is meant, where neither its number nor its name says so. */
const TYPE_WORDS: [RegExp, string][] = [
	[/änderungs|ergänzungs/iu, 'amendment'],
	[/stellungnahme|antwort/iu, 'administrationStatement'],
	[/anfrage/iu, 'inquiry'],
	[/antrag/iu, 'motion'],
	[/information|mitteilung|bericht|kenntnis|bekanntgabe/iu, 'information'],
	[/positionspapier|resolution/iu, 'positionPaper'],
	[/brief|eingabe|anregung/iu, 'submission'],
	[/empfehlung/iu, 'recommendation'],
	[/vorlage|drucksache|beschluss/iu, 'resolutionProposal'],
];

function typeOf(printed: string, number: string, { types, schemes }: PaperKnown, today: Temporal.PlainDate): string {
	const byName = types.find(({ name }) => fold(name) === fold(printed));
	if (byName) return byName.id;
	const code = TYPE_WORDS.find(([words]) => words.test(printed))?.[1];
	const read = readReference(number, schemes, today);
	const ofScheme = types.filter(({ schemeId }) => schemeId === read?.schemeId);
	const meant =
		ofScheme.find((type) => type.code === (read?.suffix ? 'amendment' : code)) ??
		(ofScheme.length === 1 ? ofScheme[0] : undefined) ??
		types.find((type) => type.code === code) ??
		ofScheme[0];
	return meant?.id ?? '';
}

function departmentOf(printed: string, { organisations }: PaperKnown): Named {
	const matches = sameName(printed, organisations).map(({ id, name }) => ({ id: organisationKey(id), name }));
	return { key: 'department', printed, matches, proposed: matches[0]?.id ?? 'new:department' };
}

/** The whole list stands for choice as soon as one of it is named. */
function districtsOf({ districts, where }: PaperKnown): PaperPlan['districts'] {
	const proposed = where ? districtsIn(districts, where).map(({ id }) => id) : [];
	return proposed.length ? { printed: where, list: districts.map(({ id, name }) => ({ id, name })), proposed } : null;
}

function sameName(printed: string, organisations: PaperKnown['organisations']): PaperKnown['organisations'] {
	const key = bare(printed);
	return organisations.filter(({ name, shortName }) => bare(name) === key || (shortName && fold(shortName) === key));
}

/** Without article, genitive and the word for a group. */
function bare(name: string): string {
	return fold(name)
		.replace(/^(?:der|die|das|den|dem|des) /, '')
		.replace(/^(?:stadtratsfraktion|ratsfraktion|fraktion) | (?:stadtratsfraktion|ratsfraktion|fraktion)$/g, '')
		.trim();
}

/** "Fraktion A, Fraktion B und Stadträtin Anna Amari": each by itself. */
function originatorsOf(printed: string, known: PaperKnown): Named[] {
	const whole = sameName(printed, known.organisations);
	const parts = whole.length ? [printed] : printed.split(/\s*[,;]\s*|\s+und\s+(?=\p{Lu})/u);
	const seen = new Set<string>();
	return parts.flatMap((part) => {
		const key = fold(part);
		if (!key || seen.has(key)) return [];
		seen.add(key);
		return [originatorOf(key, part.trim(), known)];
	});
}

const FUNCTION =
	/^(?:(?:stellv\.|stellvertretende[rn]?)\s+)?(?:Herrn?|Frau|Stadtr(?:at|ätin)|Stadtv\.|Stadtverordnete[rn]?|Kreisr(?:at|ätin)|Ratsmitglied|Gemeinder(?:at|ätin)|Fraktionsvorsitzende[rn]?|Vorsitzende[rn]?|Beigeordnete[rn]?)\s+/u;

/** The name alone, without office and courtesy. */
export function bareName(printed: string): string {
	let name = printed.replace(/\s*\(.*\)\s*$/, '').trim();
	while (FUNCTION.test(name)) name = name.replace(FUNCTION, '');
	return name;
}

function originatorOf(key: string, printed: string, { organisations, persons }: PaperKnown): Named {
	const groups = sameName(printed, organisations).map(({ id, name }) => ({ id: organisationKey(id), name }));
	const name = bareName(printed);
	const people = persons.filter((person) => nameKey(person.name) === nameKey(name));
	const matches = [...groups, ...people.map((person) => ({ id: personKey(person.id), name: person.name }))];
	return { key, printed, matches, proposed: matches[0]?.id ?? newOriginator(printed, name) };
}

function newOriginator(printed: string, name: string): string {
	if (/ausschuss|beirat|rat$|vertretung/iu.test(printed)) return 'new:committee';
	if (/(?<!\p{L})(?:amt|fachbereich|dezernat|FB|verwaltung)(?!\p{L})|\d/iu.test(printed)) return 'new:department';
	const person = /^(?:\p{Lu}[\p{L}.'’-]+\s+){1,3}(?:\p{Ll}+\s+)?\p{Lu}[\p{L}'’-]+$/u.test(name);
	return !/fraktion|gruppe|liste|partei/iu.test(printed) && (name !== printed || person) ? 'new:person' : 'new:group';
}

function stationOf(
	{ body, date, public: open, role }: Consultation,
	index: number,
	last: boolean,
	code: string,
	{ organisations }: PaperKnown,
	today: Temporal.PlainDate,
): PaperPlan['stations'][number] {
	const matches = sameName(body, organisations).map(({ id, name }) => ({ id: organisationKey(id), name }));
	const mayor = !matches.length && MAYOR.test(body);
	const meant = mayor ? 'approval' : roleOf(role, last && COUNCIL.test(body), code);
	const day = date && isDay(date) ? date : null;
	return {
		key: String(index),
		printed: body,
		matches,
		proposed: matches[0]?.id ?? (mayor ? 'none' : 'new:committee'),
		date: day,
		role: meant,
		public: meant !== 'approval' && open !== false,
		held: day !== null && Temporal.PlainDate.compare(day, today) < 0,
	};
}

const DECIDED = ['motion', 'resolutionProposal', 'amendment'];

/** What is printed; otherwise the council at the end decides what can be decided, and all others give advice or take note. */
function roleOf(printed: string | null, council: boolean, code: string): StationRole {
	if (/kenntnis|information/iu.test(printed ?? '')) return 'information';
	if (/anhörung|stellungnahme/iu.test(printed ?? '')) return 'hearing';
	if (/genehmigung/iu.test(printed ?? '')) return 'approval';
	if (/vorberat|empfehl/iu.test(printed ?? '')) return 'advisory';
	if (/entscheid|beschl/iu.test(printed ?? '')) return 'deciding';
	if (!DECIDED.includes(code)) return 'information';
	return council ? 'deciding' : 'advisory';
}

function relationsOf(
	content: Content,
	left: (path: string) => boolean,
	code: string,
	own: string,
	known: PaperKnown,
	today: Temporal.PlainDate,
): PaperPlan['relations'] {
	const to: RelationKind =
		code === 'administrationStatement' || code === 'information'
			? 'answers'
			: code === 'amendment'
				? 'amends'
				: 'related';
	const named = [
		...(left('/refersTo') ? [] : content.refersTo.map((printed) => ({ printed, kind: to }))),
		...(left('/paperReferences')
			? []
			: content.paperReferences.map((printed) => ({ printed, kind: 'cites' as const }))),
	];
	const seen = new Set([own]);
	return named.flatMap(({ printed, kind }) => {
		const reference = referenceOf(printed, known, today) ?? printed.trim();
		if (!reference || seen.has(reference)) return [];
		seen.add(reference);
		return [{ printed, reference, slug: known.papers.get(reference) ?? null, kind }];
	});
}
