/** Passages of a base: what a change stands in, what it says with and without, and wording that is put there instead. */
import { DASH, DEEPEST } from '../lists.ts';
import { plainOf, toPlainText } from '../plain.ts';
import { normalise } from '../normalise.ts';
import type { Deeper, DraftBlock, Inline, TextDocument } from '../schema.ts';
import { applyEdits, LEVEL } from './changes.ts';
import type { Edit, Level } from './changes.ts';
import { collides } from './collisions.ts';
import { blockTokens, countedIds, documentOf, itemOpener } from './strand.ts';
import type { BlockPlace, Strand, Stretch, Token } from './strand.ts';

/** A stretch of the base that can be said anew: some words, some lines of one list or table, some blocks. */
export interface Passage extends Stretch {
	level: Exclude<Level, -1>;
}

/** Where a passage stands, for people: the heading above it and the number of its block, from 1. */
export interface Whereabouts {
	heading: string;
	block: number;
	/** Number of the item or row, where it is about one. */
	line?: number;
}

type Depth = 'inner' | 'block';

/** The narrowest passage that holds these edits. */
export function passageOf(strand: Strand, edits: readonly Edit[]): Passage {
	return narrow(strand.blocks, 'block', edits, true);
}

/** The passage that shows an edit to a reader: the whole paragraph, item or row. */
export function contextOf(strand: Strand, edits: readonly Edit[]): Passage {
	return narrow(strand.blocks, 'block', edits, false);
}

function narrow(blocks: readonly BlockPlace[], depth: Depth, edits: readonly Edit[], words: boolean): Passage {
	const level = LEVEL[depth];
	const [from, to] = [Math.min(...edits.map((edit) => edit.from)), Math.max(...edits.map((edit) => edit.to))];
	const touched = blocks.filter((block) => edits.some((edit) => edit.level < level && within(edit, block, true)));
	const [only] = touched;
	const deeper = edits.every((edit) => edit.level < level);
	if (only && touched.length === 1 && deeper) return inBlock(only, depth, edits, words);
	const whole = blocks.filter((block) => touched.includes(block) || (block.from < to && block.to > from));
	return {
		level,
		from: Math.min(from, ...whole.map((block) => block.from)),
		to: Math.max(to, ...whole.map((block) => block.to)),
	};
}

function inBlock(block: BlockPlace, depth: Depth, edits: readonly Edit[], words: boolean): Passage {
	const all: Passage = { from: block.from, to: block.to, level: LEVEL[depth] };
	if (edits.some((edit) => edit.level === LEVEL.form)) return all;
	if (block.inner.length || block.block.kind === 'wording') return narrow(block.inner, 'inner', edits, words);
	const table = block.block.kind === 'table';
	const opened = table || block.block.kind === 'list';
	const inWords = edits.every((edit) => edit.level === LEVEL.words);
	const line = inWords ? block.lines.find((one) => edits.every((edit) => within(edit, one, opened))) : undefined;
	const cell = line?.cells.find((one) => edits.every((edit) => within(edit, one, false)));
	const [from, to] = [Math.min(...edits.map((edit) => edit.from)), Math.max(...edits.map((edit) => edit.to))];
	if (cell && words) return { from, to, level: LEVEL.words };
	if (!opened) return all;
	const lines = block.lines.filter((one) => edits.some((edit) => touches(edit, one)));
	// The head of a table can't stand without it.
	if (table && lines.some((one) => one === block.lines[0])) return all;
	return {
		level: LEVEL.line,
		from: Math.min(from, ...lines.map((one) => one.from)),
		to: Math.max(to, ...lines.map((one) => one.to)),
	};
}

/** Whether an edit works inside a stretch. At its first token it does not, if that opens the stretch: it would stand before. */
function within(edit: Edit, { from, to }: Stretch, opened: boolean): boolean {
	const point = edit.to === edit.from;
	return edit.to <= to && (point && opened ? edit.from > from : edit.from >= from);
}

