import type { Ctx } from '../ctx.ts';
import type { Part } from './compounds.ts';
import { fold, lower } from './fold.ts';
import { baseLanguage, quoteLexeme, titleLexeme } from './lexemes.ts';
import type { Term } from './query-text.ts';
import { stemmer, type Stem } from './stems.ts';
import { tokenise, type Token } from './tokens.ts';
import { MOST_COMPOUNDS, type Vocabulary } from './vocabulary.ts';

/** What the database is asked for. */
export interface Plan {
	/** tsquery: what matches; null matches everything. */
	wanted: string | null;
	/** The same without compounds: exact words rank first. */
	strong: string | null;
	/** The same of title and keywords alone; null where nothing but exclusions was typed. */
	titled: string | null;
	/** Lexemes to highlight; "word*" for a beginning. */
	marked: string[];
	/** Single words, for "Did you mean …": their place in the typed text and what would have matched. */
	words: { term: Term; folded: string; matches: string }[];
	/** What each term asks for, as tsqueries. */
	asked: { excluded: boolean; exact: string; all: string; titled: string; folded: string | null }[];
}

type StemOf = (word: string, language: string) => Stem;

/** Letters that tell a language of Latin script apart, whatever language the page has. */
const LETTERS: [string, RegExp][] = [
	['tr', /[ğşıİ]/iu],
	['ro', /[ăâîșțş]/iu],
	['fr', /[éèêçœàùôûëï]/iu],
];

/** Languages whose stemmers may serve a word, by its script and letters; the reader's own comes along. */
function languagesOf(word: string, locale: string): string[] {
	if (/\p{Script=Cyrillic}/u.test(word)) return ['ru', 'uk'];
	if (/\p{Script=Arabic}/u.test(word)) return ['ar', 'fa'];
	if (!/\p{Script=Latin}/u.test(word)) return ['zh'];
	const told = LETTERS.filter(([, letters]) => letters.test(word)).map(([language]) => language);
	return [...new Set(['de', baseLanguage(locale), ...told])];
}

/** Turns the terms of a query into tsqueries, with the stems of all languages in question and the town's compounds. */
export async function planQuery(ctx: Ctx, terms: Term[], vocabulary: Vocabulary): Promise<Plan> {
	const cut = terms.map((term) => ({
		term,
		tokens: term.kind === 'number' ? [] : tokenise(term.text, baseLanguage(ctx.locale)),
	}));
	const stemOf = await stemmer(
		ctx,
		wanted(
			cut.flatMap(({ tokens }) => tokens),
			ctx.locale,
		),
	);
	const meaning = cut.filter(({ term, tokens }) => term.kind === 'number' || tokens.length > 0);
	const spoken = meaning.filter(
		({ term, tokens }) =>
			term.kind !== 'words' || term.excluded || !tokens.every((token) => isStop(token, stemOf, ctx.locale)),
	);
	const plan: Plan = { wanted: null, strong: null, titled: null, marked: [], words: [], asked: [] };
	const strong: string[] = [];
	const titled: string[] = [];
	const all: string[] = [];
	const taken = spoken.length ? spoken : meaning;
	const found = taken.map(({ term, tokens }) => compoundsFor(term, tokens, stemOf, vocabulary, ctx.locale));
	for (const [index, { term, tokens }] of taken.entries()) {
		const exact = tsquery(term, tokens, stemOf, ctx.locale);
		const compounds = found[index]!;
		strong.push(exact);
		titled.push(term.excluded ? exact : inTitle(term, tokens, stemOf, ctx.locale, exact));
		all.push(compounds.length ? `(${[exact, ...compounds.map(quoteLexeme)].join(' | ')})` : exact);
		const { excluded } = term;
		const folded = isPlainWord(term, tokens) ? fold(tokens[0]!.forms[0]!) : null;
		plan.asked.push({ excluded, exact, all: all.at(-1)!, titled: titled.at(-1)!, folded });
		if (term.excluded) continue;
		plan.marked.push(...marks(term, tokens, stemOf, ctx.locale), ...compounds);
		if (folded) plan.words.push({ term, folded, matches: all.at(-1)! });
	}
	if (all.length) [plan.wanted, plan.strong] = [all.join(' & '), strong.join(' & ')];
	if (plan.marked.length) plan.titled = titled.join(' & ');
	return plan;
}

/**
 * The same question asked less strictly, for when nothing has all words: documents with some of them, and compounds that nobody
 * wrote in one piece ("Polizeikontrollen" is also "Polizei" and "Kontrollen"). Null when there is nothing to loosen.
 */
export async function loosen(ctx: Ctx, plan: Plan, vocabulary: Vocabulary): Promise<Plan | null> {
	const some = { exact: [] as string[], all: [] as string[], titled: [] as string[] };
	const marked = [...plan.marked];
	let parted = false;
	for (const { excluded, exact, all, titled, folded } of plan.asked) {
		if (excluded) continue;
		some.exact.push(exact);
		some.all.push(all);
		some.titled.push(titled);
		const parts = folded ? await partsOf(ctx, folded, vocabulary) : [];
		if (!parts.length) continue;
		parted = true;
		marked.push(...parts.flat());
		const asOne = `(${parts.map((forms) => `(${forms.map(quoteLexeme).join(' | ')})`).join(' & ')})`;
		some.exact.push(asOne);
		some.all.push(asOne);
	}
	if (some.all.length < 2 && !parted) return null;
	const left = plan.asked.filter(({ excluded }) => excluded).map(({ exact }) => exact);
	const joined = (terms: string[]) => [`(${terms.join(' | ')})`, ...left].join(' & ');
	return { ...plan, wanted: joined(some.all), strong: joined(some.exact), titled: joined(some.titled), marked };
}

