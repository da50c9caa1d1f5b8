import { CELL_LINE_BREAK } from './flow.ts';
import type { Grid } from './pdf-grid.ts';
import type { Item } from './pdf-items.ts';
import { toRows, toSegments, type Segment } from './pdf-segments.ts';

/** A drawn table's text, and the items that lie in no table. */
export type Filled = { tables: Segment[]; rest: Item[] };

/** Puts a page's text into its drawn tables. A table with text in one cell or one column alone is a frame: left as it is. */
export function fillGrids(grids: Grid[], items: Item[]): Filled {
	const tables: Segment[] = [];
	let rest = items;
	// Smaller tables first: one may lie inside the frame of another.
	for (const grid of grids.toSorted((a, b) => area(a) - area(b))) {
		const inside = rest.filter((item) => cellAt(grid, item) !== null);
		const table = renderGrid(
			grid,
			inside.flatMap((item) => splitAtEdges(grid, item)),
		);
		if (!table) continue;
		tables.push(table);
		const taken = new Set(inside);
		rest = rest.filter((item) => !taken.has(item));
	}
	return { tables, rest };
}

function area({ xs, ys }: Grid): number {
	return (xs.at(-1)! - xs[0]!) * (ys.at(-1)! - ys[0]!);
}

/** The cell under the middle of the text, a little above its baseline. */
function cellAt(grid: Grid, item: Item): number | null {
	const column = interval(grid.xs, (item.x + Math.min(item.right, item.x + item.size * 3)) / 2);
	const row = interval(grid.ys, item.y - item.size * 0.25);
	return column === null || row === null ? null : grid.owner(row, column);
}

function interval(edges: number[], value: number): number | null {
	if (value < edges[0]! || value > edges.at(-1)!) return null;
	const after = edges.findIndex((edge) => edge > value);
	return after < 0 ? edges.length - 2 : Math.max(0, after - 1);
}

/**
 * Text of neighbouring cells may come as one piece when the cells are tight. It is cut at the space nearest to the
 * edge; positions inside a piece are estimated from equal letter widths.
 */
function splitAtEdges(grid: Grid, item: Item): Item[] {
	const row = interval(grid.ys, item.y - item.size * 0.25)!;
	const crossed = grid.xs.find((edge, index) => {
		if (index === 0 || index === grid.xs.length - 1) return false;
		const inside = edge > item.x + item.size * 0.5 && edge < item.right - item.size * 0.5;
		return inside && grid.owner(row, index - 1) !== grid.owner(row, index);
	});
	if (crossed === undefined) return [item];
	const letter = (item.right - item.x) / item.text.length;
	const spaces = Array.from(item.text.matchAll(/\s/g), (match) => match.index);
	const cut = spaces.toSorted((a, b) => distance(a) - distance(b))[0];
	if (cut === undefined || distance(cut) > item.size * 1.5) return [item];
	const left = { ...item, text: item.text.slice(0, cut), right: item.x + cut * letter };
	const right = { ...item, text: item.text.slice(cut + 1), x: Math.max(crossed + 0.1, item.x + (cut + 1) * letter) };
	return [left, ...splitAtEdges(grid, right)];

	function distance(index: number): number {
		return Math.abs(item.x + (index + 0.5) * letter - crossed!);
	}
}

function renderGrid(grid: Grid, items: Item[]): Segment | null {
	const columns = grid.xs.length - 1;
	const cells = new Map<number, Item[]>();
	for (const item of items) {
		const cell = cellAt(grid, item);
		if (cell !== null) cells.set(cell, [...(cells.get(cell) ?? []), item]);
	}
	const texts = new Map([...cells].map(([cell, inside]) => [cell, cellText(inside)]));
	if (new Set([...texts.keys()].map((cell) => cell % columns)).size < 2) return null;
	const shown = shownColumns(grid, columns);
	const rows = Array.from({ length: grid.ys.length - 1 }, (_, row) =>
		shown.map((column) =>
			grid.owner(row, column) === row * columns + column ? (texts.get(row * columns + column) ?? '') : '',
		),
	).filter((row) => row.some((text) => text !== ''));
	return {
		text: rows.map((row) => row.join('\t')).join('\n'),
		x: grid.xs[0]!,
		right: grid.xs.at(-1)!,
		y: grid.ys[0]!,
		bottom: grid.ys.at(-1)!,
		size: items[0]?.size ?? 0,
		rightToLeft: false,
		table: true,
	};
}

/** Columns at which some cell begins; the others come from lines that are out by a little or from merges. */
function shownColumns(grid: Grid, columns: number): number[] {
	const rows = grid.ys.length - 1;
	return Array.from({ length: columns }, (_, column) => column).filter((column) =>
		Array.from({ length: rows }, (_, row) => row).some((row) => grid.owner(row, column) % columns === column),
	);
}

function cellText(items: Item[]): string {
	return toRows(toSegments(items))
		.map((row) => row.map((segment) => segment.text).join(' '))
		.filter((line) => line !== '')
		.join(CELL_LINE_BREAK);
}
