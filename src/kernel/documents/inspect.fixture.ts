/** Looks into a PDF with programs that are not ours: poppler where it is installed, pdf.js (unpdf) always. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';

/** Whether poppler's programs are there; if not, tests that need them are skipped with a word about it. */
export const hasPoppler = spawnSync('pdfinfo', ['-v']).status === 0;
if (!hasPoppler)
	console.warn('poppler-utils is not installed: the checks of PDFs by pdfinfo and pdftotext are skipped.');

/** What a poppler program prints about a PDF. */
export function poppler(program: 'pdfinfo' | 'pdftotext' | 'pdffonts', pdf: Uint8Array, ...options: string[]): string {
	const folder = mkdtempSync(join(tmpdir(), 'mitrat-pdf-'));
	try {
		const file = join(folder, 'document.pdf');
		writeFileSync(file, pdf);
		const output = program === 'pdftotext' ? ['-'] : [];
		return execFileSync(program, [...options, file, ...output], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** The words as pdftotext reads them: without marks of direction, every white space one space. */
export function wordsByPoppler(pdf: Uint8Array): string {
	return poppler('pdftotext', pdf)
		.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
		.replace(/\s+/g, ' ');
}

/** The words of each page as pdf.js reads them, every white space one space. */
export async function wordsByPdfJs(pdf: Uint8Array): Promise<string[]> {
	const { text } = await extractText(await getDocumentProxy(pdf.slice()), { mergePages: false });
	return text.map((page) => page.replace(/\s+/g, ' '));
}

/** Names of the elements in the tree that screen readers walk, in order, e.g. `['Document', 'H1', …]`. */
export function structure(pdf: Uint8Array): string[] {
	const lines = poppler('pdfinfo', pdf, '-struct').split('\n');
	return lines.flatMap((line) => /^\s*([A-Z][A-Za-z0-9]*)\b/.exec(line)?.[1] ?? []);
}

/** Title, author and language as pdf.js reads them. */
export async function metaOf(pdf: Uint8Array): Promise<Record<string, unknown>> {
	return (await getMeta(await getDocumentProxy(pdf.slice()))).info;
}
