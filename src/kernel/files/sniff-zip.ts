import type { Format } from './formats.ts';

const MIMETYPES: Record<string, Format> = {
	'application/vnd.oasis.opendocument.text': 'odt',
	'application/vnd.oasis.opendocument.text-template': 'odt',
	'application/vnd.oasis.opendocument.spreadsheet': 'ods',
	'application/vnd.oasis.opendocument.presentation': 'odp',
	'application/epub+zip': 'epub',
};

const MAIN_PARTS: readonly [RegExp, Format][] = [
	[/^word\/document\d*\.xml$/i, 'docx'],
	[/^xl\/workbook\.(xml|bin)$/i, 'xlsx'],
	[/^ppt\/presentation\.xml$/i, 'pptx'],
];

const MACRO_DOCX = 'application/vnd.ms-word.document.macroEnabled.12';

/** What a zip container holds, by its `mimetype` entry (ODF, EPUB) or the main part in its directory (Office). */
export function zipFormat(bytes: Uint8Array): { format: Format; mediaType?: string } {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const declared = MIMETYPES[storedMimetype(buffer)];
	if (declared) return { format: declared };
	const names = entryNames(buffer);
	const main = MAIN_PARTS.find(([pattern]) => names.some((name) => pattern.test(name)));
	if (!main) return { format: 'zip' };
	if (main[1] === 'docx' && names.includes('word/vbaProject.bin')) return { format: 'docx', mediaType: MACRO_DOCX };
	return { format: main[1] };
}

/** ODF demands an uncompressed first entry `mimetype`. */
function storedMimetype(buffer: Buffer): string {
	if (buffer.length < 38 || buffer.readUInt16LE(8) !== 0) return '';
	const nameLength = buffer.readUInt16LE(26);
	const start = 30 + nameLength + buffer.readUInt16LE(28);
	if (buffer.toString('latin1', 30, 30 + nameLength) !== 'mimetype') return '';
	const size = Math.min(buffer.readUInt32LE(18), 100);
	return buffer
		.toString('latin1', start, start + size)
		.replace(/PK[\s\S]*$/, '')
		.trim();
}

/** Names from the central directory; from the local headers when the file was cut off. */
function entryNames(buffer: Buffer): string[] {
	const end = buffer.lastIndexOf('PK\x05\x06', buffer.length, 'latin1');
	const names: string[] = [];
	let at = end >= 0 && end + 20 <= buffer.length ? buffer.readUInt32LE(end + 16) : -1;
	while (at >= 0 && at + 46 <= buffer.length && names.length < 10_000) {
		if (buffer.readUInt32LE(at) !== 0x02014b50) break;
		const [name, extra, comment] = [28, 30, 32].map((offset) => buffer.readUInt16LE(at + offset));
		names.push(buffer.toString('utf8', at + 46, at + 46 + name!));
		at += 46 + name! + extra! + comment!;
	}
	return names.length > 0 ? names : localNames(buffer);
}

function localNames(buffer: Buffer): string[] {
	const names: string[] = [];
	let at = buffer.indexOf('PK\x03\x04', 0, 'latin1');
	while (at >= 0 && at + 30 <= buffer.length && names.length < 1000) {
		names.push(buffer.toString('utf8', at + 30, at + 30 + buffer.readUInt16LE(at + 26)));
		at = buffer.indexOf('PK\x03\x04', at + 4, 'latin1');
	}
	return names;
}
