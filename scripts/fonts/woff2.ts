import { brotliCompressSync, constants } from 'node:zlib';
import type { Tables } from './sfnt.ts';

/** Tags that WOFF 2 writes as a number (W3C, WOFF 2.0, section 4.1). */
const known =
	'cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB'
		.match(/.{4}(?: |$)/g)!
		.map((tag) => tag.slice(0, 4));

/** Packs tables as WOFF 2. Outlines are stored as they are (null transform), the whole is compressed with Brotli. */
export function writeWoff2(tables: Tables): Buffer {
	const entries = [...tables].sort(([a], [b]) => order(a) - order(b));
	const data = Buffer.concat(entries.map(([, table]) => table));
	const packed = brotliCompressSync(data, {
		params: {
			[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_FONT,
			[constants.BROTLI_PARAM_QUALITY]: 11,
			[constants.BROTLI_PARAM_LGWIN]: 22,
			[constants.BROTLI_PARAM_SIZE_HINT]: data.length,
		},
	});
	const directory = Buffer.concat(
		entries.map(([tag, table]) => Buffer.concat([Buffer.from([flag(tag)]), base128(table.length)])),
	);
	const sfnt = entries.reduce((sum, [, table]) => sum + ((table.length + 3) & ~3), 12 + entries.length * 16);
	const length = (48 + directory.length + packed.length + 3) & ~3;
	const header = Buffer.alloc(48);
	header.write('wOF2', 'latin1');
	[0x00010000, length].forEach((value, i) => header.writeUInt32BE(value, 4 + i * 4));
	header.writeUInt16BE(entries.length, 12);
	[sfnt, packed.length].forEach((value, i) => header.writeUInt32BE(value, 16 + i * 4));
	return Buffer.concat([header, directory, packed], length);
}

/** Directory order: as known, with the outlines' index right behind the outlines. */
const order = (tag: string) => known.indexOf(tag);

/** Number of the tag; for glyf and loca the bits that mean "not transformed". */
function flag(tag: string): number {
	const index = known.indexOf(tag);
	if (index < 0) throw new Error(`WOFF 2 has no number for ${tag}`);
	return index | (tag === 'glyf' || tag === 'loca' ? 0xc0 : 0);
}

function base128(value: number): Buffer {
	const digits = [value & 0x7f];
	for (let rest = value >>> 7; rest; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
	return Buffer.from(digits);
}
