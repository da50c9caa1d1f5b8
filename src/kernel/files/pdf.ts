import type { Limits } from './limits.ts';
import { asUnreadable, closePdf, openPdf, type Pdf } from './pdf-open.ts';
import { pageItems, type Item } from './pdf-items.ts';
import { UnreadableFile } from './unreadable.ts';

/** The text of each page. */
export async function readPdf(bytes: Uint8Array, limits: Limits): Promise<string[]> {
	const pdf = await openPdf(bytes, limits);
	try {
		return await asUnreadable(() => readPages(pdf));
	} finally {
		await closePdf(pdf);
	}
}

async function readPages(pdf: Pdf): Promise<string[]> {
	const pages: string[] = [];
	for (let number = 1; number <= pdf.numPages; number++) {
		const page = await pdf.getPage(number);
		pages.push(pageText(await pageItems(page)));
		page.cleanup();
	}
	if (pages.every((page) => page.trim() === '')) throw new UnreadableFile('scan-without-text');
	return pages;
}

function pageText(items: Item[]): string {
	const sorted = items.toSorted((a, b) => a.y - b.y || a.x - b.x);
	const lines: Item[][] = [];
	for (const item of sorted) {
		const line = lines.at(-1);
		if (line && Math.abs(line[0]!.y - item.y) < item.size * 0.4) line.push(item);
		else lines.push([item]);
	}
	let text = '';
	let before: Item | null = null;
	for (const line of lines) {
		line.sort((a, b) => a.x - b.x);
		if (before) text += line[0]!.y - before.y > before.size * 1.6 ? '\n\n' : '\n';
		let last: Item | null = null;
		for (const item of line) {
			const gap: number = last ? item.x - last.right : 0;
			text += (gap > item.size * 2 ? '\t' : gap > item.size * 0.15 ? ' ' : '') + item.text;
			last = item;
		}
		before = line[0]!;
	}
	return text;
}
