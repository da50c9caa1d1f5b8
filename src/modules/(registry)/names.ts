/** Parts of a person's name as the register keeps them. */
export interface NameParts {
	affix: string;
	given: string;
	family: string;
}

// A title ends with a dot or stands as a word of its own, so "Mags" or "Adrian" lose nothing.
const TITLE = String.raw`(?:[Pp]rof|[Dd]r|[Dd]ipl|[Ii]ng|[Mm]ed|[Pp]hil|[Rr]er|[Nn]at|[Jj]ur|[Pp]ol|h\.?\s?c|[Mm]ag|apl|[Pp]riv|[Dd]oz|M\.?\s?A|B\.?\s?A)`;
const AFFIX = new RegExp(String.raw`^((?:${TITLE}(?:\.(?:-Ing\.)?\s*|\s+))+)(?=\S)`, 'u');
const PARTICLES = new Set([
	'von',
	'van',
	'de',
	'der',
	'den',
	'zu',
	'zur',
	'al',
	'el',
	'bin',
	'ben',
	'abu',
	'da',
	'dos',
	'del',
	'di',
	'la',
	'le',
]);

/**
 * Splits a printed name: titles before it, then given names, then the family name with its particles ("von der Heide",
 * "El Amrani"). One word alone is a family name; nothing is mended, hyphens stay where they were printed.
 */
export function splitName(printed: string): NameParts {
	const clean = printed.replace(/\s+/g, ' ').trim();
	const affix = AFFIX.exec(clean)?.[1]?.trim() ?? '';
	const words = clean.slice(affix.length).trim().split(' ');
	let start = words.length - 1;
	while (start > 1 && PARTICLES.has(words[start - 1]!.toLowerCase())) start--;
	return { affix, given: words.slice(0, start).join(' '), family: words.slice(start).join(' ') };
}

/** How the register writes a name on pages. */
export function fullName({ affix, given, family }: NameParts): string {
	return [affix, given, family].filter(Boolean).join(' ');
}

/**
 * Key under which two spellings of one name meet: no titles, no accents, no case, hyphens as spaces.
 * 'Dr. Jörg Müller-Lüdenscheidt' and 'Joerg Mueller Luedenscheidt' have the same key; different people may share one.
 */
export function nameKey(name: string): string {
	const { given, family } = splitName(name);
	return fold(`${given} ${family}`);
}

/** Lower case without accents; ä, ö, ü, ß as ae, oe, ue, ss; anything but letters and digits as one space. */
export function fold(text: string): string {
	return text
		.toLowerCase()
		.replace(/ä/g, 'ae')
		.replace(/ö/g, 'oe')
		.replace(/ü/g, 'ue')
		.replace(/ß/g, 'ss')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/ı/g, 'i')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}
