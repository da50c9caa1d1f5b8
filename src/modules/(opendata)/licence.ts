/** Licences of the German open data vocabulary (dcat-ap.de/def/licenses), as far as towns use them. */
export const LICENCES: Record<string, { name: string; page: string }> = {
	'dl-zero-de/2.0': {
		name: 'Datenlizenz Deutschland – Zero – Version 2.0',
		page: 'https://www.govdata.de/dl-de/zero-2-0',
	},
	'dl-by-de/2.0': {
		name: 'Datenlizenz Deutschland – Namensnennung – Version 2.0',
		page: 'https://www.govdata.de/dl-de/by-2-0',
	},
	'cc-zero': {
		name: 'Creative Commons CC Zero (CC0)',
		page: 'https://creativecommons.org/publicdomain/zero/1.0/deed.de',
	},
	'cc-by/4.0': {
		name: 'Creative Commons Namensnennung 4.0 International (CC BY 4.0)',
		page: 'https://creativecommons.org/licenses/by/4.0/deed.de',
	},
};

/** Said where a town has not chosen one: then nobody may take a right for granted. */
const NOT_SAID = 'http://dcat-ap.de/def/licenses/other-closed';

export interface Licence {
	/** Address in the vocabulary, for catalogues. */
	uri: string;
	/** Null while the town has said none. */
	name: string | null;
	page: string | null;
}

/** @param code the licence that the town chose for its data (`TownSettings.openData.licence`), if it has */
export function licenceOf(code: string | null | undefined): Licence {
	const known = code ? LICENCES[code] : undefined;
	return known
		? { uri: `http://dcat-ap.de/def/licenses/${code}`, ...known }
		: { uri: NOT_SAID, name: null, page: null };
}
