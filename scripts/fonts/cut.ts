import { bare, closure, outline } from './glyphs.ts';
import { kerning, substitutions } from './layout.ts';
import { bytes, readCmap, readTables, writeCmap, type Tables } from './sfnt.ts';
import { writeKerning, writeSubstitution } from './write-layout.ts';
import { writeWoff2 } from './woff2.ts';

/**
 * Cuts a TrueType font down to some characters, for the web: their outlines without instructions for coarse screens,
 * kerning between them, tabular figures (tnum). Small capitals, old figures and other features are dropped.
 * @returns WOFF 2 and the code points that the font really has
 */
export function cutFont(file: Buffer, wanted: Iterable<number>): { woff2: Buffer; codes: number[] } {
	const tables = readTables(file);
	const map = readCmap(tables.get('cmap')!);
	const codes = [...new Set(wanted)].filter((code) => map.has(code)).sort((a, b) => a - b);
	const tabular = substitutions(tables.get('GSUB')!, 'tnum');
	const base = codes.map((code) => map.get(code)!);
	const glyphs = closure(tables, [...base, ...base.flatMap((g) => tabular.get(g) ?? [])]);
	const renumber = new Map(glyphs.map((glyph, i) => [glyph, i]));
	const out: Tables = new Map();
	for (const tag of ['OS/2', 'name', 'gasp']) if (tables.has(tag)) out.set(tag, tables.get(tag)!);
	writeOutlines(tables, glyphs, renumber, out);
	writeMetrics(tables, glyphs, out);
	out.set('cmap', writeCmap(new Map(codes.map((code) => [code, renumber.get(map.get(code)!)!]))));
	const figures = [...tabular].filter(([from, to]) => renumber.has(from) && renumber.has(to));
	if (figures.length) {
		out.set(
			'GSUB',
			writeSubstitution('tnum', new Map(figures.map(([from, to]) => [renumber.get(from)!, renumber.get(to)!]))),
		);
	}
	const kern = kerning(tables.get('GPOS')!);
	out.set(
		'GPOS',
		writeKerning(glyphs.length, (a, b) => kern(glyphs[a]!, glyphs[b]!)),
	);
	return { woff2: writeWoff2(out), codes };
}

function writeOutlines(tables: Tables, glyphs: number[], renumber: Map<number, number>, out: Tables): void {
	const outlines = glyphs.map((glyph) => {
		const data = bare(outline(tables, glyph), renumber);
		return Buffer.concat([data], (data.length + 3) & ~3);
	});
	const places = [0];
	for (const data of outlines) places.push(places.at(-1)! + data.length);
	const short = places.at(-1)! < 0x20000;
	out.set('glyf', Buffer.concat(outlines));
	out.set('loca', bytes(short ? places.map((p) => p / 2) : places.flatMap((p) => [p >>> 16, p & 0xffff])));
	const head = Buffer.from(tables.get('head')!);
	head.writeUInt32BE(0, 8);
	head.writeInt16BE(short ? 0 : 1, 50);
	out.set('head', head);
}

function writeMetrics(tables: Tables, glyphs: number[], out: Tables): void {
	const [hhea, hmtx] = [Buffer.from(tables.get('hhea')!), tables.get('hmtx')!];
	const full = hhea.readUInt16BE(34);
	const metric = (g: number) => [
		hmtx.readUInt16BE(Math.min(g, full - 1) * 4),
		hmtx.readUInt16BE(g < full ? g * 4 + 2 : full * 4 + (g - full) * 2),
	];
	out.set('hmtx', bytes(glyphs.flatMap(metric)));
	hhea.writeUInt16BE(glyphs.length, 34);
	out.set('hhea', hhea);
	const maxp = Buffer.from(tables.get('maxp')!);
	maxp.writeUInt16BE(glyphs.length, 4);
	for (const field of [16, 18, 20, 22, 24, 26]) maxp.writeUInt16BE(0, field);
	maxp.writeUInt16BE(1, 14);
	out.set('maxp', maxp);
	const post = Buffer.alloc(32);
	tables.get('post')!.copy(post, 0, 0, 32);
	post.writeUInt32BE(0x00030000, 0);
	out.set('post', post);
}