function touches(edit: Edit, line: Stretch): boolean {
	if (edit.level === LEVEL.words) return within(edit, line, true);
	return edit.to > edit.from && edit.from < line.to && edit.to > line.from;
}

/** What a passage says with these edits made; those outside of it are left aside. */
export function passageText(strand: Strand, passage: Passage, edits: readonly Edit[]): TextDocument {
	const whole: Edit = { ...passage, tokens: [] };
	const here = edits
		.filter((edit) => collides(whole, edit))
		.map((edit) => ({
			...edit,
			from: Math.max(0, edit.from - passage.from),
			to: Math.min(passage.to, edit.to) - passage.from,
		}));
	const tokens = applyEdits(strand.tokens.slice(passage.from, passage.to), here);
	const head = passage.level === LEVEL.line ? lineOpener(strand, passage) : undefined;
	return documentOf(head ? [head, ...tokens] : tokens, 'p');
}

/** What opens the list or table of a line; a numbered list goes on counting with it. */
function lineOpener(strand: Strand, passage: Stretch): Token | undefined {
	const place = holder(strand, passage);
	const opener = place && strand.tokens[place.from];
	if (!place || opener?.open !== 'block' || !opener.form.ordered) return opener;
	const own = ({ from }: Stretch) => {
		const token = strand.tokens[from];
		return token?.open === 'item' && !token.deeper;
	};
	const before = place.lines.filter((line) => line.to <= passage.from && own(line)).length;
	return { ...opener, form: { ...opener.form, start: (opener.form.start ?? 1) + before } };
}

function holder({ blocks }: Strand, { from, to }: Stretch): BlockPlace | undefined {
	const outer = blocks.find((block) => block.from < from && to <= block.to);
	return outer?.inner.find((block) => block.from < from && to <= block.to) ?? outer;
}

/** The edit that says a passage anew. */
export function wordingEdit(strand: Strand, passage: Passage, wording: readonly DraftBlock[]): Edit {
	const newId = countedIds(`o${passage.from.toString(36)}`, strand.tokens);
	return { ...passage, tokens: wordingTokens(strand, passage, normalise({ blocks: [...wording] }, { newId })) };
}

function wordingTokens(strand: Strand, passage: Passage, { blocks }: TextDocument): Token[] {
	switch (passage.level) {
		case LEVEL.block:
			return blocks.flatMap((block) => blockTokens(block, false));
		case LEVEL.inner:
			return blocks.flatMap((block) => {
				const simple = block.kind === 'paragraph' || block.kind === 'list';
				return simple
					? blockTokens(block, true)
					: block.kind === 'wording'
						? innerTokens(block.blocks)
						: plainTokens(block);
			});
		case LEVEL.line:
			return holder(strand, passage)?.block.kind === 'table'
				? blocks.flatMap((block) => rowTokens(block))
				: blocks.flatMap((block) => itemTokens(block, deeperIn(strand, passage)));
		case LEVEL.words: {
			const content = blocks.flatMap(inlines).flatMap((part, at): Inline => (at ? [{ text: '\n' }, ...part] : part));
			return spaced(strand, passage, runTokens(content));
		}
	}
}

/** A block's words as items. Those of its own stand in the place, and with the signs, of those that stood there before. */
function itemTokens(block: Block, before: readonly Deeper[]): Token[] {
	const places = block.kind === 'list' ? (block.deeper ?? []) : [];
	const [first] = before;
	let own = 0;
	return inlines(block).flatMap((item, at): Token[] => {
		const place = places[at];
		const below = place && first ? { ...place, depth: Math.min(DEEPEST, place.depth + first.depth) } : place;
		return [itemOpener(below ?? before[own++] ?? (first && { ...first, sign: DASH })), ...runTokens(item)];
	});
}

