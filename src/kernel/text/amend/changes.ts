/** What a proposal changes in a text: edits of the base's strand, gathered to changes that are decided one by one. */
import { createHash } from 'node:crypto';
import { diffBlocks } from '../diff.ts';
import type { BlockDiff, Line, Words } from '../diff.ts';
import { plainOf } from '../plain.ts';
import type { Block, TextDocument } from '../schema.ts';
import { blockTokens, strandOf, tokensKey } from './strand.ts';
import type { BlockPlace, Strand, Stretch, Token } from './strand.ts';

/** On which level an edit works; where several insert at one point, lower levels come first. */
export const LEVEL = { form: -1, words: 0, line: 1, inner: 2, block: 3 } as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

/** Puts `tokens` in the place of a stretch of the base's strand; an empty stretch is a point of insertion. */
export interface Edit extends Stretch {
	level: Level;
	tokens: Token[];
}

/** Edits that make sense only together. All but moved blocks have one. */
export interface Change {
	/** Follows from what is changed where: the same change proposed twice has the same id. */
	id: string;
	edits: Edit[];
}

/**
 * What has to be changed in `base` so that it becomes `proposed`, in the order of the base. Blocks belong together by their
 * ids (`keepIds`); inside of blocks, items, rows and words are compared. Applying all gives `proposed`, ids aside.
 * @param strand that of the base, where it is at hand
 */
export function changesBetween(
	base: TextDocument,
	proposed: TextDocument,
	strand: Strand = strandOf(base.blocks),
): Change[] {
	const walk = new Walk(strand);
	walk.blocks(diffBlocks(base.blocks, proposed.blocks), 0, LEVEL.block);
	return walk.changes
		.map((edits) => ({ id: changeId(edits), edits }))
		.sort((x, y) => (x.edits[0]?.from ?? 0) - (y.edits[0]?.from ?? 0));
}

function changeId(edits: Edit[]): string {
	const said = edits.map(({ from, to, level, tokens }) => [from, to, level, tokensKey(tokens)]);
	return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16);
}

/** The base's strand with these edits made, which must not collide. */
export function applyEdits(tokens: readonly Token[], edits: readonly Edit[]): Token[] {
	const parts: Token[] = [];
	let at = 0;
	for (const edit of inOrder(edits)) {
		parts.push(...tokens.slice(at, edit.from), ...edit.tokens);
		at = Math.max(at, edit.to);
	}
	return parts.concat(tokens.slice(at));
}

/** Edits as they come along the base. At one point: insertions before the stretch that begins there, deeper ones first. */
export function inOrder<E extends Edit>(edits: readonly E[]): E[] {
	return edits.toSorted(
		(x, y) => x.from - y.from || Number(x.to > x.from) - Number(y.to > y.from) || x.level - y.level,
	);
}

/** Goes along a difference and notes at which tokens of the base it leaves it. */
class Walk {
	readonly changes: Edit[][] = [];
	readonly #strand: Strand;
	readonly #places = new Map<Block, BlockPlace>();

	constructor(strand: Strand) {
		this.#strand = strand;
		for (const place of strand.blocks) for (const each of [place, ...place.inner]) this.#places.set(each.block, each);
	}

	blocks(rows: BlockDiff[], start: number, level: Level): void {
		const run = new Run(this.changes, start, level);
		const inner = level === LEVEL.inner;
		rows.forEach((row, at) => {
			if (row.op === 'insert') return run.insert(blockTokens(row.block, inner));
			if (row.op === 'delete') {
				// A block that became another kind stands here as gone and come; if it was moved too, its old place is elsewhere.
				const next = rows[at + 1];
				const becomes = next?.op === 'insert' && next.block.id === row.block.id;
				return becomes ? run.takeAway(this.#place(row.block)) : run.remove(this.#place(row.block));
			}
			const before = row.op === 'change' ? row.before : row.before;
			const after = row.op === 'change' ? row.after : row.block;
			const place = before && this.#place(before);
			if (!place) return;
			if (row.moved) {
				run.insert(blockTokens(after, inner));
				return run.takeAway(place);
			}
			run.rest(place.to);
			if (row.op === 'change') this.#changed(row, place, inner);
		});
		run.end();
	}

	#place(block: Block): BlockPlace {
		const place = this.#places.get(block);
		if (!place) throw new Error('a block of the difference is not in the base');
		return place;
	}

