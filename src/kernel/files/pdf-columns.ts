import { toRows, type Row, type Segment } from './pdf-segments.ts';

/** Segments in reading order: blocks top to bottom, columns of type one after the other. */
export type ReadingBlock = Segment[];

type Region = { first: number; last: number; edge: number };

const MIN_LINES = 4;
const GUTTER = 6;
const DEEPEST = 6;

/**
 * Parts a page into blocks that are read one after the other. Text set in columns is read column by column; what
 * stands side by side line by line (tables without lines) stays together for `pdf-tables.ts`.
 */
export function readingBlocks(segments: Segment[], depth = 0): ReadingBlock[] {
	const rows = toRows(segments);
	const region = depth < DEEPEST ? findColumns(rows) : null;
	if (!region) return segments.length > 0 ? [segments] : [];
	const inside = rows.slice(region.first, region.last + 1).flat();
	const above = rows.slice(0, region.first).flat();
	const below = rows.slice(region.last + 1).flat();
	const left = inside.filter((segment) => segment.x < region.edge);
	const right = inside.filter((segment) => segment.x >= region.edge);
	const columns = isRightToLeft(inside) ? [right, left] : [left, right];
	return [above, ...columns, below].flatMap((part) => readingBlocks(part, depth + 1));
}

function isRightToLeft(segments: Segment[]): boolean {
	return segments.filter((segment) => segment.rightToLeft).length > segments.length / 2;
}

/** The tallest stretch of rows that is set in columns, by the left edge of its right column. */
function findColumns(rows: Row[]): Region | null {
	const found = candidateEdges(rows)
		.flatMap((edge) => stretches(rows, edge))
		.map((region) => trimmed(rows, region))
		.filter((region): region is Region => region !== null && isColumns(rows, region));
	return found.toSorted((a, b) => b.last - b.first - (a.last - a.first) || a.edge - b.edge)[0] ?? null;
}

/** Positions at which many lines begin, to the right of others. */
function candidateEdges(rows: Row[]): number[] {
	const starts = rows
		.flat()
		.map((segment) => segment.x)
		.toSorted((a, b) => a - b);
	const edges: number[] = [];
	for (let i = 0; i < starts.length;) {
		let j = i;
		while (j < starts.length && starts[j]! - starts[i]! < 3) j++;
		if (j - i >= MIN_LINES && i > 0) edges.push(starts[i]! - 0.5);
		i = j;
	}
	return edges;
}

/** Runs of rows that nothing crosses at the edge, with text on both sides. */
function stretches(rows: Row[], edge: number): Region[] {
	const found: Region[] = [];
	let first = 0;
	for (let index = 0; index <= rows.length; index++) {
		const crossed = rows[index]?.some((segment) => segment.x < edge && segment.right > edge - GUTTER) ?? true;
		if (!crossed) continue;
		if (index > first) found.push({ first, last: index - 1, edge });
		first = index + 1;
	}
	return found;
}

/** Leaves out single rows at the ends that stand well apart (page header, page number) or have text on one side only. */
function trimmed(rows: Row[], region: Region): Region | null {
	let { first, last } = region;
	while (last > first && standsApart(rows[last - 1]!, rows[last]!) && isOneSided(rows[last]!, region.edge)) last--;
	while (first < last && standsApart(rows[first]!, rows[first + 1]!) && isOneSided(rows[first]!, region.edge)) first++;
	while (first < last && isRestOfHeading(rows[first - 1], rows[first]!, rows[first + 1]!)) first++;
	return last - first + 1 >= MIN_LINES ? { first, last, edge: region.edge } : null;
}

/** The short last line of a heading above the columns: set like the line above it, larger than the text below. */
function isRestOfHeading(above: Row | undefined, row: Row, below: Row): boolean {
	if (!above || row.length > 1 || standsApart(above, row)) return false;
	const size = row[0]!.size;
	return Math.abs(above[0]!.size - size) < 0.2 && size > below[0]!.size * 1.08;
}

function isOneSided(row: Row, edge: number): boolean {
	return new Set(row.map((segment) => segment.x >= edge)).size === 1;
}

function standsApart(above: Row, below: Row): boolean {
	const bottom = Math.max(...above.map((segment) => segment.bottom));
	return below[0]!.y - bottom > Math.max(above[0]!.size, below[0]!.size) * 2.2;
}

function isColumns(rows: Row[], { first, last, edge }: Region): boolean {
	const within = rows.slice(first, last + 1);
	const left = within.map((row) => row.filter((segment) => segment.x < edge)).filter((side) => side.length > 0);
	const right = within.map((row) => row.filter((segment) => segment.x >= edge)).filter((side) => side.length > 0);
	if (left.length === 0 || right.length < MIN_LINES) return false;
	const shared = left.length + right.length - within.length;
	if (left.length >= MIN_LINES && isProse(left) && isProse(right)) return true;
	if (isBulleted(left) && isBulleted(right)) return true;
	// Not lined up with each other: two blocks that only stand beside each other, as in the head of a letter.
	return shared <= Math.min(left.length, right.length) * 0.35 && isTight(right) && shared < MIN_LINES;
}

/** Lines of prose fill their column; entries of a table do not. */
function isProse(side: Segment[][]): boolean {
	const start = Math.min(...side.flat().map((segment) => segment.x));
	const end = Math.max(...side.flat().map((segment) => segment.right));
	const widths = side.map((row) => row.reduce((sum, segment) => sum + segment.right - segment.x, 0));
	const filled = widths.filter((width) => width > (end - start) * 0.7).length;
	const letters = side.reduce((sum, row) => sum + row.reduce((length, segment) => length + segment.text.length, 0), 0);
	return filled >= side.length * 0.5 && letters / side.length >= 18;
}

/** Bullets on both sides are lists side by side; a table has them in one column at most. */
function isBulleted(side: Segment[][]): boolean {
	const bullets = side.filter((row) => /^[•●■▪–○◦➢✓❖*-](\s|$)/.test(row[0]!.text)).length;
	return bullets >= 3 && bullets >= side.length * 0.3;
}

/** Most lines follow each other closely. */
function isTight(side: Segment[][]): boolean {
	const close = side.slice(1).filter((row, index) => row[0]!.y - side[index]![0]!.bottom < row[0]!.size * 1.7).length;
	return close >= (side.length - 1) * 0.6;
}
