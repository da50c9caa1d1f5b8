import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';
import { compoundsOf, type Known, type Part } from './compounds.ts';

/** A word that is part of very many others ("amt") would be found everywhere: so many compounds are enough. */
const MOST_CANDIDATES = 400;
export const MOST_COMPOUNDS = 150;
/** So many words' compounds are remembered. */
const MOST_REMEMBERED = 2_000;
/** From so many new words on a vocabulary is read anew instead of being added to. */
const MANY_ADDED = 3_000;
/** Letters of all vocabularies that this thread keeps: those of about three hundred towns of fifteen thousand words. */
const MOST_LETTERS = 40_000_000;

/**
 * All words that a town's documents use, folded, in memory: one text of sorted lines. Looking for a part of a word in it takes
 * a hundredth of what the database takes, and what was found stays known until the town learns new words.
 */
export class Vocabulary implements Known {
	/** Number of the last addition that it has. */
	version: number;
	readonly #text: string;
	/** Where each word begins. */
	readonly #starts: Uint32Array;
	/** Words that came later, and the same as lines. */
	readonly #added = new Set<string>();
	#addedText = '\n';
	readonly #compounds = new Map<string, string[]>();

	/** @param lines words in the order of their code points, one a line */
	constructor(version: number, lines: string) {
		this.version = version;
		// beyond the basic plane code points and code units have another order
		const sorted = /[\ud800-\udfff]/.test(lines) ? lines.split('\n').sort().join('\n') : lines;
		this.#text = `\n${sorted}\n`;
		const starts = [];
		for (let at = 1; at < this.#text.length; at = this.#text.indexOf('\n', at) + 1) starts.push(at);
		this.#starts = Uint32Array.from(starts);
	}

	get letters(): number {
		return this.#text.length + this.#addedText.length;
	}

	has(word: string): boolean {
		if (this.#added.has(word)) return true;
		let low = 0;
		let high = this.#starts.length - 1;
		while (low <= high) {
			const middle = (low + high) >> 1;
			const start = this.#starts[middle]!;
			const found = this.#text.slice(start, (this.#starts[middle + 1] ?? this.#text.length) - 1);
			if (found === word) return true;
			if (found < word) low = middle + 1;
			else high = middle - 1;
		}
		return false;
	}

	/** Words that are made of this one, at most 150. */
	compounds(part: Part): readonly string[] {
		const key = `${part.word} ${part.stem}`;
		const known = this.#compounds.get(key);
		if (known) return known;
		const made = compoundsOf(part, this.#containing(part.stem), this).slice(0, MOST_COMPOUNDS);
		if (this.#compounds.size >= MOST_REMEMBERED) this.#compounds.clear();
		this.#compounds.set(key, made);
		return made;
	}

	/** @returns false when so much is new that it should be read anew */
	add(version: number, words: readonly string[]): boolean {
		this.version = Math.max(this.version, version);
		// two searches may have asked for the same ones at the same time
		const unknown = words.filter((word) => !this.has(word));
		for (const word of unknown) this.#added.add(word);
		this.#addedText += unknown.map((word) => `${word}\n`).join('');
		this.#compounds.clear();
		return this.#added.size < MANY_ADDED;
	}

	#containing(part: string): string[] {
		const found: string[] = [];
		for (const text of [this.#text, this.#addedText]) {
			for (let at = text.indexOf(part); at >= 0 && found.length < MOST_CANDIDATES;) {
				const start = text.lastIndexOf('\n', at) + 1;
				const end = text.indexOf('\n', at);
				if (end - start > part.length + 1) found.push(text.slice(start, end));
				at = text.indexOf(part, end);
			}
		}
		return found;
	}
}

/** By town, the one that was asked longest ago first. Each thread of the program has its own. */
const kept = new Map<string, Vocabulary>();
/** What a running write sees may be taken back: it is known there alone. */
const ofWrites = new WeakMap<object, Vocabulary>();

/** The town's vocabulary as this thread knows it; the search says when there is a newer one (`caughtUp`). */
export async function vocabularyOf(ctx: Ctx): Promise<Vocabulary> {
	const known = ofWrites.get(ctx.scope) ?? kept.get(ctx.body.id);
	if (!known) return read(ctx);
	if (kept.delete(ctx.body.id)) kept.set(ctx.body.id, known);
	return known;
}

/** The same with all words up to this version, when they are more (or fewer, after a night's sweep) than what is known. */
export async function caughtUp(ctx: Ctx, known: Vocabulary, version: number): Promise<Vocabulary> {
	if (known.version === version) return known;
	if (isWrite(ctx) || version < known.version) return read(ctx);
	const { rows } = await sql<{ version: number; sweptAt: number; words: string[] }>`
		select v.version, v.swept_at as "sweptAt", array(select w.word from kernel.search_word w
			where w.body_id = v.body_id and w.version > ${known.version} order by w.word limit ${MANY_ADDED}) as words
		from kernel.search_vocabulary v where v.body_id = ${ctx.body.id}`.execute(ctx.db);
	const [news] = rows;
	if (!news || news.sweptAt > known.version) return read(ctx);
	return known.add(news.version, news.words) ? known : read(ctx);
}

async function read(ctx: Ctx): Promise<Vocabulary> {
	const { rows } = await sql<{ version: number; words: string }>`
		select coalesce((select version from kernel.search_vocabulary where body_id = ${ctx.body.id}), 0) as version,
			coalesce(string_agg(word, ${'\n'} order by word collate "C"), '') as words
		from kernel.search_word where body_id = ${ctx.body.id}`.execute(ctx.db);
	const vocabulary = new Vocabulary(rows[0]!.version, rows[0]!.words);
	if (isWrite(ctx)) ofWrites.set(ctx.scope, vocabulary);
	else keep(ctx.body.id, vocabulary);
	return vocabulary;
}

function keep(town: string, vocabulary: Vocabulary): void {
	kept.delete(town);
	kept.set(town, vocabulary);
	let letters = 0;
	for (const { letters: some } of kept.values()) letters += some;
	for (const [oldest, { letters: some }] of kept) {
		if (letters <= MOST_LETTERS || oldest === town) break;
		letters -= some;
		kept.delete(oldest);
	}
}

function isWrite(ctx: Ctx): boolean {
	return 'touch' in ctx;
}
