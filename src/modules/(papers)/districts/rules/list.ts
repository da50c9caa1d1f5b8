/** A district as it is typed. */
export interface TypedDistrict {
	name: string;
	shortName: string;
}

/** Longest name and short name. */
export const LONGEST_NAME = 80;
export const LONGEST_SHORT_NAME = 20;

/** So many are added at once at most. */
const MOST_LINES = 200;

/**
 * Reads a list as it is typed or pasted: a line for each district, a short name behind a semicolon or a tab. Empty lines are nothing, and
 * the same name twice (small and large letters are the same) counts once.
 * @returns the districts, and the numbers of lines whose name is too long
 */
export function readDistricts(text: string): { districts: TypedDistrict[]; long: number[] } {
	const found = new Map<string, TypedDistrict>();
	const long: number[] = [];
	for (const [index, line] of text.normalize('NFC').split(/\r?\n/).slice(0, MOST_LINES).entries()) {
		const [name = '', shortName = ''] = line.split(/[;\t]/).map((part) => part.replace(/\s+/g, ' ').trim());
		if (!name) continue;
		if (name.length > LONGEST_NAME || shortName.length > LONGEST_SHORT_NAME) long.push(index + 1);
		else if (!found.has(sameName(name))) found.set(sameName(name), { name, shortName });
	}
	return { districts: [...found.values()], long };
}

/** What two spellings of one name have in common: "Am  Hafen" and "am Hafen", "St. Georg" and "St.Georg", composed or not. */
export function sameName(name: string): string {
	return name
		.normalize('NFKC')
		.toLocaleLowerCase('de')
		.replace(/ß/g, 'ss')
		.replace(/[\s.\-–—/]+/g, ' ')
		.trim();
}

/** Words that only say that it is a district: "Stadtteil Nordhafen" is Nordhafen. */
const SORT_WORD =
	/^(?:stadtteile?|stadtbezirke?|stadtgebiete?|ortsteile?|ortschaft|bezirke?|quartier|gemeindeteile?|stt|ot)\s+(?=\S)/;

/**
 * The district that a text names, whole and nothing else: "Nordhafen", "Stadtteil Nordhafen", "Ortsteil  nordhafen", "Nordhafen, Musterstadt".
 * A place that merely lies there ("Schule Nordhafen") is none.
 */
export function districtOf<D extends { name: string; shortName: string }>(
	districts: readonly D[],
	text: string,
	town = '',
): D | null {
	const whole = sameName(text);
	const parts = text.split(/[,;(]/).map((part) => sameName(part.replace(/\)\s*$/, '')));
	const others = parts.slice(1).filter((part) => part && part !== sameName(town));
	const said = new Set([whole, ...(others.length ? [] : [parts[0]!])].map((name) => name.replace(SORT_WORD, '')));
	said.delete('');
	const known = (name: string) => said.has(sameName(name).replace(SORT_WORD, ''));
	return (
		districts.find(({ name }) => known(name)) ?? districts.find((one) => one.shortName && known(one.shortName)) ?? null
	);
}

/**
 * The districts in a field of an old document ("Nordhafen, Altstadt und Weststadt"): each that is named, in the order of the text; what is
 * not on the town's list is left out.
 */
export function districtsIn<D extends { id: string; name: string; shortName: string }>(
	districts: readonly D[],
	text: string,
): D[] {
	const whole = districtOf(districts, text);
	if (whole) return [whole];
	const found = text.split(/[,;\n]|\s(?:und|sowie|u\.)\s/).flatMap((part) => districtOf(districts, part) ?? []);
	return [...new Map(found.map((one) => [one.id, one])).values()];
}
