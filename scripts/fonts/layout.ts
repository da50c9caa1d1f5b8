/** Reading the layout tables of OpenType (GSUB, GPOS) as far as figures and kerning need it. */

/** Class or index of each glyph that a table covers. */
type Classes = Map<number, number>;

/** Places of the lookup subtables of a feature, following extensions; each with its lookup's type, lookup by lookup. */
export function featureLookups(table: Buffer, feature: string, extension: number): { type: number; at: number }[][] {
	const [features, lookups] = [table.readUInt16BE(6), table.readUInt16BE(8)];
	const wanted = new Set<number>();
	for (let i = 0; i < table.readUInt16BE(features); i++) {
		const record = features + 2 + i * 6;
		if (table.toString('latin1', record, record + 4) !== feature) continue;
		const at = features + table.readUInt16BE(record + 4);
		for (let k = 0; k < table.readUInt16BE(at + 2); k++) wanted.add(table.readUInt16BE(at + 4 + k * 2));
	}
	return [...wanted]
		.sort((a, b) => a - b)
		.map((index) => {
			const at = lookups + table.readUInt16BE(lookups + 2 + index * 2);
			const type = table.readUInt16BE(at);
			return Array.from({ length: table.readUInt16BE(at + 4) }, (_, k) => {
				const sub = at + table.readUInt16BE(at + 6 + k * 2);
				return type === extension
					? { type: table.readUInt16BE(sub + 2), at: sub + table.readUInt32BE(sub + 4) }
					: { type, at: sub };
			});
		});
}

/** Glyphs that a coverage table names, with their index in it. */
export function coverage(table: Buffer, at: number): Classes {
	const covered: Classes = new Map();
	const count = table.readUInt16BE(at + 2);
	if (table.readUInt16BE(at) === 1) {
		for (let i = 0; i < count; i++) covered.set(table.readUInt16BE(at + 4 + i * 2), i);
		return covered;
	}
	for (let i = 0; i < count; i++) {
		const record = at + 4 + i * 6;
		const [start, end, first] = [
			table.readUInt16BE(record),
			table.readUInt16BE(record + 2),
			table.readUInt16BE(record + 4),
		];
		for (let glyph = start; glyph <= end; glyph++) covered.set(glyph, first + glyph - start);
	}
	return covered;
}

function classes(table: Buffer, at: number): Classes {
	const found: Classes = new Map();
	if (table.readUInt16BE(at) === 1) {
		const start = table.readUInt16BE(at + 2);
		for (let i = 0; i < table.readUInt16BE(at + 4); i++) found.set(start + i, table.readUInt16BE(at + 6 + i * 2));
		return found;
	}
	for (let i = 0; i < table.readUInt16BE(at + 2); i++) {
		const record = at + 4 + i * 6;
		for (let g = table.readUInt16BE(record); g <= table.readUInt16BE(record + 2); g++)
			found.set(g, table.readUInt16BE(record + 4));
	}
	return found;
}

/** Glyph to glyph, from the single substitutions of a feature such as tnum. */
export function substitutions(gsub: Buffer, feature: string): Map<number, number> {
	const found = new Map<number, number>();
	for (const { type, at } of featureLookups(gsub, feature, 7).flat()) {
		if (type !== 1) continue;
		const single = gsub.readUInt16BE(at) === 1;
		for (const [glyph, index] of coverage(gsub, at + gsub.readUInt16BE(at + 2))) {
			const to = single ? (glyph + gsub.readInt16BE(at + 4)) & 0xffff : gsub.readUInt16BE(at + 6 + index * 2);
			if (!found.has(glyph)) found.set(glyph, to);
		}
	}
	return found;
}

/** Asks how far the second glyph moves towards the first, in font units (negative: closer). */
type Kerning = (first: number, second: number) => number | undefined;

/** How a pair of glyphs is set: within a lookup the first subtable that knows the pair counts, lookups add up. */
export function kerning(gpos: Buffer): (first: number, second: number) => number {
	const lookups = featureLookups(gpos, 'kern', 9).map((subs) =>
		subs.filter((s) => s.type === 2).map((s) => pairs(gpos, s.at)),
	);
	return (first, second) =>
		lookups.reduce((sum, subs) => {
			for (const sub of subs) {
				const value = sub(first, second);
				if (value !== undefined) return sum + value;
			}
			return sum;
		}, 0);
}

function pairs(gpos: Buffer, at: number): Kerning {
	const [first, second] = [gpos.readUInt16BE(at + 4), gpos.readUInt16BE(at + 6)];
	if (!(first & 4)) return () => undefined;
	// The advance stands behind those placements that are there.
	const lead = 2 * bits(first & 3);
	const size = 2 * (bits(first) + bits(second));
	const covered = coverage(gpos, at + gpos.readUInt16BE(at + 2));
	if (gpos.readUInt16BE(at) === 1) return singlePairs(gpos, at, covered, size, lead);
	const [one, two] = [classes(gpos, at + gpos.readUInt16BE(at + 8)), classes(gpos, at + gpos.readUInt16BE(at + 10))];
	const columns = gpos.readUInt16BE(at + 14);
	return (a, b) => {
		if (!covered.has(a)) return undefined;
		return gpos.readInt16BE(at + 16 + ((one.get(a) ?? 0) * columns + (two.get(b) ?? 0)) * size + lead);
	};
}

function singlePairs(gpos: Buffer, at: number, covered: Classes, size: number, lead: number): Kerning {
	const sets = new Map<number, Map<number, number>>();
	for (const [glyph, index] of covered) {
		const set = at + gpos.readUInt16BE(at + 10 + index * 2);
		const values = new Map<number, number>();
		for (let i = 0; i < gpos.readUInt16BE(set); i++) {
			const record = set + 2 + i * (2 + size);
			values.set(gpos.readUInt16BE(record), gpos.readInt16BE(record + 2 + lead));
		}
		sets.set(glyph, values);
	}
	return (a, b) => sets.get(a)?.get(b);
}

const bits = (mask: number) => mask.toString(2).replaceAll('0', '').length;
