import { fold, withUmlauts } from './fold.ts';
import { GENDER_ENDING, GENDER_MARK, genderForms } from './gender.ts';
import { numberLexeme, paperNumbers } from './numbers.ts';

/** One word of a text where it stands, with all forms under which it is found. */
export interface Token {
	start: number;
	end: number;
	/** As written, then other forms of the same word (gender, umlauts, parts written together). */
	forms: string[];
	/** Ready lexemes, of paper numbers. */
	lexemes: string[];
}

const WORD = new RegExp(
	String.raw`\p{L}[\p{L}\p{M}\p{N}\u00ad\u200c]*(?:${GENDER_MARK}${GENDER_ENDING})?(?:['’ʼ]\p{L}[\p{L}\p{M}]*)?|\p{N}+`,
	'gu',
);
/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Longer runs of letters are not words but data. */
const LONGEST = 80;

const segmenters = new Map<string, Intl.Segmenter>();

/** The words of a text. `language` decides for fa, uk, vi and zh, which PostgreSQL does not know, how words are cut. */
export function tokenise(text: string, language: string): Token[] {
	const tokens: Token[] = [];
	for (const match of text.matchAll(WORD)) {
		const [word] = match;
		if (UNSPACED.test(word)) tokens.push(...segment(word, match.index, language));
		else if (word.length <= LONGEST) tokens.push(token(word, match.index));
	}
	joinHyphenated(text, tokens);
	addNumbers(text, tokens);
	return tokens;
}

/** Where the words of a text stand, as `tokenise` counts them, without their forms: enough for highlighting, and far cheaper. */
export function* wordPlaces(text: string, language: string): Generator<{ start: number; end: number }> {
	for (const { 0: word, index } of text.matchAll(WORD)) {
		if (UNSPACED.test(word)) yield* segment(word, index, language);
		else if (word.length <= LONGEST) yield { start: index, end: index + word.length };
	}
}

function token(word: string, start: number): Token {
	return { start, end: start + word.length, forms: formsOf(word.replace(/['’ʼ]/gu, '’')), lexemes: joinedParts(word) };
}

/** Persian writes endings and compounds with a joiner that readers type as a space: the parts are found, too. */
function joinedParts(word: string): string[] {
	return word.includes('\u200c')
		? word
				.split('\u200c')
				.filter((part) => part.length > 1)
				.map(fold)
		: [];
}

/** Gender forms, each also with the umlauts that were spelled out. */
export function formsOf(word: string): string[] {
	const forms = genderForms(word.normalize('NFC'));
	const umlauts = forms.map(withUmlauts).filter((form) => form !== undefined);
	return [...new Set([...forms, ...umlauts])];
}

function segment(run: string, start: number, language: string): Token[] {
	const key = language.startsWith('zh') ? language : 'zh';
	const segmenter = segmenters.get(key) ?? new Intl.Segmenter(key, { granularity: 'word' });
	segmenters.set(key, segmenter);
	return [...segmenter.segment(run)]
		.filter(({ isWordLike }) => isWordLike)
		.map((part) => ({
			start: start + part.index,
			end: start + part.index + part.segment.length,
			forms: [part.segment],
			lexemes: pairs(part.segment),
		}));
}

/** Where words end in Chinese depends on their neighbours: each pair of signs of a longer word is found by itself. */
function pairs(word: string): string[] {
	const signs = [...word];
	return signs.length < 3 ? [] : signs.slice(1).map((sign, at) => signs[at]! + sign);
}

/** "Migrations-Beirat" is also found as "Migrationsbeirat", and so is a word divided at the end of a line. */
function joinHyphenated(text: string, tokens: Token[]): void {
	for (let first = 0; first < tokens.length - 1; first++) {
		let last = first;
		while (last + 1 < tokens.length && joins(text, tokens[last]!, tokens[last + 1]!)) last++;
		if (last === first) continue;
		const parts = tokens.slice(first, last + 1).map(({ forms }) => forms[0]!);
		const joined = parts.map((part, index) => (index ? part.charAt(0).toLowerCase() + part.slice(1) : part)).join('');
		if (joined.length <= LONGEST) tokens[first]!.forms.push(...formsOf(joined));
		first = last;
	}
}

function joins(text: string, left: Token, right: Token): boolean {
	if (right.start - left.end > 6) return false;
	const between = text.slice(left.end, right.start);
	if (/^[-‐‑]$/u.test(between)) return /\p{L}/u.test(text[left.end - 1]!) && /\p{L}/u.test(text[right.start]!);
	return /^[-‐]\s*\n\s*$/u.test(between) && /\p{Ll}/u.test(text[right.start]!);
}

function addNumbers(text: string, tokens: Token[]): void {
	let at = 0;
	for (const { start, digits, lettered } of paperNumbers(text)) {
		while (at < tokens.length && tokens[at]!.start < start) at++;
		const found = tokens[at];
		if (!found) return;
		found.lexemes.push(numberLexeme(digits));
		if (lettered) found.lexemes.push(numberLexeme(lettered));
	}
}
