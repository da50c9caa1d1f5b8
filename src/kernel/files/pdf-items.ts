import { cleanText } from './clean.ts';
import { SoftHyphens } from './pdf-hyphens.ts';
import type { PdfPage } from './pdf-open.ts';

/** A piece of text on a page; points, y grows downwards, `y` is the baseline. */
export type Item = {
	text: string;
	x: number;
	right: number;
	y: number;
	size: number;
	rightToLeft: boolean;
};

type RawItem = { str: string; dir: string; width: number; transform: number[] };

/**
 * The upright, visible pieces of text of a page, in the page's own upright position.
 * @param letters the page's letters in drawing order, as `pageDrawing` gives them
 */
export async function pageItems(page: PdfPage, letters: string): Promise<Item[]> {
	const hyphens = new SoftHyphens(letters);
	const content = await page.getTextContent();
	const view = page.getViewport({ scale: 1 }).transform;
	const items: Item[] = [];
	for (const raw of content.items) {
		if (!('str' in raw)) continue;
		const hyphenated = hyphens.follows(raw.str);
		const item = placed(raw, view);
		if (item) items.push(hyphenated ? { ...item, text: `${item.text}\u00AD` } : item);
	}
	return withoutOverprints(items);
}

function placed(raw: RawItem, view: number[]): Item | null {
	const text = closeLetterSpacing(cleanText(raw.str));
	if (text.trim() === '') return null;
	const [a, b, c, d, e, f] = multiply(view, raw.transform);
	const size = Math.hypot(c!, d!);
	// Upright text runs to the right (b = 0) and, with y downwards, has its top at negative y (d < 0).
	if (size === 0 || Math.abs(b!) > 0.02 * Math.hypot(a!, b!) || a! <= 0 || d! >= 0) return null;
	return { text, x: e!, right: e! + raw.width, y: f!, size, rightToLeft: raw.dir === 'rtl' };
}

/** `N i e d e r s c h r i f t`: letters set apart for emphasis are a word. */
function closeLetterSpacing(text: string): string {
	if (!/^\s*\S(?: \S){3,}(?: {2,}\S(?: \S)+)*[:.,]?\s*$/.test(text) || !/\p{L} \p{L} \p{L}/u.test(text)) return text;
	return text.replace(/ {2,}/g, '\u0000').replaceAll(' ', '').replaceAll('\u0000', ' ');
}

function multiply(m: number[], n: number[]): number[] {
	const [a, b, c, d, e, f] = m as [number, number, number, number, number, number];
	const [g, h, i, j, k, l] = n as [number, number, number, number, number, number];
	return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Some programs print bold by printing twice, a hair apart; some add a shadow. */
function withoutOverprints(items: Item[]): Item[] {
	const seen = new Map<string, Item[]>();
	return items.filter((item) => {
		const same = seen.get(item.text) ?? [];
		const near = item.size * 0.25;
		if (same.some((other) => Math.abs(other.x - item.x) < near && Math.abs(other.y - item.y) < near)) return false;
		seen.set(item.text, [...same, item]);
		return true;
	});
}
