/** The tables of a TrueType font, by their four letters. */
export type Tables = Map<string, Buffer>;

/** Takes a TrueType file apart. @throws when it is no TrueType file */
export function readTables(file: Buffer): Tables {
	if (file.readUInt32BE(0) !== 0x00010000) throw new Error('not a TrueType font');
	const tables: Tables = new Map();
	for (let i = 0; i < file.readUInt16BE(4); i++) {
		const at = 12 + i * 16;
		const offset = file.readUInt32BE(at + 8);
		tables.set(file.toString('latin1', at, at + 4), file.subarray(offset, offset + file.readUInt32BE(at + 12)));
	}
	return tables;
}

/** Code point to glyph number, from a character map of format 4 or 12. */
export function readCmap(cmap: Buffer): Map<number, number> {
	const map = new Map<number, number>();
	for (let i = 0; i < cmap.readUInt16BE(2); i++) {
		const at = cmap.readUInt32BE(4 + i * 8 + 4);
		const format = cmap.readUInt16BE(at);
		if (format === 4) readFormat4(cmap, at, map);
		if (format === 12) readFormat12(cmap, at, map);
	}
	return map;
}

function readFormat4(cmap: Buffer, at: number, map: Map<number, number>): void {
	const count = cmap.readUInt16BE(at + 6) / 2;
	const [ends, starts] = [at + 14, at + 16 + count * 2];
	for (let i = 0; i < count; i++) {
		const [start, end] = [cmap.readUInt16BE(starts + i * 2), cmap.readUInt16BE(ends + i * 2)];
		const delta = cmap.readUInt16BE(starts + count * 2 + i * 2);
		const rangeAt = starts + count * 4 + i * 2;
		const range = cmap.readUInt16BE(rangeAt);
		for (let code = start; code <= end && code !== 0xffff; code++) {
			const glyph = range ? cmap.readUInt16BE(rangeAt + range + (code - start) * 2) : code;
			if (range && glyph === 0) continue;
			map.set(code, (glyph + delta) & 0xffff);
		}
	}
}

function readFormat12(cmap: Buffer, at: number, map: Map<number, number>): void {
	for (let i = 0; i < cmap.readUInt32BE(at + 12); i++) {
		const group = at + 16 + i * 12;
		const [start, end, glyph] = [cmap.readUInt32BE(group), cmap.readUInt32BE(group + 4), cmap.readUInt32BE(group + 8)];
		for (let code = start; code <= end; code++) map.set(code, glyph + code - start);
	}
}

/** A character map of format 4; the code points must lie in the basic plane. */
export function writeCmap(map: Map<number, number>): Buffer {
	const runs: { start: number; end: number; delta: number }[] = [];
	for (const [code, glyph] of [...map].sort(([a], [b]) => a - b)) {
		const last = runs.at(-1);
		if (last && last.end === code - 1 && code + last.delta === glyph) last.end = code;
		else runs.push({ start: code, end: code, delta: glyph - code });
	}
	runs.push({ start: 0xffff, end: 0xffff, delta: 1 });
	const n = runs.length;
	const power = 2 ** Math.floor(Math.log2(n));
	const words = [
		0,
		1,
		3,
		1,
		0,
		12, // version, one table: Windows, Unicode, at 12
		4,
		16 + n * 8,
		0,
		n * 2,
		power * 2,
		Math.log2(power),
		(n - power) * 2,
		...runs.map((r) => r.end),
		0,
		...runs.map((r) => r.start),
		...runs.map((r) => r.delta & 0xffff),
		...runs.map(() => 0),
	];
	return bytes(words);
}

/** Sixteen-bit words as bytes. */
export function bytes(words: number[]): Buffer {
	const out = Buffer.alloc(words.length * 2);
	words.forEach((word, i) => out.writeUInt16BE(word & 0xffff, i * 2));
	return out;
}
