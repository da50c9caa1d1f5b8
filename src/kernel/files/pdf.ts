import type { Limits } from './limits.ts';
import { pageItems } from './pdf-items.ts';
import { asUnreadable, closePdf, openPdf, type Pdf } from './pdf-open.ts';
import { pageText } from './pdf-page.ts';
import { pageDrawing } from './pdf-rules.ts';
import { UnreadableFile } from './unreadable.ts';

/**
 * The text of each page, rebuilt from the positions of text and lines: columns in reading order, tables as rows.
 * @throws UnreadableFile `encrypted`, `damaged`, `too-many-pages`, `scan-without-text`, `empty`
 */
export async function readPdf(bytes: Uint8Array, limits: Limits): Promise<string[]> {
	const pdf = await openPdf(bytes, limits);
	try {
		return await asUnreadable(() => readPages(pdf));
	} finally {
		await closePdf(pdf);
	}
}

async function readPages(pdf: Pdf): Promise<string[]> {
	const texts: string[] = [];
	let drawn = false;
	for (let number = 1; number <= pdf.numPages; number++) {
		const page = await pdf.getPage(number);
		const drawing = await pageDrawing(page);
		drawn ||= drawing.drawn;
		texts.push(pageText(await pageItems(page, drawing.letters), drawing.rules));
		page.cleanup();
	}
	if (texts.some((text) => text !== '')) return texts;
	throw new UnreadableFile(drawn ? 'scan-without-text' : 'empty');
}