/** The items of a passage that stand as deep as its first one, if that is none of the list's own. */
function deeperIn({ tokens }: Strand, passage: Stretch): Deeper[] {
	const places = tokens
		.slice(passage.from, passage.to)
		.flatMap((token) => (token.open === 'item' ? [token.deeper ?? null] : []));
	const [first] = places;
	return first ? places.filter((place) => place?.depth === first.depth).filter((place) => place !== null) : [];
}

function innerTokens(blocks: TextDocument['blocks']): Token[] {
	return blocks.flatMap((block) => blockTokens(block, true));
}

type Block = TextDocument['blocks'][number];

function plainTokens(block: Block): Token[] {
	const content: Inline = [{ text: toPlainText({ version: 1, blocks: [block] }) }];
	return blockTokens({ kind: 'paragraph', id: block.id, hash: '', content }, true);
}

/** A block's words as pieces that can become items. */
function inlines(block: Block): Inline[] {
	switch (block.kind) {
		case 'paragraph':
		case 'heading':
			return [block.content];
		case 'list':
			return block.items;
		case 'wording':
			return block.blocks.flatMap(inlines);
		case 'table':
			return [block.header, ...block.rows].map((row) => [{ text: row.map(plainOf).join(' | ') }]);
		case 'attachment':
			return [[{ text: block.title }]];
	}
}

function rowTokens(block: Block): Token[] {
	const rows = block.kind === 'table' ? [block.header, ...block.rows] : inlines(block).map((cell) => [cell]);
	return rows.flatMap((row): Token[] => [
		{ open: 'row' },
		...row.flatMap((cell): Token[] => [{ open: 'cell' }, ...runTokens(cell)]),
	]);
}

function runTokens(content: Inline): Token[] {
	return blockTokens({ kind: 'paragraph', id: '', hash: '', content }, false).slice(1);
}

/** With the spaces that keep it apart from the words before and behind. */
function spaced({ tokens }: Strand, { from, to }: Stretch, own: Token[]): Token[] {
	const text = (token: Token | undefined) => (token && !token.open ? token.run.text : '');
	const [before, after] = [text(tokens[from - 1]), text(tokens[to])];
	const space: Token = { run: { text: ' ' } };
	if (!own.length) return apart(before, after) ? [space] : [];
	const [first, last] = [text(own[0]), text(own.at(-1))];
	return [...(apart(before, first) ? [space] : []), ...own, ...(apart(last, after) ? [space] : [])];
}

/** Chinese words stand without spaces. */
function apart(left: string, right: string): boolean {
	if (/\p{Script=Han}$/u.test(left) && /^\p{Script=Han}/u.test(right)) return false;
	return /[\p{L}\p{N}.,;:!?)”“]$/u.test(left) && /^[\p{L}\p{N}(„]/u.test(right);
}

/** Where a passage stands. */
export function whereabouts({ blocks }: Strand, passage: Passage): Whereabouts {
	// What is added at the end of a list or a paragraph belongs to it.
	const ends = passage.from === passage.to && passage.level < LEVEL.block;
	const reaches = ({ to }: Stretch) => passage.from < to || (ends && passage.from === to);
	const found = blocks.findIndex(reaches);
	const at = found < 0 ? blocks.length : found;
	const above = blocks.slice(0, at + 1).findLast(({ block, from }) => block.kind === 'heading' && from < passage.from);
	const heading = above?.block.kind === 'heading' ? plainOf(above.block.content) : '';
	const outer = blocks[at];
	const holds = outer && passage.level <= LEVEL.line ? (outer.inner.find(reaches) ?? outer) : undefined;
	const lined = holds?.block.kind === 'list' || holds?.block.kind === 'table' ? holds.lines : [];
	const line = lined.findIndex((one) => passage.from < one.to);
	return { heading, block: at + 1, ...(lined.length ? { line: (line < 0 ? lined.length : line) + 1 } : {}) };
}
