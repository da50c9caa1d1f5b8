/** For tests: small zip containers, Word and OpenDocument files built from the XML that matters to a test. */
import { crc32, deflateRawSync } from 'node:zlib';

/** `declaredSize` lies about the unpacked size, as a bomb would. */
export type SampleEntry = {
	name: string;
	data: string | Uint8Array;
	store?: boolean;
	declaredSize?: number;
	encrypted?: boolean;
};

export function sampleZip(entries: SampleEntry[]): Uint8Array {
	const files: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const entry of entries) {
		const [local, central] = headers(entry, offset);
		offset += local.length;
		files.push(local);
		directory.push(central);
	}
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(Buffer.concat(directory).length, 12);
	end.writeUInt32LE(offset, 16);
	return new Uint8Array(Buffer.concat([...files, ...directory, end]));
}

function headers(entry: SampleEntry, offset: number): [Buffer, Buffer] {
	const data = Buffer.from(entry.data as string);
	const packed = entry.store ? data : deflateRawSync(data);
	const name = Buffer.from(entry.name);
	const common = Buffer.alloc(26);
	common.writeUInt16LE(20, 0);
	common.writeUInt16LE(entry.encrypted ? 1 : 0, 2);
	common.writeUInt16LE(entry.store ? 0 : 8, 4);
	common.writeUInt32LE(crc32(data), 10);
	common.writeUInt32LE(packed.length, 14);
	common.writeUInt32LE(entry.declaredSize ?? data.length, 18);
	common.writeUInt16LE(name.length, 22);
	const central = Buffer.alloc(46);
	central.writeUInt32LE(0x02014b50, 0);
	central.writeUInt16LE(20, 4);
	common.copy(central, 6, 0, 26);
	central.writeUInt32LE(offset, 42);
	const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, packed]);
	return [local, Buffer.concat([central, name])];
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';

/** A Word file. `body` is the inside of `w:body`, the others the inside of their part's root. */
export function sampleDocx(
	body: string,
	parts: { numbering?: string; styles?: string; footnotes?: string } = {},
): Uint8Array {
	const root = (name: string, inside: string) =>
		`<?xml version="1.0" encoding="UTF-8"?><w:${name} ${W} ${MC}>${inside}</w:${name}>`;
	const optional = Object.entries(parts).map(([name, inside]) => ({
		name: `word/${name}.xml`,
		data: root(name, inside),
	}));
	return sampleZip([
		{ name: '[Content_Types].xml', data: '<Types/>' },
		{ name: 'word/document.xml', data: root('document', `<w:body>${body}</w:body>`) },
		...optional,
	]);
}

/** A Word paragraph of plain text; `properties` is the inside of its `w:pPr`. */
export function p(text: string, properties = ''): string {
	return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

const ODF = ['office', 'text', 'table', 'style', 'draw:drawing', 'fo:xsl-fo-compatible']
	.map((each) => each.split(':') as [string, string?])
	.map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name ?? prefix}:1.0"`)
	.join(' ');

/** An OpenDocument text. `body` is the inside of `office:text`, `styles` that of `office:automatic-styles`. */
export function sampleOdt(body: string, styles = '', outline = ''): Uint8Array {
	const content = `<office:document-content ${ODF}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`;
	const named = `<office:document-styles ${ODF}><office:styles>${outline}</office:styles></office:document-styles>`;
	return sampleZip([
		{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', store: true },
		{ name: 'content.xml', data: content },
		{ name: 'styles.xml', data: named },
	]);
}