const SHORTEST_PART = 4;

/** A compound cut into two words that the town has used, each with its stem; the longest first part wins. */
async function partsOf(ctx: Ctx, word: string, vocabulary: Vocabulary): Promise<string[][]> {
	if (word.length < 2 * SHORTEST_PART) return [];
	const cuts: [string, string][] = [];
	for (let at = word.length - SHORTEST_PART; at >= SHORTEST_PART; at--) {
		const [front, back] = [word.slice(0, at), word.slice(at)];
		cuts.push([front, back]);
		for (const link of ['s', 'n', 'es', 'en', 'er'])
			if (front.endsWith(link) && front.length - link.length >= SHORTEST_PART)
				cuts.push([front.slice(0, -link.length), back]);
	}
	const found = cuts.find((parts) => parts.every((part) => vocabulary.has(part)));
	if (!found) return [];
	const stemOf = await stemmer(
		ctx,
		found.map((part) => ({ word: part, language: 'de' })),
	);
	return found.map((part) => [...new Set([part, fold(stemOf(part, 'de').stem)])]);
}

function* wanted(tokens: Token[], locale: string): Generator<{ word: string; language: string }> {
	for (const { forms } of tokens) {
		for (const form of forms)
			for (const language of languagesOf(form, locale)) yield { word: lower(form, language), language };
	}
}

function isStop(token: Token, stemOf: StemOf, locale: string): boolean {
	const [form] = token.forms;
	return languagesOf(form!, locale).some((language) => stemOf(lower(form!, language), language).stop);
}

function isPlainWord(term: Term, tokens: Token[]): boolean {
	return (
		term.kind === 'words' &&
		!term.excluded &&
		!term.prefix &&
		tokens.length === 1 &&
		/^\p{L}{3,}$/u.test(tokens[0]!.forms[0]!)
	);
}

/** All lexemes under which a word may be indexed. */
function alternatives(token: Token, stemOf: StemOf, locale: string): string[] {
	const lexemes = new Set<string>();
	for (const form of token.forms) {
		lexemes.add(fold(form));
		for (const language of languagesOf(form, locale)) {
			const { stem, stop } = stemOf(lower(form, language), language);
			if (!stop) lexemes.add(fold(stem));
		}
	}
	lexemes.delete('');
	return [...lexemes];
}

function tsquery(term: Term, tokens: Token[], stemOf: StemOf, locale: string): string {
	const not = term.excluded ? '!' : '';
	if (term.kind === 'number') return `${not}(${term.lexemes.map(quoteLexeme).join(' | ')})`;
	const words = tokens.map((token, index) => {
		const isPrefix = term.prefix && index === tokens.length - 1;
		const lexemes = isPrefix
			? [`${quoteLexeme(fold(token.forms[0]!))}:*`]
			: alternatives(token, stemOf, locale).map(quoteLexeme);
		return `(${lexemes.join(' | ')})`;
	});
	const joined = joinedForms(tokens, stemOf, locale);
	const neighbours = words.join(' <-> ');
	return `${not}(${joined.length ? [neighbours, ...joined].join(' | ') : neighbours})`;
}

/** All words of a term in title or keywords; of a phrase together with the phrase itself. */
function inTitle(term: Term, tokens: Token[], stemOf: StemOf, locale: string, exact: string): string {
	const quote = (lexeme: string) => quoteLexeme(titleLexeme(lexeme));
	if (term.kind === 'number') return `(${term.lexemes.map(quote).join(' | ')})`;
	const words = tokens.map((token, index) =>
		term.prefix && index === tokens.length - 1
			? `${quote(fold(token.forms[0]!))}:*`
			: `(${alternatives(token, stemOf, locale).map(quote).join(' | ')})`,
	);
	return tokens.length > 1 ? `(${words.join(' & ')} & ${exact})` : words[0]!;
}

/** "Migrations-Beirat" was cut in two and joined again by the tokeniser: the joined word alone matches, too. */
function joinedForms(tokens: Token[], stemOf: StemOf, locale: string): string[] {
	if (tokens.length < 2) return [];
	const forms = tokens[0]!.forms.slice(1).filter((form) => form.length > tokens[0]!.forms[0]!.length + 2);
	return forms.length ? alternatives({ ...tokens[0]!, forms }, stemOf, locale).map(quoteLexeme) : [];
}

function marks(term: Term, tokens: Token[], stemOf: StemOf, locale: string): string[] {
	if (term.prefix) return [`${fold(tokens.at(-1)!.forms[0]!)}*`];
	return [...term.lexemes, ...tokens.flatMap((token) => alternatives(token, stemOf, locale))];
}

/** The words of the town's vocabulary that are made of a term. */
function compoundsFor(term: Term, tokens: Token[], stemOf: StemOf, vocabulary: Vocabulary, locale: string): string[] {
	if (!isPlainWord(term, tokens)) return [];
	const made = partsOfForms(tokens[0]!, stemOf).flatMap((part) => vocabulary.compounds(part));
	// its own inflections are asked for already, and whoever estimates would count them twice
	return [...new Set(made).difference(new Set(alternatives(tokens[0]!, stemOf, locale)))].slice(0, MOST_COMPOUNDS);
}

/** What a word may be inside others: each of its forms with its German stem, folded. */
function partsOfForms(token: Token, stemOf: StemOf): Part[] {
	return token.forms
		.map((form) => ({ word: fold(form), stem: fold(stemOf(lower(form, 'de'), 'de').stem) }))
		.filter(({ stem }) => /^\p{Script=Latin}{3,}$/u.test(stem));
}
