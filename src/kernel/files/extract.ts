import { fileTypeFromBuffer } from 'file-type';
import { decodeText } from './encoding.ts';
import { detectFormat, type DetectedFile } from './detect.ts';
import { readDocx } from './docx.ts';
import type { ReadableFormat } from './formats.ts';
import { limitsWith, type Limits } from './limits.ts';
import { readOdt } from './odt.ts';
import { readPdf } from './pdf.ts';
import { UnreadableFile } from './unreadable.ts';

/** Something worth telling the person who checks the reading. Codes are stable, texts live in message files. */
export type ExtractWarning = { code: 'page-without-text' | 'undecodable-characters'; params: { page?: number } };

/**
 * The text of a document.
 *
 * `text`: lines in reading order. A blank line is a paragraph break; the cells of a table row are joined by TAB
 * (empty cells stay, as nothing between TABs); a line break inside a cell is U+2028; between two pages stands a line
 * with a form feed alone. A list item begins with its visible number and a space.
 *
 * `pages`: `start` and `end` are offsets into `text` (end exclusive), the form feed lines belong to no page. Formats
 * without pages have one.
 */
export type Extracted = {
	format: ReadableFormat;
	text: string;
	pages: { number: number; start: number; end: number }[];
	warnings: ExtractWarning[];
};

const PAGE_BREAK = '\n\f\n';

/**
 * Reads the text of an uploaded document in this process: for trusted files and tests. Uploads go through
 * `extractSafely`, which adds limits on time and memory.
 * @throws UnreadableFile and nothing else, whatever the bytes are
 */
export async function extractText(
	bytes: Uint8Array,
	fileName: string,
	limits: Partial<Limits> = {},
): Promise<Extracted> {
	const bounds = limitsWith(limits);
	const detected = await checkReadable(bytes, fileName, bounds);
	try {
		const extracted = await readers[detected.format as ReadableFormat](bytes, detected, bounds);
		if (extracted.text.trim() === '') throw new UnreadableFile('empty');
		return extracted;
	} catch (error) {
		if (error instanceof UnreadableFile) throw error;
		throw new UnreadableFile('damaged', {}, { cause: error });
	}
}

/**
 * What can be said before any parsing: size and kind.
 * @throws UnreadableFile `empty`, `too-large`, `encrypted`, `damaged`, `unsupported`
 */
export async function checkReadable(bytes: Uint8Array, fileName: string, limits: Limits): Promise<DetectedFile> {
	if (bytes.length === 0) throw new UnreadableFile('empty');
	if (bytes.length > limits.fileBytes) {
		throw new UnreadableFile('too-large', { bytes: bytes.length, limit: limits.fileBytes });
	}
	const detected = detectFormat(bytes, fileName);
	if (detected.format === 'office-encrypted') throw new UnreadableFile('encrypted');
	if (!detected.readable) {
		const extension = detected.extension || (await foreignExtension(bytes));
		throw new UnreadableFile('unsupported', { format: detected.format, extension });
	}
	return detected;
}

/** Names what this room does not know (videos, programs, archives) for the message; its beginning is enough. */
async function foreignExtension(bytes: Uint8Array): Promise<string> {
	const found = await fileTypeFromBuffer(bytes.subarray(0, 4100)).catch(() => undefined);
	return found?.ext ?? '';
}

type Reader = (bytes: Uint8Array, detected: DetectedFile, limits: Limits) => Promise<Extracted>;

const readers: Record<ReadableFormat, Reader> = {
	pdf: async (bytes, _, limits) => fromPages('pdf', await readPdf(bytes, limits)),
	docx: async (bytes, _, limits) => fromPages('docx', [await readDocx(bytes, limits)]),
	odt: async (bytes, _, limits) => fromPages('odt', [await readOdt(bytes, limits)]),
	txt: async (bytes, detected) => fromPlainText('txt', bytes, detected),
	md: async (bytes, detected) => fromPlainText('md', bytes, detected),
};

/** Plain text as it is; only line ends are made alike. Form feeds in it are page breaks. */
function fromPlainText(format: 'txt' | 'md', bytes: Uint8Array, detected: DetectedFile): Extracted {
	const { text, replaced } = decodeText(bytes, detected.encoding ?? 'utf-8');
	const pages = text.replace(/\r\n?/g, '\n').split(/\n?\f\n?/);
	const extracted = fromPages(format, pages);
	if (replaced) extracted.warnings.push({ code: 'undecodable-characters', params: {} });
	return extracted;
}

function fromPages(format: ReadableFormat, texts: string[]): Extracted {
	const pages: Extracted['pages'] = [];
	const warnings: ExtractWarning[] = [];
	let text = '';
	for (const [index, pageText] of texts.entries()) {
		if (index > 0) text += PAGE_BREAK;
		pages.push({ number: index + 1, start: text.length, end: text.length + pageText.length });
		text += pageText;
		if (pageText.trim() === '') warnings.push({ code: 'page-without-text', params: { page: index + 1 } });
	}
	return { format, text, pages, warnings };
}
