import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import { csvLine } from './csv.ts';

/** Tables for other programs that are sent while they are read: CSV, JSON and OpenDocument from the same rows. */
export type CellType = 'text' | 'integer' | 'boolean' | 'date' | 'datetime' | 'uri';

export interface Column {
	name: string;
	type: CellType;
}

/** In the order of the columns; instants are ISO strings, texts of several values are joined already. */
export type Cells = readonly (string | number | boolean | null)[];
export type Rows = AsyncIterable<Cells>;

const BATCH = 64 * 1024;

/** UTF-8 with mark, semicolons, CRLF, as everywhere in this program. */
export async function* csvChunks(columns: readonly Column[], rows: Rows): AsyncGenerator<Uint8Array> {
	let text = '\uFEFF' + csvLine(columns.map(({ name }) => name));
	for await (const cells of rows) {
		text += csvLine(cells);
		if (text.length < BATCH) continue;
		yield Buffer.from(text);
		text = '';
	}
	yield Buffer.from(text);
}

/** An object whose last property `rows` holds one object for each row; empty cells are left out. */
export async function* jsonChunks(
	head: Record<string, unknown>,
	columns: readonly Column[],
	rows: Rows,
): AsyncGenerator<Uint8Array> {
	let text = `${JSON.stringify({ ...head, columns }).slice(0, -1)},"rows":[`;
	let first = true;
	for await (const cells of rows) {
		const filled = columns.flatMap(({ name }, at) =>
			cells[at] === null || cells[at] === '' ? [] : [[name, cells[at]]],
		);
		text += `${first ? '' : ','}\n${JSON.stringify(Object.fromEntries(filled))}`;
		first = false;
		if (text.length < BATCH) continue;
		yield Buffer.from(text);
		text = '';
	}
	yield Buffer.from(`${text}\n]}\n`);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML can't say is left out. */
const xml = (text: string) =>
	text
		.replace(
			/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
			'',
		)
		.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);

const NAMESPACES =
	'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"';

function odsCell(value: Cells[number], type: CellType): string {
	if (value === null || value === '') return '<table:table-cell/>';
	if (type === 'boolean')
		return `<table:table-cell office:value-type="boolean" office:boolean-value="${Boolean(value)}"/>`;
	if (type === 'integer') return `<table:table-cell office:value-type="float" office:value="${Number(value)}"/>`;
	const text = xml(String(value));
	if (type === 'date')
		return `<table:table-cell office:value-type="date" office:date-value="${text}"><text:p>${text}</text:p></table:table-cell>`;
	const lines = text.split(/\r?\n/).map((line) => `<text:p>${line}</text:p>`);
	return `<table:table-cell office:value-type="string">${lines.join('')}</table:table-cell>`;
}

async function* odsContent(name: string, columns: readonly Column[], rows: Rows): AsyncGenerator<Uint8Array> {
	const line = (cells: Cells, types: readonly CellType[]) =>
		`<table:table-row>${cells.map((cell, at) => odsCell(cell, types[at]!)).join('')}</table:table-row>`;
	let text = `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${NAMESPACES} office:version="1.3"><office:body><office:spreadsheet><table:table table:name="${xml(name)}"><table:table-column table:number-columns-repeated="${columns.length}"/><table:table-header-rows>${line(
		columns.map((column) => column.name),
		columns.map(() => 'text'),
	)}</table:table-header-rows>`;
	const types = columns.map(({ type }) => type);
	for await (const cells of rows) {
		text += line(cells, types);
		if (text.length < BATCH) continue;
		yield Buffer.from(text);
		text = '';
	}
	yield Buffer.from(`${text}</table:table></office:spreadsheet></office:body></office:document-content>`);
}

const ODS = 'application/vnd.oasis.opendocument.spreadsheet';
const MANIFEST = `<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${ODS}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`;

