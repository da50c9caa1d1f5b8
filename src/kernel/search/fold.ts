/**
 * Spellings that should find each other. All functions are pure; the index and the queries use the same ones, so what
 * matters is not beauty but that both sides agree.
 */

/** Letters that Unicode does not take apart into a base and a mark. */
const BASES: Record<string, string> = {
	ß: 'ss',
	ı: 'i',
	ł: 'l',
	ø: 'o',
	đ: 'd',
	æ: 'ae',
	œ: 'oe',
	þ: 'th',
	ي: 'ى',
	ی: 'ى',
	ک: 'ك',
	ة: 'ه',
	ـ: '',
};
const UNDIVIDED = new RegExp(`[${Object.keys(BASES).join('')}]`, 'gu');

/** Arabic and Persian digits, as they may be typed in a paper number. */
const EASTERN_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/gu;

/** Joiners inside words: soft hyphen, zero-width (non-)joiner, word joiner. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/gu;

/**
 * The bare letters of a word: small, without accents, umlaut dots and Arabic vowel marks ("Ausländer" is "auslander",
 * "Ştefan" is "stefan").
 */
export function fold(word: string): string {
	return word
		.replace(INVISIBLE, '')
		.replace(EASTERN_DIGIT, (digit) => String(digit.codePointAt(0)! & 0xf))
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(UNDIVIDED, (letter) => BASES[letter]!)
		.normalize('NFC');
}

/** Small letters as the language has them, for its stemmer: the Turkish I has no dot. */
export function lower(word: string, language: string): string {
	return word
		.replace(INVISIBLE, '')
		.normalize('NFC')
		.toLocaleLowerCase(language === 'tr' ? 'tr' : 'und');
}

const SPELLED_OUT: Record<string, string> = {
	ae: 'ä',
	oe: 'ö',
	ue: 'ü',
	Ae: 'Ä',
	Oe: 'Ö',
	Ue: 'Ü',
	AE: 'Ä',
	OE: 'Ö',
	UE: 'Ü',
};

/** "Auslaender" as "Ausländer", "Massnahme" stays; undefined when nothing is spelled out ("Frauen", "Quelle" keep theirs). */
export function withUmlauts(word: string): string | undefined {
	const changed = word.replace(/(?<![aeqAEQ])(?:[aou]e|[AOU][eE])/gu, (pair) => SPELLED_OUT[pair]!);
	return changed === word ? undefined : changed;
}
