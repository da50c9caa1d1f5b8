import type { Format } from './formats.ts';

/** Stream names inside Microsoft's old container tell what it holds; they stand there in UTF-16. */
const STREAMS: readonly [string, Format][] = [
	['EncryptedPackage', 'office-encrypted'],
	['WordDocument', 'doc'],
	['Workbook', 'xls'],
	['PowerPoint Document', 'ppt'],
];

/** The format inside an OLE compound file: doc, xls, ppt, or a modern Office file behind a password. */
export function compoundFormat(bytes: Uint8Array): Format {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const match = STREAMS.find(([name]) => buffer.includes(Buffer.from(name, 'utf16le')));
	return match ? match[1] : 'unknown';
}
