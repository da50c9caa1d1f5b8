/** What changed between two states of a text: block by block, then word by word. */
import { align, similarity } from './align.ts';
import { sameMarks } from './normalise-inline.ts';
import { plainOf } from './plain.ts';
import type { Block, Deeper, Inline, Run, Wording } from './schema.ts';

export type Op = 'same' | 'insert' | 'delete';

/** A stretch of words that stayed, came or went. */
export interface Words {
	op: Op;
	content: Inline;
}

/** A line of a block (a paragraph, a list item, a row): its cells, each as words. All but rows have one cell. */
export interface Line {
	op: Op | 'change';
	cells: Words[][];
	/** Where a list's item stands that is not the list's own; of one that went away, where it stood. */
	deeper?: Deeper;
	/** Where an item stood before that stands elsewhere now, or has another sign. */
	before?: Deeper | null;
}

/**
 * What became of a block. `moved`: it is the same block, but other blocks changed places with it. `before`: what a block
 * that stayed was in `a`.
 */
export type BlockDiff =
	| { op: Op; block: Block; before?: Block; moved?: true }
	| { op: 'change'; before: Block; after: Block; lines: Line[]; moved?: true }
	| { op: 'change'; before: Wording; after: Wording; inner: BlockDiff[]; moved?: true };

/**
 * The way from `a` to `b`, in the order of `b` with what went away at its old place. Blocks belong together by id, else
 * by equal content; a block that changed its kind counts as gone and come. Equal texts give only `same`.
 */
export function diffBlocks(a: readonly Block[], b: readonly Block[]): BlockDiff[] {
	const partner = partners(a, b);
	const kept = new Set(partner.values());
	const place = new Map(a.map((block, at) => [block, at]));
	const placeOf = (block: Block) => place.get(partner.get(block) ?? block) ?? -1;
	const stayed = longestRise(b.map((block) => (partner.has(block) ? placeOf(block) : -1)));
	const rows: BlockDiff[] = [];
	let next = 0;
	const dropUntil = (end: number) => {
		for (; next < end; next++) {
			const block = a[next];
			if (block && !kept.has(block)) rows.push({ op: 'delete', block });
		}
	};
	b.forEach((block, at) => {
		const before = partner.get(block);
		if (!before) return rows.push({ op: 'insert', block });
		if (stayed.has(at)) dropUntil(placeOf(block));
		return rows.push(...pairDiff(before, block, !stayed.has(at)));
	});
	dropUntil(a.length);
	return rows;
}

/** For each block of `b` the block of `a` it came from. */
function partners(a: readonly Block[], b: readonly Block[]): Map<Block, Block> {
	const byId = new Map(a.map((block) => [block.id, block]));
	const pairs = new Map<Block, Block>();
	for (const block of b) {
		const before = byId.get(block.id);
		if (before) pairs.set(block, before);
	}
	const taken = new Set(pairs.values());
	for (const block of b) {
		if (pairs.has(block)) continue;
		const twin = a.find((other) => other.hash === block.hash && !taken.has(other));
		if (twin) pairs.set(block, twin);
		if (twin) taken.add(twin);
	}
	return pairs;
}

/** Indices of the longest rising sequence; -1 never belongs to it. What is not in it was moved. */
function longestRise(places: number[]): Set<number> {
	const known = places.flatMap((place, at) => (place < 0 ? [] : [{ place, at }]));
	const sorted = [...known].sort((x, y) => x.place - y.place);
	const pairs = align(known.length, sorted.length, (i, j) => (known[i] === sorted[j] ? 1 : 0));
	return new Set(pairs.flatMap(({ a, b }) => (a !== undefined && b !== undefined ? [known[a]?.at ?? -1] : [])));
}

function pairDiff(before: Block, after: Block, moved: boolean): BlockDiff[] {
	const mark = moved ? { moved: true as const } : {};
	if (before.hash === after.hash) return [{ op: 'same', block: after, before, ...mark }];
	if (before.kind === 'wording' && after.kind === 'wording' && before.role === after.role) {
		return [{ op: 'change', before, after, inner: diffBlocks(before.blocks, after.blocks), ...mark }];
	}
	const lines = before.kind === after.kind ? linesDiff(before, after) : undefined;
	if (lines) return [{ op: 'change', before, after, lines, ...mark }];
	return [
		{ op: 'delete', block: before },
		{ op: 'insert', block: after },
	];
}

