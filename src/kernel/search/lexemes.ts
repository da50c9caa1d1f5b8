import { fold, lower } from './fold.ts';
import type { Stem } from './stems.ts';
import { tokenise, type Token } from './tokens.ts';

/** A document's texts in the order in which their words are counted. */
export interface Field {
	name: 'title' | 'keywords' | 'body';
	weight: 'A' | 'B' | 'C';
	text: string;
	tokens: Token[];
	/** Position of the first word. */
	offset: number;
}

/** Words of different fields are no neighbours: a phrase never reaches from the title into the text. */
export const GAP = 10;

/** PostgreSQL counts no further; words behind it share this position. */
export const LAST_POSITION = 16_383;

/** What a tsvector holds at most, with some air (its limit is 1 MB). */
const MOST_BYTES = 900_000;

/** Cuts a document into its words; index and highlighting count them in the same way. */
export function fieldsOf(document: { title: string; keywords: string[]; body: string; language: string }): Field[] {
	const texts = [
		{ name: 'title', weight: 'A', text: document.title },
		{ name: 'keywords', weight: 'B', text: document.keywords.join('\n\n') },
		{ name: 'body', weight: 'C', text: document.body },
	] as const;
	let offset = 1;
	return texts.map((field) => {
		const tokens = tokenise(field.text, document.language);
		const made = { ...field, tokens, offset };
		offset += tokens.length + GAP;
		return made;
	});
}

/** Language whose stemmer serves a BCP 47 tag: 'de-simple' is German. */
export function baseLanguage(tag: string): string {
	return tag.split('-')[0]!.toLowerCase();
}

/** All (word, language) pairs whose stems the vector needs. */
export function* wordsToStem(fields: Field[], language: string): Generator<{ word: string; language: string }> {
	for (const { tokens } of fields)
		for (const { forms } of tokens) for (const form of forms) yield { word: lower(form, language), language };
}

/** A word's lexemes: its bare letters, its stem's bare letters, and those of its other forms. */
export function lexemesOf(
	token: Token,
	language: string,
	stemOf: (word: string, language: string) => Stem,
): Set<string> {
	const lexemes = new Set(token.lexemes);
	for (const form of token.forms) {
		lexemes.add(fold(form));
		lexemes.add(fold(stemOf(lower(form, language), language).stem));
	}
	lexemes.delete('');
	return lexemes;
}

/** Lexeme of a word in title or keywords, so that the index knows those documents by themselves. */
export function titleLexeme(lexeme: string): string {
	return `t:${lexeme}`;
}

/** Lexeme of a facet's value. */
export function facetLexeme(facet: string, value: string): string {
	return `f:${facet}=${value.slice(0, 200)}`;
}

/** The document as PostgreSQL writes a tsvector: 'lexeme':1A,5C … Words of the title and facets stand in it once more. */
export function vectorOf(
	fields: Field[],
	language: string,
	stemOf: (word: string, language: string) => Stem,
	facets: Record<string, string | string[]> = {},
): string {
	const places = new Map<string, string[]>();
	let bytes = 0;
	for (const [facet, values] of Object.entries(facets))
		for (const value of [values].flat()) if (value) places.set(facetLexeme(facet, value), []);
	for (const { tokens, offset, weight } of fields) {
		for (const [index, token] of tokens.entries()) {
			const place = `${Math.min(offset + index, LAST_POSITION)}${weight}`;
			for (const lexeme of lexemesOf(token, language, stemOf)) {
				const at = places.get(lexeme);
				bytes += at ? 2 : 8 + Buffer.byteLength(lexeme);
				if (bytes > MOST_BYTES) continue;
				if (weight !== 'C') places.set(titleLexeme(lexeme), []);
				if (!at) places.set(lexeme, [place]);
				else if (at.length < 255) at.push(place);
			}
		}
	}
	return [...places]
		.map(([lexeme, at]) => (at.length ? `${quoteLexeme(lexeme)}:${at.join(',')}` : quoteLexeme(lexeme)))
		.join(' ');
}

/** A lexeme in the text of a tsvector or tsquery. */
export function quoteLexeme(lexeme: string): string {
	return `'${lexeme.replace(/['\\]/g, (mark) => mark + mark)}'`;
}

const PLAIN_WORD = /^\p{L}{3,40}$/u;

/** The document's words for the town's vocabulary, in order (two writers insert in the same one). */
export function vocabularyOf(fields: Field[]): string[] {
	const words = new Set<string>();
	for (const { tokens } of fields) for (const { forms } of tokens) for (const form of forms) words.add(fold(form));
	return [...words].filter((word) => PLAIN_WORD.test(word)).sort();
}