/** An OpenDocument spreadsheet with one sheet; types of cells are those of the columns. */
export async function* odsChunks(name: string, columns: readonly Column[], rows: Rows): AsyncGenerator<Uint8Array> {
	const parts: ZipPart[] = [
		{ path: 'mimetype', chunks: [Buffer.from(ODS)], store: true },
		{ path: 'META-INF/manifest.xml', chunks: [Buffer.from(MANIFEST)] },
		{ path: 'content.xml', chunks: odsContent(name, columns, rows) },
	];
	yield* zipChunks(parts);
}

interface ZipPart {
	path: string;
	chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
	/** Uncompressed, its one chunk known beforehand. */
	store?: boolean;
}

/** 1 January 1980, the first day a zip can name. */
const NO_DATE = 0x0021;

/** A zip whose parts are packed while they come: sizes stand behind each of them (APPNOTE 4.3.9). */
async function* zipChunks(parts: ZipPart[]): AsyncGenerator<Uint8Array> {
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { path, chunks, store = false } of parts) {
		const name = Buffer.from(path);
		const sums = { crc: 0, size: 0, packed: 0 };
		const known = store ? Buffer.concat([...(chunks as Iterable<Uint8Array>)]) : null;
		if (known) Object.assign(sums, { crc: crc32(known), size: known.length, packed: known.length });
		const start = offset;
		const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), header(name, store, sums), name]);
		yield local;
		offset += local.length;
		for await (const chunk of known ? [known] : deflated(chunks, sums)) {
			offset += chunk.length;
			yield chunk;
		}
		if (!known) {
			const behind = Buffer.alloc(16);
			behind.write('PK\x07\x08', 'latin1');
			for (const [at, value] of [sums.crc, sums.packed, sums.size].entries())
				behind.writeUInt32LE(value >>> 0, 4 + at * 4);
			yield behind;
			offset += behind.length;
		}
		const central = Buffer.alloc(46);
		central.write('PK\x01\x02', 'latin1');
		central.writeUInt16LE(20, 4);
		header(name, store, sums).copy(central, 6);
		central.writeUInt32LE(start, 42);
		directory.push(Buffer.concat([central, name]));
	}
	const listed = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(parts.length, 8);
	end.writeUInt16LE(parts.length, 10);
	end.writeUInt32LE(listed.length, 12);
	end.writeUInt32LE(offset, 16);
	yield Buffer.concat([listed, end]);
}

/** What local header and directory say alike; while sizes are not known they are zero, and a flag says that they follow. */
function header(
	name: Buffer,
	store: boolean,
	{ crc, size, packed }: { crc: number; size: number; packed: number },
): Buffer {
	const bytes = Buffer.alloc(26);
	bytes.writeUInt16LE(20, 0);
	// The name is UTF-8 (11), sizes follow (3).
	bytes.writeUInt16LE(store ? 0x0800 : 0x0808, 2);
	bytes.writeUInt16LE(store ? 0 : 8, 4);
	bytes.writeUInt16LE(NO_DATE, 8);
	bytes.writeUInt32LE(crc >>> 0, 10);
	bytes.writeUInt32LE(packed, 14);
	bytes.writeUInt32LE(size, 18);
	bytes.writeUInt16LE(name.length, 22);
	return bytes;
}

async function* deflated(
	chunks: ZipPart['chunks'],
	sums: { crc: number; size: number; packed: number },
): AsyncGenerator<Uint8Array> {
	const packer = createDeflateRaw();
	const feed = (async () => {
		try {
			for await (const chunk of chunks) {
				sums.crc = crc32(chunk, sums.crc);
				sums.size += chunk.length;
				if (!packer.write(chunk)) await once(packer, 'drain');
			}
			packer.end();
		} catch (error) {
			packer.destroy(error as Error);
		}
	})();
	for await (const chunk of packer as AsyncIterable<Buffer>) {
		sums.packed += chunk.length;
		yield chunk;
	}
	await feed;
}