	#changed(row: Extract<BlockDiff, { op: 'change' }>, place: BlockPlace, inner: boolean): void {
		const [opener] = blockTokens(row.after, inner);
		const own = this.#strand.tokens[place.from];
		if (opener && own && tokensKey([opener]) !== tokensKey([own])) {
			const kept: Token = opener.open === 'block' && own.open === 'block' ? { ...opener, id: own.id } : opener;
			this.changes.push([{ from: place.from, to: place.from + 1, level: LEVEL.form, tokens: [kept] }]);
		}
		if ('inner' in row) this.blocks(row.inner, place.from + 1, LEVEL.inner);
		else if (place.lines.length) this.#lines(row.lines, place, blockTokens(row.after, inner));
	}

	#lines(lines: Line[], place: BlockPlace, after: Token[]): void {
		const run = new Run(this.changes, place.lines[0]?.from ?? place.to, LEVEL.line);
		const fresh = linesOf(after);
		let [old, next] = [0, 0];
		for (const line of lines) {
			const own = place.lines[old];
			if (line.op === 'insert') {
				run.insert(fresh[next++] ?? []);
				continue;
			}
			old += 1;
			if (!own) continue;
			if (line.op === 'delete') {
				run.remove(own);
				continue;
			}
			const [opener] = fresh[next++] ?? [];
			run.rest(own.to);
			if (line.before !== undefined && opener)
				this.changes.push([{ from: own.from, to: own.from + 1, level: LEVEL.form, tokens: [opener] }]);
			line.cells.forEach((words, at) => this.#words(words, own.cells[at]));
		}
		run.end();
	}

	#words(words: Words[], cell: Stretch | undefined): void {
		if (!cell) return;
		const run = new Run(this.changes, cell.from, LEVEL.words);
		let at = cell.from;
		for (const part of words) {
			if (part.op === 'insert') {
				run.insert(wordsOf(part));
				continue;
			}
			const to = this.#reach(at, plainOf(part.content).length);
			if (part.op === 'delete') run.remove({ from: at, to });
			else run.rest(to);
			at = to;
		}
		run.end();
	}

	/** The end of so many characters of words. */
	#reach(from: number, characters: number): number {
		let at = from;
		for (let left = characters; left > 0; at += 1) {
			const token = this.#strand.tokens[at];
			left -= token && !token.open ? token.run.text.length : left;
		}
		return at;
	}
}

/** Gathers what is removed and inserted at one place until something stays. */
class Run {
	readonly #changes: Edit[][];
	readonly #level: Level;
	#from: number;
	#to: number;
	#tokens: Token[] = [];
	#elsewhere: Edit[] = [];

	constructor(changes: Edit[][], start: number, level: Level) {
		this.#changes = changes;
		this.#level = level;
		this.#from = this.#to = start;
	}

	insert(tokens: Token[]): void {
		this.#tokens.push(...tokens);
	}

	remove({ from, to }: Stretch): void {
		if (from !== this.#to) this.rest(from);
		this.#to = to;
	}

	/** Takes away what comes again here: its old place belongs to the same change. */
	takeAway({ from, to }: Stretch): void {
		if (from === this.#to) this.#to = to;
		else this.#elsewhere.push({ from, to, level: this.#level, tokens: [] });
	}

	rest(to: number): void {
		this.end();
		this.#from = this.#to = to;
	}

	end(): void {
		const edit: Edit = { from: this.#from, to: this.#to, level: this.#level, tokens: this.#tokens };
		if (edit.to > edit.from || edit.tokens.length) this.#changes.push([edit, ...this.#elsewhere]);
		this.#tokens = [];
		this.#elsewhere = [];
		this.#from = this.#to;
	}
}

function linesOf(tokens: Token[]): Token[][] {
	const lines: Token[][] = [];
	for (const token of tokens) {
		if (token.open === 'item' || token.open === 'row') lines.push([token]);
		else lines.at(-1)?.push(token);
	}
	return lines;
}

function wordsOf(part: Words): Token[] {
	return blockTokens({ kind: 'paragraph', id: '', hash: '', content: part.content }, false).slice(1);
}
