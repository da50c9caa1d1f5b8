/**
 * A text as one strand of tokens: openers (a block, an item, a row, a cell) and words. An opener ends whatever was open
 * before, so that any succession of tokens is a text again: changes can be taken in any selection.
 */
import { wordTokens } from '../diff.ts';
import { normalise } from '../normalise.ts';
import { sameMarks } from '../normalise-inline.ts';
import type { Block, Deeper, DraftBlock, Inline, Lang, Run, TextDocument } from '../schema.ts';

export type Token = Opener | { open?: undefined; run: Run };

export type Opener =
	| {
			open: 'block';
			id: string;
			/** Stands inside of wording. */
			inner: boolean;
			kind: Block['kind'];
			/** What the block is beside its words: level, numbering, role, file. */
			form: Form;
			lang?: Lang;
	  }
	| { open: 'item'; deeper?: Deeper }
	| { open: 'row' | 'cell' | 'caption' };

interface Form {
	level?: number;
	ordered?: boolean;
	start?: number;
	role?: 'operative' | 'quote';
	file?: string;
	title?: string;
}

/** A stretch of tokens; `to` is not part of it. */
export interface Stretch {
	from: number;
	to: number;
}

/** Where a block lies in its strand. Lines are items, rows, or the one line of a paragraph; a line's cells hold words. */
export interface BlockPlace extends Stretch {
	block: Block;
	lines: (Stretch & { cells: Stretch[] })[];
	inner: BlockPlace[];
}

export interface Strand {
	tokens: Token[];
	blocks: BlockPlace[];
}

/** The strand of a text, with the place of each block. */
export function strandOf(blocks: readonly Block[]): Strand {
	const tokens: Token[] = [];
	return { tokens, blocks: blocks.map((block) => addBlock(tokens, block, false)) };
}

/** The tokens of one block. */
export function blockTokens(block: Block, inner: boolean): Token[] {
	const tokens: Token[] = [];
	addBlock(tokens, block, inner);
	return tokens;
}

function addBlock(tokens: Token[], block: Block, inner: boolean): BlockPlace {
	const place: BlockPlace = { block, from: tokens.length, to: 0, lines: [], inner: [] };
	tokens.push(openerOf(block, inner));
	const words = (content: Inline): Stretch => {
		const from = tokens.length;
		for (const run of wordTokens(content)) tokens.push({ run });
		return { from, to: tokens.length };
	};
	const line = (opener: Opener | undefined, cells: () => Stretch[]) => {
		const from = tokens.length;
		if (opener) tokens.push(opener);
		const all = cells();
		place.lines.push({ from, to: tokens.length, cells: all });
	};
	const cell = (open: 'cell' | 'caption', content: Inline) => {
		tokens.push({ open });
		return words(content);
	};
	switch (block.kind) {
		case 'paragraph':
		case 'heading':
			line(undefined, () => [words(block.content)]);
			break;
		case 'list':
			block.items.forEach((item, at) => line(itemOpener(block.deeper?.[at]), () => [words(item)]));
			break;
		case 'table':
			line({ open: 'row' }, () => [
				...block.header.map((content) => cell('cell', content)),
				cell('caption', block.caption ?? []),
			]);
			for (const row of block.rows) line({ open: 'row' }, () => row.map((content) => cell('cell', content)));
			break;
		case 'wording':
			place.inner = block.blocks.map((one) => addBlock(tokens, one, true));
			break;
		case 'attachment':
			break;
	}
	place.to = tokens.length;
	return place;
}

/** The opener of an item that stands there. */
export function itemOpener(deeper: Deeper | null | undefined): Opener {
	return deeper ? { open: 'item', deeper } : { open: 'item' };
}

function openerOf(block: Block, inner: boolean): Opener {
	const lang = block.lang ? { lang: block.lang } : {};
	return { open: 'block', id: block.id, inner, kind: block.kind, form: formOf(block), ...lang };
}

function formOf(block: Block): Form {
	switch (block.kind) {
		case 'heading':
			return { level: block.level };
		case 'list':
			return { ordered: block.ordered, ...(block.start ? { start: block.start } : {}) };
		case 'wording':
			return { role: block.role };
		case 'attachment':
			return { file: block.file, title: block.title };
		default:
			return {};
	}
}

/** What tokens say, without ids: equal keys are equal text. */
export function tokensKey(tokens: readonly Token[]): string {
	return JSON.stringify(tokens, (key, value: unknown) => (key === 'id' ? undefined : value));
}

