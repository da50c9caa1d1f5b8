import { isListLabel } from './clean.ts';
import { CELL_LINE_BREAK } from './flow.ts';
import type { Rule } from './pdf-rules.ts';
import type { Row, Segment } from './pdf-segments.ts';

/** A finished line (or row of a table) of the page. `table` is the number of the table it belongs to. */
export type Line = { text: string; y: number; bottom: number; size: number; table: number | null };

type Span = { x: number; right: number };

/** Columns of a table keep at least this distance, in font sizes. */
const COLUMN_GAP = 0.6;

/**
 * Turns rows of a block into lines. Rows that line up in columns become table rows; a wide gap in a row alone
 * becomes a TAB. `rules` are the page's horizontal lines: where a table has some, they part its rows.
 */
export function toLines(rows: Row[], rules: Rule[]): Line[] {
	const lines: Line[] = [];
	let table = 0;
	for (let index = 0; index < rows.length;) {
		const length = tableLength(rows, index);
		const run = rows.slice(index, index + length);
		if (length > 1) lines.push(...tableLines(run, rules, table++));
		else lines.push(singleLine(run[0]!));
		index += length;
	}
	return lines;
}

function singleLine(row: Row): Line {
	const [first] = row as [Segment];
	if (first.table) return { text: first.text, y: first.y, bottom: first.bottom, size: first.size, table: -1 };
	return { ...extent(row), text: row.map((segment) => segment.text).join('\t'), table: null };
}

function extent(row: Row): Pick<Line, 'y' | 'bottom' | 'size'> {
	return {
		y: Math.min(...row.map((segment) => segment.y)),
		bottom: Math.max(...row.map((segment) => segment.bottom)),
		size: Math.max(...row.map((segment) => segment.size)),
	};
}

/** How many rows from `start` on form a table; 1 if none. */
function tableLength(rows: Row[], start: number): number {
	const first = rows[start]!;
	if (first.length < 2) return 1;
	let columns = spans([first]);
	let length = 1;
	for (let index = start + 1; index < rows.length; index++) {
		const row = rows[index]!;
		const merged = spans(rows.slice(start, index + 1));
		if (row[0]!.table || isApart(rows[index - 1]!, row) || merged.length < Math.max(2, columns.length)) break;
		const continues = row.length > 1 || continuesCell(row[0]!, columns, rows[index - 1]!);
		if (!continues && !hasMoreRows(rows, index, merged) && !isLastRow(rows, start, index)) break;
		columns = merged;
		length = index - start + 1;
	}
	return length;
}

function isApart(above: Row, below: Row): boolean {
	return below[0]!.y - above[0]!.bottom > below[0]!.size * 3.2;
}

/** A lone text under a column that is not the first, close below: the rest of a cell. */
function continuesCell(segment: Segment, columns: Span[], above: Row): boolean {
	const tight = segment.y - above[0]!.bottom < segment.size * 1.5;
	return tight && columnOf(segment, columns) > 0;
}

/** A lone text in the first column belongs to the table only if rows of the same shape follow closely. */
function hasMoreRows(rows: Row[], index: number, columns: Span[]): boolean {
	const next = rows.slice(index + 1, index + 3).find((row) => row.length > 1);
	if (!next) return false;
	const between = rows.slice(index, rows.indexOf(next) + 1);
	const tight = between.every((row, at) => at === 0 || row[0]!.y - between[at - 1]![0]!.bottom < row[0]!.size * 2);
	return tight && spans([...between, columns.map(asSegment)]).length >= columns.length;
}

/** A lone text in the first column right below rows of even distance: a row whose other cells are empty. */
function isLastRow(rows: Row[], start: number, index: number): boolean {
	const [row, above, before] = [rows[index]!, rows[index - 1]!, rows[index - 2]];
	if (!before || index - start < 2 || above.length < 2 || before.length < 2) return false;
	const even = Math.abs(row[0]!.y - above[0]!.bottom - (above[0]!.y - before[0]!.bottom)) < row[0]!.size * 0.15;
	return even && Math.abs(row[0]!.x - above[0]!.x) < 1 && row[0]!.size === above[0]!.size;
}

