import type { Tables } from './sfnt.ts';

/** Flags of a part of a composed glyph (OpenType, table glyf). */
const part = { words: 0x1, scale: 0x8, more: 0x20, twoScales: 0x40, matrix: 0x80, instructions: 0x100 };

/** The outline of a glyph as it stands in the file; empty for a space. */
export function outline(tables: Tables, glyph: number): Buffer {
	const [loca, glyf, long] = [tables.get('loca')!, tables.get('glyf')!, tables.get('head')!.readInt16BE(50) === 1];
	const at = (i: number) => (long ? loca.readUInt32BE(i * 4) : loca.readUInt16BE(i * 2) * 2);
	return glyf.subarray(at(glyph), at(glyph + 1));
}

/** Where the parts of a composed glyph stand in its outline, and where they end; none for a simple glyph. */
function parts(data: Buffer): { places: number[]; end: number } {
	if (!data.length || data.readInt16BE(0) >= 0) return { places: [], end: 0 };
	const places: number[] = [];
	let at = 10;
	for (let flags = part.more; flags & part.more;) {
		flags = data.readUInt16BE(at);
		places.push(at);
		at += 4 + (flags & part.words ? 4 : 2);
		at += flags & part.matrix ? 8 : flags & part.twoScales ? 4 : flags & part.scale ? 2 : 0;
	}
	return { places, end: at };
}

/** The glyphs themselves and all they are composed of, in order of number, `.notdef` first. */
export function closure(tables: Tables, wanted: Iterable<number>): number[] {
	const all = new Set([0]);
	const visit = (glyph: number): void => {
		if (all.has(glyph) && glyph !== 0) return;
		all.add(glyph);
		const data = outline(tables, glyph);
		for (const at of parts(data).places) visit(data.readUInt16BE(at + 2));
	};
	for (const glyph of wanted) visit(glyph);
	return [...all].sort((a, b) => a - b);
}

/** An outline without its instructions for coarse screens, its parts renumbered. */
export function bare(data: Buffer, renumber: Map<number, number>): Buffer {
	if (!data.length) return data;
	const { places, end } = parts(data);
	if (places.length) {
		const copy = Buffer.from(data.subarray(0, end));
		for (const at of places) {
			copy.writeUInt16BE(copy.readUInt16BE(at) & ~part.instructions, at);
			copy.writeUInt16BE(renumber.get(copy.readUInt16BE(at + 2))!, at + 2);
		}
		return copy;
	}
	const length = 10 + data.readInt16BE(0) * 2;
	const rest = data.subarray(length + 2 + data.readUInt16BE(length));
	return Buffer.concat([data.subarray(0, length), Buffer.from([0, 0]), rest]);
}