/**
 * The text of a strand. Ids that are missing or stand twice are made from `seed` and a count, so that equal strands give
 * equal texts.
 */
export function documentOf(tokens: readonly Token[], seed = 'm'): TextDocument {
	return normalise({ blocks: new Reader().read(tokens) }, { newId: countedIds(seed, tokens) });
}

/** New ids that follow from `seed` alone and that none of the tokens carries. */
export function countedIds(seed: string, tokens: readonly Token[]): () => string {
	const taken = new Set(tokens.map((token) => (token.open === 'block' ? token.id : '')));
	let count = 0;
	const next = () => `${seed}${(count++).toString(36).padStart(8, '0')}`;
	return () => {
		let id = next();
		while (taken.has(id)) id = next();
		return id;
	};
}

/** Reads a strand block by block; what stands in no block becomes one. */
class Reader {
	readonly #blocks: DraftBlock[] = [];
	/** The block that takes items, rows and words. */
	#current: DraftBlock | undefined;
	/** Where words go. */
	#words: Inline | undefined;

	read(tokens: readonly Token[]): DraftBlock[] {
		for (const token of tokens) {
			if (token.open === 'block') this.#open(token);
			else if (token.open === 'item') this.#item(token.deeper);
			else if (token.open) this.#tablePart(token.open);
			else this.#write(token.run);
		}
		return this.#blocks;
	}

	#open(opener: Extract<Opener, { open: 'block' }>): void {
		const block = emptyBlock(opener);
		this.#current = block;
		this.#words = 'content' in block ? block.content : undefined;
		const outer = this.#blocks.at(-1);
		const fits = block.kind === 'paragraph' || block.kind === 'list';
		if (opener.inner && outer?.kind === 'wording' && fits) outer.blocks.push(block);
		else this.#blocks.push(block);
	}

	#item(deeper: Deeper | undefined): void {
		if (this.#current?.kind !== 'list') this.#add({ kind: 'list', ordered: false, items: [] });
		if (this.#current?.kind !== 'list') return;
		this.#words = [];
		this.#current.items.push(this.#words);
		(this.#current.deeper ??= []).push(deeper ?? null);
	}

	#tablePart(open: 'row' | 'cell' | 'caption'): void {
		if (this.#current?.kind !== 'table') this.#add({ kind: 'table', header: [], rows: [] });
		const table = this.#current;
		if (table?.kind !== 'table') return;
		this.#words = undefined;
		// The header is the first row; a marker in `rows` would be one too many.
		if (open === 'row') this.#rows.set(table, [...(this.#rows.get(table) ?? []), []]);
		const rows = this.#rows.get(table) ?? [];
		if (open === 'caption') this.#words = table.caption = [];
		if (open === 'cell') {
			this.#words = [];
			rows.at(-1)?.push(this.#words);
		}
		table.header = rows[0] ?? [];
		table.rows = rows.slice(1);
	}

	readonly #rows = new Map<DraftBlock, Inline[][]>();

	#write(run: Run): void {
		const words = this.#target();
		const last = words.at(-1);
		// Joined before they are tidied: a space between two bold words is bold only together with them.
		if (last && sameMarks(last, run)) last.text += run.text;
		else words.push({ ...run });
	}

	#target(): Inline {
		if (!this.#words) {
			const content: Inline = [];
			this.#add({ kind: 'paragraph', content });
			this.#words = content;
		}
		return this.#words;
	}

	#add(block: DraftBlock): void {
		this.#current = block;
		this.#blocks.push(block);
	}
}

function emptyBlock({ id, kind, form, lang }: Extract<Opener, { open: 'block' }>): DraftBlock {
	const base = { id, ...(lang ? { lang } : {}) };
	switch (kind) {
		case 'paragraph':
			return { ...base, kind, content: [] };
		case 'heading':
			return { ...base, kind, level: form.level ?? 1, content: [] };
		case 'list':
			return { ...base, kind, ordered: form.ordered ?? false, ...(form.start ? { start: form.start } : {}), items: [] };
		case 'wording':
			return { ...base, kind, role: form.role ?? 'operative', blocks: [] };
		case 'table':
			return { ...base, kind, header: [], rows: [] };
		case 'attachment':
			return { ...base, kind, file: form.file ?? '', title: form.title ?? '' };
	}
}