function asSegment(span: Span): Segment {
	return { ...span, text: '', y: 0, bottom: 0, size: 10, rightToLeft: false, table: false };
}

/** The columns that the rows leave free gaps between. */
function spans(rows: Row[]): Span[] {
	const size = rows[0]![0]!.size;
	const merged: Span[] = [];
	for (const { x, right } of rows.flat().toSorted((a, b) => a.x - b.x)) {
		const last = merged.at(-1);
		if (last && x - last.right < size * COLUMN_GAP) last.right = Math.max(last.right, right);
		else merged.push({ x, right });
	}
	return merged;
}

function columnOf(segment: Segment, columns: Span[]): number {
	const inside = columns.findIndex((column) => segment.x < column.right + 1 && segment.right > column.x - 1);
	return inside < 0 ? columns.findLastIndex((column) => column.x <= segment.x) : inside;
}

function tableLines(run: Row[], rules: Rule[], table: number): Line[] {
	const columns = spans(run);
	const cells = run.map((row) => toCells(row, columns));
	if (columns.length === 2 && cells.every(([first]) => first === '' || isListLabel(first!))) return labelled(run);
	const joins = continuationTest(run, cells, rules);
	const lines: Line[] = [];
	let current: string[] = [];
	for (const [index, row] of run.entries()) {
		const last = lines.at(-1);
		if (last && joins(index)) {
			current = current.map((cell, at) =>
				[cell, cells[index]![at]!].filter((text) => text !== '').join(CELL_LINE_BREAK),
			);
			last.bottom = extent(row).bottom;
			last.text = current.join('\t');
			continue;
		}
		current = cells[index]!;
		lines.push({ ...extent(row), text: current.join('\t'), table });
	}
	return lines;
}

function toCells(row: Row, columns: Span[]): string[] {
	const cells = columns.map(() => '');
	for (const segment of row) {
		const at = Math.max(0, columnOf(segment, columns));
		cells[at] = cells[at] === '' ? segment.text : `${cells[at]} ${segment.text}`;
	}
	return cells;
}

/** A list with hanging labels is no table: `1. Eröffnung`, the rest of the item on lines of its own. */
function labelled(run: Row[]): Line[] {
	return run.map((row) => ({ ...extent(row), text: labelledLine(row), table: null }));
}

function labelledLine([label, ...rest]: Row): string {
	const text = rest.map((segment) => segment.text).join('\t');
	return text === '' ? label!.text : `${label!.text} ${text}`;
}

/** Decides which rows are further lines of the row above: by drawn lines, else by spacing, else by empty first cells. */
function continuationTest(run: Row[], cells: string[][], rules: Rule[]): (index: number) => boolean {
	const middle = (run[0]![0]!.x + Math.max(...run.flat().map((segment) => segment.right))) / 2;
	const top = run[0]![0]!.y;
	const end = run.at(-1)![0]!.y;
	const own = rules.filter((rule) => rule.at > top && rule.at < end && rule.start < middle && rule.end > middle);
	const isRuled = own.length >= 2;
	const gaps = run.map((row, index) => (index === 0 ? 0 : row[0]!.y - run[index - 1]![0]!.bottom));
	const usual = gaps.slice(1).toSorted((a, b) => a - b);
	const spaced = usual.length > 1 && usual.at(-1)! > usual[0]! * 1.17;
	return (index) => {
		if (index === 0) return false;
		if (isRuled) return !own.some((rule) => rule.at > run[index - 1]![0]!.bottom && rule.at < run[index]![0]!.y);
		if (spaced && gaps[index]! < (usual[0]! + usual.at(-1)!) / 2) return gaps[index]! < run[index]![0]!.size * 1.5;
		const filled = cells[index]!.filter((cell) => cell !== '').length;
		return cells[index]![0] === '' && filled === 1 && gaps[index]! < run[index]![0]!.size * 1.5;
	};
}
