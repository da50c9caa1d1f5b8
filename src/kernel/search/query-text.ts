import { numberLexeme, paperNumbers } from './numbers.ts';

/** What a reader typed, taken apart. */
export interface Term {
	kind: 'words' | 'phrase' | 'number';
	/** As typed, without quotes and minus. */
	text: string;
	/** Where it stands in the text that was typed. */
	start: number;
	end: number;
	/** -word: documents with it are left out. */
	excluded: boolean;
	/** word*: any ending. */
	prefix: boolean;
	/** Of paper numbers: one of these must be there. */
	lexemes: string[];
}

const MOST_TERMS = 20;

const QUOTED = /([-−]?)(?:"([^"]*)(?:"|$)|„([^“”"]*)(?:[“”"]|$)|»([^«]*)(?:«|$)|“([^”"]*)(?:[”"]|$))/gu;

/** Words, "phrases in quotes", -excluded words, beginnings* and paper numbers, in the order in which they were typed. */
export function parseQuery(text: string): Term[] {
	const terms: Term[] = [];
	let rest = text;
	for (const match of text.matchAll(QUOTED)) {
		const phrase = match[2] ?? match[3] ?? match[4] ?? match[5] ?? '';
		const boundary = match.index === 0 || /\s/.test(text[match.index - 1]!);
		if (!boundary) continue;
		terms.push(term('phrase', phrase, match.index, match[0].length, match[1] !== ''));
		rest = blank(rest, match.index, match[0].length);
	}
	for (const number of paperNumbers(rest)) {
		const excluded = /(?:^|\s)[-−]$/u.test(rest.slice(0, number.start));
		terms.push({
			...term('number', rest.slice(number.start, number.end), number.start, number.end - number.start, excluded),
			lexemes: readings(number),
		});
		rest = blank(rest, number.start, number.end - number.start);
	}
	for (const match of rest.matchAll(/(?<!\S)([-−]?)(\S+)/gu)) {
		const word = match[2]!;
		if (!/[\p{L}\p{N}]/u.test(word)) continue;
		const prefix = /[\p{L}\p{N}]\*$/u.test(word);
		terms.push({
			...term('words', prefix ? word.slice(0, -1) : word, match.index, match[0].length, match[1] !== ''),
			prefix,
		});
	}
	return terms.sort((a, b) => a.start - b.start).slice(0, MOST_TERMS);
}

function term(kind: Term['kind'], text: string, start: number, length: number, excluded: boolean): Term {
	return { kind, text, start, end: start + length, excluded, prefix: false, lexemes: [] };
}

function blank(text: string, start: number, length: number): string {
	return text.slice(0, start) + ' '.repeat(length) + text.slice(start + length);
}

/** "zum 12/22" may mean number 12/22; "A 12/22" means the one with the letter. */
function readings({
	digits,
	lettered,
	apart,
}: {
	digits: string;
	lettered: string | undefined;
	apart: boolean;
}): string[] {
	if (!lettered) return [numberLexeme(digits)];
	const looksLikeWord = apart && (lettered.match(/^\p{L}+/u)?.[0].length ?? 0) > 2;
	return looksLikeWord ? [numberLexeme(lettered), numberLexeme(digits)] : [numberLexeme(lettered)];
}