function linesDiff(before: Block, after: Block): Line[] | undefined {
	const [a, b] = [linesOf(before), linesOf(after)];
	if (!a || !b || (before.kind === 'table' && a[0]?.length !== b[0]?.length)) return undefined;
	const [placesA, placesB] = [placesOf(before), placesOf(after)];
	if (a.length === 1 && b.length === 1) return [placed(changedLine(a[0] ?? [], b[0] ?? []), placesA[0], placesB[0])];
	const [textA, textB] = [a.map(lineText), b.map(lineText)];
	// A table's header belongs to the other's header, whatever it says now.
	const head = before.kind === 'table' ? 1 : 0;
	const kin = (i: number, j: number) => {
		if (i < head || j < head) return i === j ? 1 : 0;
		const share = similarity(textA[i] ?? '', textB[j] ?? '');
		return share >= 0.4 ? share : 0;
	};
	return align(a.length, b.length, kin).map(({ a: i, b: j }) => {
		if (i === undefined) return placed(wholeLine('insert', b[j as number] ?? []), undefined, placesB[j as number]);
		if (j === undefined) return placed(wholeLine('delete', a[i] ?? []), undefined, placesA[i]);
		return placed(changedLine(a[i] ?? [], b[j] ?? []), placesA[i], placesB[j]);
	});
}

type Place = Deeper | null | undefined;

function placesOf(block: Block): Place[] {
	return block.kind === 'list' ? (block.deeper ?? []) : [];
}

function placed(line: Line, before: Place, now: Place): Line {
	const at = now ? { deeper: now } : {};
	if (line.op === 'insert' || line.op === 'delete' || samePlace(before, now)) return { ...line, ...at };
	return { ...line, ...at, op: 'change', before: before ?? null };
}

function samePlace(a: Place, b: Place): boolean {
	return a?.depth === b?.depth && a?.sign === b?.sign;
}

/** A block as lines of cells; for a table the header comes first, its caption as a cell of the header's line. */
function linesOf(block: Block): Inline[][] | undefined {
	switch (block.kind) {
		case 'paragraph':
		case 'heading':
			return [[block.content]];
		case 'list':
			return block.items.map((item) => [item]);
		case 'table':
			return [[...block.header, block.caption ?? []], ...block.rows];
		case 'attachment':
			return [[[{ text: block.title }]]];
		case 'wording':
			return undefined;
	}
}

function lineText(line: Inline[]): string {
	return line.map(plainOf).join(' ');
}

function wholeLine(op: Op, cells: Inline[]): Line {
	return { op, cells: cells.map((content) => [{ op, content }]) };
}

function changedLine(a: Inline[], b: Inline[]): Line {
	const cells = b.map((cell, at) => diffWords(a[at] ?? [], cell));
	const same = cells.every((words) => words.every((part) => part.op === 'same'));
	return { op: same ? 'same' : 'change', cells };
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** The way from one run of words to another; a word whose marks changed goes and comes. */
export function diffWords(a: Inline, b: Inline): Words[] {
	const [from, to] = [wordTokens(a), wordTokens(b)];
	const parts: Words[] = [];
	const push = (op: Op, run: Run) => {
		const last = parts.at(-1);
		if (last?.op === op) last.content.push(run);
		else parts.push({ op, content: [run] });
	};
	const equal = (i: number, j: number) => Number(sameRun(from[i], to[j]));
	for (const { a: i, b: j } of align(from.length, to.length, equal)) {
		if (i !== undefined && j !== undefined) push('same', to[j] as Run);
		else if (i !== undefined) push('delete', from[i] as Run);
		else push('insert', to[j as number] as Run);
	}
	return gather(parts).map(({ op, content }) => ({ op, content: joinRuns(content) }));
}

/** Words, spaces and signs one by one, each with its marks: what is compared and counted. */
export function wordTokens(content: Inline): Run[] {
	return content.flatMap((run) => [...segmenter.segment(run.text)].map(({ segment }) => ({ ...run, text: segment })));
}

function sameRun(a: Run | undefined, b: Run | undefined): boolean {
	return Boolean(a && b && a.text === b.text && sameMarks(a, b));
}

/** Single spaces between changed words join the change: `one two` for `three four`, not four little pieces. */
function gather(parts: Words[]): Words[] {
	const stretches: { same: boolean; gone: Inline; come: Inline }[] = [];
	parts.forEach((part, at) => {
		const between = at > 0 && at < parts.length - 1 && !/\S/.test(plainOf(part.content));
		const same = part.op === 'same' && !between;
		let last = stretches.at(-1);
		if (!last || last.same !== same) stretches.push((last = { same, gone: [], come: [] }));
		if (part.op !== 'insert') last.gone.push(...part.content);
		if (part.op !== 'delete') last.come.push(...part.content);
	});
	return stretches.flatMap(({ same, gone, come }): Words[] => {
		if (same) return [{ op: 'same', content: come }];
		const words: Words[] = [
			{ op: 'delete', content: gone },
			{ op: 'insert', content: come },
		];
		return words.filter((part) => part.content.length);
	});
}

/** Neighbours with equal marks as one run. */
export function joinRuns(content: Inline): Inline {
	const joined: Inline = [];
	for (const run of content) {
		const last = joined.at(-1);
		if (last && sameMarks(last, run)) last.text += run.text;
		else joined.push({ ...run });
	}
	return joined;
}
