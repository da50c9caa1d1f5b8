import { bytes } from './sfnt.ts';

/** A layout table with one feature of one lookup for every script: what GSUB and GPOS have in common. */
function withFeature(feature: string, type: number, subtable: Buffer): Buffer {
	const tag = [
		feature.charCodeAt(0) * 256 + feature.charCodeAt(1),
		feature.charCodeAt(2) * 256 + feature.charCodeAt(3),
	];
	const scripts = [1, 0x4446, 0x4c54, 8, 4, 0, 0, 0xffff, 1, 0]; // DFLT, its default language: feature 0
	const features = [1, ...tag, 8, 0, 1, 0]; // lookup 0
	const lookups = [1, 4, type, 0, 1, 8];
	const first = 10;
	const second = first + scripts.length * 2;
	const third = second + features.length * 2;
	return Buffer.concat([bytes([1, 0, first, second, third, ...scripts, ...features, ...lookups]), subtable]);
}

/** GSUB with one feature that puts one glyph for another. Glyph numbers are those of the new font. */
export function writeSubstitution(feature: string, pairs: Map<number, number>): Buffer {
	const sorted = [...pairs].sort(([a], [b]) => a - b);
	const n = sorted.length;
	const table = [2, 6 + n * 2, n, ...sorted.map(([, to]) => to), 1, n, ...sorted.map(([from]) => from)];
	return withFeature(feature, 1, bytes(table));
}

/**
 * GPOS with the kerning of n glyphs: glyphs that behave alike share a class, so the table holds each difference once.
 * @throws RangeError when the classes don't fit a table of 64 kB
 */
export function writeKerning(n: number, kern: (first: number, second: number) => number): Buffer {
	const all = Array.from({ length: n }, (_, g) => g);
	const rows = group(all, (g) => all.map((h) => kern(g, h)).join());
	const columns = group(all, (h) => all.map((g) => kern(g, h)).join());
	const matrix = rows.heads.flatMap((g) => columns.heads.map((h) => kern(g, h)));
	// Glyphs that kern with nothing are left out of the coverage; class 0 holds whoever is not named.
	const silent = rows.of.map((row) => columns.heads.every((h) => kern(rows.heads[row]!, h) === 0));
	const covered = all.filter((g) => !silent[g]);
	const [cover, one, two] = [
		ranges(
			covered.map((g) => [g, 0]),
			true,
		),
		classDef(rows.of),
		classDef(columns.of),
	];
	const head = 16 + matrix.length * 2;
	if (head + (cover.length + one.length) * 2 > 0xffff) throw new RangeError(`kerning needs ${head} bytes`);
	const subtable = [
		2,
		head,
		4,
		0,
		head + cover.length * 2,
		head + (cover.length + one.length) * 2,
		rows.heads.length,
		columns.heads.length,
	];
	return withFeature('kern', 2, bytes([...subtable, ...matrix, ...cover, ...one, ...two]));
}

/** Puts glyphs with the same sign into one class: class of each glyph, and one glyph for each class. */
function group(glyphs: number[], sign: (glyph: number) => string): { of: number[]; heads: number[] } {
	const seen = new Map<string, number>();
	const heads: number[] = [];
	const of = glyphs.map((glyph) => {
		const key = sign(glyph);
		if (!seen.has(key)) heads[seen.set(key, seen.size).size - 1] = glyph;
		return seen.get(key)!;
	});
	return { of, heads };
}

function classDef(of: number[]): number[] {
	return ranges(of.map((value, glyph): [number, number] => [glyph, value]).filter(([, value]) => value > 0));
}

/** Runs of neighbours as range records (format 2); `counted` numbers them as a coverage does. */
function ranges(entries: [number, number][], counted = false): number[] {
	const runs: [start: number, end: number, value: number][] = [];
	entries.forEach(([glyph, value], i) => {
		const last = runs.at(-1);
		if (last && last[1] === glyph - 1 && (counted || last[2] === value)) last[1] = glyph;
		else runs.push([glyph, glyph, counted ? i : value]);
	});
	return [2, runs.length, ...runs.flat()];
}
