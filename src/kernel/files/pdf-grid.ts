import type { Rule, Rules } from './pdf-rules.ts';

/** A table drawn with lines. `owner(row, column)` is the top left place of the merged cell there, as row * columns + column. */
export type Grid = {
	/** Column edges, left to right, and row edges, top to bottom; points. */
	xs: number[];
	ys: number[];
	owner(row: number, column: number): number;
};

const TOUCH = 3;

/** The tables that a page's lines form. A lone frame is no table. */
export function findGrids({ horizontal, vertical }: Rules): Grid[] {
	return connected(horizontal, vertical)
		.map(toGrid)
		.filter((grid): grid is Grid => grid !== null);
}

type Group = { horizontal: Rule[]; vertical: Rule[] };

/** Lines that touch each other belong to one table. */
function connected(horizontal: Rule[], vertical: Rule[]): Group[] {
	const groups: Group[] = [];
	for (const line of vertical) {
		const touching = groups.filter((group) => group.horizontal.some((other) => touches(other, line)));
		const own = horizontal.filter((other) => touches(other, line));
		if (own.length === 0) continue;
		const merged: Group = { horizontal: own, vertical: [line] };
		for (const group of touching) {
			merged.vertical.push(...group.vertical);
			merged.horizontal.push(...group.horizontal);
			groups.splice(groups.indexOf(group), 1);
		}
		merged.horizontal = [...new Set(merged.horizontal)];
		groups.push(merged);
	}
	return groups;
}

function touches(horizontal: Rule, vertical: Rule): boolean {
	return (
		vertical.at > horizontal.start - TOUCH &&
		vertical.at < horizontal.end + TOUCH &&
		horizontal.at > vertical.start - TOUCH &&
		horizontal.at < vertical.end + TOUCH
	);
}

function toGrid({ horizontal, vertical }: Group): Grid | null {
	// A table may be open at its sides: then the ends of its lines are its edges.
	const xs = edges([...vertical.map((rule) => rule.at), ...outerEnds(horizontal)]);
	const ys = edges([...horizontal.map((rule) => rule.at), ...outerEnds(vertical)]);
	const [columns, rows] = [xs.length - 1, ys.length - 1];
	if (columns < 2 || rows < 1 || columns * rows > 20_000) return null;
	const owners = mergeCells(xs, ys, horizontal, vertical);
	if (new Set(owners).size < 2) return null;
	return { xs, ys, owner: (row, column) => owners[row * columns + column]! };
}

function outerEnds(rules: Rule[]): number[] {
	if (rules.length === 0) return [];
	return [Math.min(...rules.map((rule) => rule.start)), Math.max(...rules.map((rule) => rule.end))];
}

/** Distinct positions, ascending; those closer than a hair's breadth are one. */
function edges(values: number[]): number[] {
	const distinct: number[] = [];
	for (const value of values.toSorted((a, b) => a - b)) {
		if (distinct.length === 0 || value - distinct.at(-1)! > TOUCH) distinct.push(value);
	}
	return distinct;
}

/** Cells without a line between them are one. */
function mergeCells(xs: number[], ys: number[], horizontal: Rule[], vertical: Rule[]): number[] {
	const columns = xs.length - 1;
	const owners = Array.from({ length: columns * (ys.length - 1) }, (_, index) => index);
	const root = (index: number): number => (owners[index] === index ? index : root(owners[index]!));
	const unite = (one: number, other: number) => {
		const [first, second] = [root(one), root(other)].toSorted((a, b) => a - b) as [number, number];
		owners[second] = first;
	};
	for (let row = 0; row + 1 < ys.length; row++) {
		for (let column = 0; column < columns; column++) {
			const here = row * columns + column;
			const middle = { x: (xs[column]! + xs[column + 1]!) / 2, y: (ys[row]! + ys[row + 1]!) / 2 };
			if (column > 0 && !hasLine(vertical, xs[column]!, middle.y)) unite(here - 1, here);
			if (row > 0 && !hasLine(horizontal, ys[row]!, middle.x)) unite(here - columns, here);
		}
	}
	return owners.map((_, index) => root(index));
}

function hasLine(rules: Rule[], at: number, through: number): boolean {
	return rules.some((rule) => Math.abs(rule.at - at) <= TOUCH && rule.start - 1 <= through && rule.end + 1 >= through);
}
