import { getDocumentProxy } from 'unpdf';
import type { Limits } from './limits.ts';
import { UnreadableFile } from './unreadable.ts';

export type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
export type PdfPage = Awaited<ReturnType<Pdf['getPage']>>;

/**
 * Opens a PDF for reading text. Pictures are never decoded: only text and lines are wanted, and a decoded scan
 * costs seconds and hundreds of megabytes.
 * @throws UnreadableFile `encrypted`, `damaged`, `too-many-pages`
 */
export async function openPdf(bytes: Uint8Array, limits: Limits): Promise<Pdf> {
	// pdf.js takes the buffer over and leaves the caller's empty, so it gets a copy.
	const data = new Uint8Array(bytes);
	const pdf = await asUnreadable(() => getDocumentProxy(data, { verbosity: 0, maxImageSize: 1, enableXfa: false }));
	if (pdf.numPages > limits.pages) {
		await closePdf(pdf);
		throw new UnreadableFile('too-many-pages', { pages: pdf.numPages, limit: limits.pages });
	}
	return pdf;
}

/** Frees what pdf.js holds for the document. */
export async function closePdf(pdf: Pdf): Promise<void> {
	await pdf.loadingTask.destroy();
}

/** Runs a step of reading, with pdf.js's own errors turned into ours. */
export async function asUnreadable<T>(step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (error) {
		if (error instanceof UnreadableFile) throw error;
		const name = error instanceof Error ? error.name : '';
		throw new UnreadableFile(name === 'PasswordException' ? 'encrypted' : 'damaged', {}, { cause: error });
	}
}
