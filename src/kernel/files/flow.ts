import { joinLabel } from './clean.ts';

/** What a word processor file consists of, in reading order. Gaps are points. */
export type Block =
	| {
			kind: 'paragraph';
			/** May hold line feeds (line breaks) and TABs; `''` is an empty line. */
			text: string;
			gapBefore: number;
			gapAfter: number;
			/** Items of one list stay together. */
			list: string | null;
			heading: boolean;
	  }
	| { kind: 'table'; rows: Cell[][] };

/** `text` with line feeds between the lines; a cell that is the continuation of a merge has `''`. */
export type Cell = { text: string; span: number };

type Paragraph = Extract<Block, { kind: 'paragraph' }>;

/** From this distance on, readers see a new paragraph. */
const VISIBLE_GAP = 3;
/** A longer paragraph wraps on paper, so it is prose and no line of a list. */
const ONE_LINE = 100;

export const CELL_LINE_BREAK = '\u2028';

/** The blocks as text by the contract of `Extracted.text`. */
export function renderBlocks(blocks: readonly Block[]): string {
	let text = '';
	let previous: Block | null = null;
	let emptyBetween = false;
	for (const block of blocks.flatMap(unwrapSingleColumn)) {
		const rendered = block.kind === 'table' ? renderTable(block.rows) : renderParagraph(block.text);
		if (rendered === '') {
			emptyBetween = true;
			continue;
		}
		if (previous) text += emptyBetween || standsApart(previous, block) ? '\n\n' : '\n';
		text += rendered;
		previous = block;
		emptyBetween = false;
	}
	return text;
}

function standsApart(before: Block, after: Block): boolean {
	if (before.kind === 'table' || after.kind === 'table') return true;
	if (before.heading || after.heading) return true;
	if (before.list !== null && before.list === after.list) return false;
	if (Math.max(before.gapAfter, after.gapBefore) >= VISIBLE_GAP) return true;
	return before.text.length > ONE_LINE || after.text.length > ONE_LINE;
}

function renderParagraph(text: string): string {
	return text
		.split('\n')
		.map((line) =>
			joinLabel(
				line
					.replace(/ *\t[\t ]*/g, '\t')
					.replace(/ {2,}/g, ' ')
					.trim(),
			),
		)
		.join('\n')
		.trim();
}

function renderTable(rows: Cell[][]): string {
	const starts = cellStarts(rows);
	return rows
		.map((row) => renderRow(row, starts))
		.filter((row) => row.trim() !== '')
		.join('\n');
}

/** Grid columns at which no cell of the table begins exist only to shape merges; they are left out. */
function cellStarts(rows: Cell[][]): Set<number> {
	const starts = new Set<number>();
	for (const row of rows) {
		let column = 0;
		for (const cell of row) {
			starts.add(column);
			column += cell.span;
		}
	}
	return starts;
}

function renderRow(row: Cell[], starts: ReadonlySet<number>): string {
	const cells: string[] = [];
	let column = 0;
	for (const cell of row) {
		cells.push(renderCell(cell.text));
		for (let i = 1; i < cell.span; i++) if (starts.has(column + i)) cells.push('');
		column += cell.span;
	}
	while (cells.length < starts.size) cells.push('');
	return cells.join('\t');
}

function renderCell(text: string): string {
	return text
		.split(/[\n\u2028]/)
		.map((line) => line.replace(/\s+/g, ' ').trim())
		.filter((line) => line !== '')
		.join(CELL_LINE_BREAK);
}

/** A table of one column is a frame around paragraphs. */
function unwrapSingleColumn(block: Block): Block[] {
	if (block.kind !== 'table' || block.rows.some((row) => row.length > 1)) return [block];
	return block.rows.map(([cell]): Paragraph => framed(cell?.text ?? ''));
}

function framed(text: string): Paragraph {
	return { kind: 'paragraph', text, gapBefore: VISIBLE_GAP, gapAfter: VISIBLE_GAP, list: null, heading: false };
}

/** The blocks inside a table cell as lines: paragraphs one per line, rows of a nested table joined by spaces. */
export function blocksToCellText(blocks: readonly Block[]): string {
	return blocks
		.map((block) =>
			block.kind === 'paragraph'
				? block.text
				: block.rows.map((row) => row.map((cell) => cell.text.replace(/\n/g, ' ')).join(' ')).join('\n'),
		)
		.join('\n');
}
