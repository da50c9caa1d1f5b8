import { detectEncoding, decodeText, type TextEncodingName } from './encoding.ts';
import { formatFacts, type Format } from './formats.ts';
import { compoundFormat } from './sniff-compound.ts';
import { markupFormat } from './sniff-markup.ts';
import { zipFormat } from './sniff-zip.ts';

/** What a file is by its content. */
export type DetectedFile = {
	format: Format;
	/** Media type under which the file may be served, with charset for text. */
	mediaType: string;
	/** Usual extension without dot; empty when unknown. */
	extension: string;
	/** `extractText` can read it. */
	readable: boolean;
	/** It could run script in a browser (SVG, HTML, XML): uploads of it are refused. */
	active: boolean;
	/** Only for txt and md. */
	encoding?: TextEncodingName;
};

type Found = { format: Format; mediaType?: string; encoding?: TextEncodingName };

/**
 * Decides by content what a file is. The name only tells Markdown from plain text, which are the same bytes.
 * Never throws: an empty file is `empty`, anything else `unknown`.
 */
export function detectFormat(bytes: Uint8Array, fileName: string): DetectedFile {
	const found = sniff(bytes, fileName);
	const facts = formatFacts(found.format);
	return {
		format: found.format,
		mediaType: found.mediaType ?? facts.mediaType,
		extension: facts.extension,
		readable: facts.readable ?? false,
		active: facts.active ?? false,
		...(found.encoding && { encoding: found.encoding }),
	};
}

function sniff(bytes: Uint8Array, fileName: string): Found {
	if (bytes.length === 0) return { format: 'empty' };
	const format = signature(bytes);
	if (format === 'zip') return zipFormat(bytes);
	if (format === 'doc') return { format: compoundFormat(bytes) };
	if (format) return { format };
	const encoding = detectEncoding(bytes);
	if (!encoding) return { format: pdfAfterJunk(bytes) ? 'pdf' : 'unknown' };
	if (pdfAfterJunk(bytes)) return { format: 'pdf' };
	const markup = markupFormat(decodeText(bytes.subarray(0, 4096), encoding).text);
	if (markup) return { format: markup };
	const text = /\.(md|markdown|mdown)$/i.test(fileName) ? 'md' : 'txt';
	return { format: text, encoding, mediaType: `${formatFacts(text).mediaType}; charset=${encoding}` };
}

const SIGNATURES: readonly [Format, string, number?][] = [
	['pdf', '%PDF-'],
	['png', '\x89PNG\r\n\x1a\n'],
	['jpeg', '\xff\xd8\xff'],
	['gif', 'GIF87a'],
	['gif', 'GIF89a'],
	['webp', 'WEBP', 8],
	['tiff', 'II*\0'],
	['tiff', 'MM\0*'],
	['rtf', '{\\rtf'],
	['zip', 'PK\x03\x04'],
	['zip', 'PK\x05\x06'],
	['doc', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
];

function signature(bytes: Uint8Array): Format | null {
	const match = SIGNATURES.find(([, magic, at = 0]) => latin1(bytes, at, magic.length) === magic);
	return match ? match[0] : null;
}

/** Readers of PDF accept a header within the first 1024 bytes; some scanners and mail gateways put junk before it. */
function pdfAfterJunk(bytes: Uint8Array): boolean {
	if (!/(^|[\r\n\0\s])%PDF-\d/.test(latin1(bytes, 0, 1024))) return false;
	return latin1(bytes, Math.max(0, bytes.length - 2048), 2048).includes('startxref');
}

function latin1(bytes: Uint8Array, start: number, length: number): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, start + length);
}
