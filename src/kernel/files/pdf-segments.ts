import type { Item } from './pdf-items.ts';

/** A stretch of text on one baseline, or (`table`) a finished table that is placed as a whole. Points, y downwards. */
export type Segment = {
	text: string;
	x: number;
	right: number;
	/** Baseline; for a table its upper edge. */
	y: number;
	/** For a table its lower edge, else the baseline. */
	bottom: number;
	size: number;
	rightToLeft: boolean;
	table: boolean;
};

/** Segments side by side on one baseline, left to right. */
export type Row = Segment[];

/** A gap this wide (in font sizes) parts columns; smaller ones part words. */
const COLUMN_GAP = 1;
const WORD_GAP = 0.14;

/** Joins the pieces of text of a page into segments. */
export function toSegments(items: Item[]): Segment[] {
	const lines = baselines(items).map(splitAtColumns);
	const starts = lines.flatMap((parts) => parts.slice(1).map(([first]) => first!));
	return lines.flatMap((parts) => parts.flatMap((part) => splitAtStarts(part, starts)).map(toSegment));
}

/** Groups segments into rows, top to bottom. */
export function toRows(segments: Segment[]): Row[] {
	const rows: Row[] = [];
	for (const segment of segments.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
		const row = rows.findLast((each) => onOneLine(each[0]!, segment));
		if (row) row.push(segment);
		else rows.push([segment]);
	}
	for (const row of rows) row.sort((a, b) => a.x - b.x);
	return rows;
}

function onOneLine(one: Segment, other: Segment): boolean {
	if (one.table || other.table) return false;
	return sameLine(one, other);
}

/** Type of very different size stands in another block, even at the same height. */
function sameLine(one: { y: number; size: number }, other: { y: number; size: number }): boolean {
	const [small, large] = [Math.min(one.size, other.size), Math.max(one.size, other.size)];
	return Math.abs(one.y - other.y) < small * 0.4 && large / small < 1.7;
}

function baselines(items: Item[]): Item[][] {
	const lines: Item[][] = [];
	const small: Item[] = [];
	for (const item of items.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
		// Only the last few lines can be at this height.
		const line = lines.slice(-6).findLast((each) => sameLine(each[0]!, item));
		if (line) line.push(item);
		else lines.push([item]);
	}
	const kept = lines.filter((line) => !isRaised(line, lines, small));
	for (const item of small) attachRaised(item, kept);
	return kept;
}

/** Superscripts (footnote marks, square metres) have a baseline of their own but belong to the line beside them. */
function isRaised(line: Item[], lines: Item[][], small: Item[]): boolean {
	const short = line.every((item) => item.text.length <= 3);
	if (
		!short ||
		!line.every((item) => lines.some((other) => other !== line && other.some((host) => hosts(host, item))))
	) {
		return false;
	}
	small.push(...line);
	return true;
}

function hosts(host: Item, raised: Item): boolean {
	const beside = Math.abs(raised.x - host.right) < host.size * 0.3 || Math.abs(host.x - raised.right) < host.size * 0.3;
	return (
		beside &&
		raised.size < host.size * 0.8 &&
		raised.y < host.y + host.size * 0.3 &&
		raised.y > host.y - host.size * 0.7
	);
}

function attachRaised(item: Item, lines: Item[][]): void {
	const line = lines.find((each) => each.some((host) => hosts(host, item)));
	if (line) line.push({ ...item, size: line[0]!.size });
	else lines.push([item]);
}

function splitAtColumns(line: Item[]): Item[][] {
	const sorted = line.toSorted((a, b) => a.x - b.x);
	const gaps = sorted.slice(1).map((item, index) => (item.x - sorted[index]!.right) / item.size);
	// In justified type all gaps of a line are stretched alike: then a wide gap is no column.
	const usual = usualWordGap(sorted);
	const limit = Math.max(COLUMN_GAP, Math.min(usual * 1.6, 2.5));
	const parts: Item[][] = [[sorted[0]!]];
	for (const [index, item] of sorted.slice(1).entries()) {
		if (gaps[index]! > limit) parts.push([item]);
		else parts.at(-1)!.push(item);
	}
	return parts;
}

/**
 * An entry that nearly fills its column leaves hardly a gap to the next one. Where two lines nearby have a column that
 * begins at the same place, a gap a little wider than between words is enough.
 */
function splitAtStarts(part: Item[], starts: Item[]): Item[][] {
	const parts: Item[][] = [[part[0]!]];
	const usual = usualWordGap(part);
	for (const [index, item] of part.slice(1).entries()) {
		const gap = (item.x - part[index]!.right) / item.size;
		const isWide = gap > Math.max(0.3, usual * 1.3);
		const same = isWide ? starts.filter((start) => Math.abs(start.x - item.x) < 1 && isNearby(start, item)) : [];
		if (same.length >= 2) parts.push([item]);
		else parts.at(-1)!.push(item);
	}
	return parts;
}

function isNearby(one: Item, other: Item): boolean {
	return Math.abs(one.y - other.y) < other.size * 8;
}

/** The middle one of the gaps between the words of a line, in font sizes; 0 where there are too few to tell. */
function usualWordGap(sorted: Item[]): number {
	const gaps = sorted
		.slice(1)
		.map((item, index) => (item.x - sorted[index]!.right) / item.size)
		.filter((gap) => gap > WORD_GAP)
		.toSorted((a, b) => a - b);
	return gaps.length >= 3 ? gaps[Math.floor((gaps.length - 1) / 2)]! : 0;
}

function toSegment(items: Item[]): Segment {
	const size = Math.max(...items.map((item) => item.size));
	const baseline = items.find((item) => item.size === size)!.y;
	const rightToLeft = items.some((item) => item.rightToLeft) && !isMostlyLatin(items);
	return {
		text: joinItems(rightToLeft ? visualToLogical(items) : items),
		x: Math.min(...items.map((item) => item.x)),
		right: Math.max(...items.map((item) => item.right)),
		y: baseline,
		bottom: baseline,
		size,
		rightToLeft,
		table: false,
	};
}

/** Names and figures in Latin letters do not turn an Arabic line around, one Arabic name does not turn a German one. */
function isMostlyLatin(items: Item[]): boolean {
	const count = (pattern: RegExp) => items.reduce((sum, { text }) => sum + (text.match(pattern)?.length ?? 0), 0);
	return count(/\p{Script=Latin}/gu) > 4 * count(/[\p{Script=Arabic}\p{Script=Hebrew}]/gu);
}

/** In a right-to-left line the pieces are read from the right, runs of left-to-right pieces among them from the left. */
function visualToLogical(items: Item[]): Item[] {
	const runs: Item[][] = [];
	for (const item of items) {
		const run = runs.at(-1);
		if (run && !item.rightToLeft && !run[0]!.rightToLeft) run.push(item);
		else runs.push([item]);
	}
	return runs.toReversed().flat();
}

/** The pieces as words: a space where there is a visible gap. */
export function joinItems(items: Item[]): string {
	let text = '';
	let last: Item | null = null;
	for (const item of items) {
		const gap = last ? Math.max(item.x - last.right, last.x - item.right) : 0;
		if (last && gap > Math.min(item.size, last.size) * WORD_GAP) text += ' ';
		text += item.text;
		last = item;
	}
	return showSoftHyphen(text.replace(/\s+/g, ' ').trim());
}

/** At the end of a line a soft hyphen is printed; elsewhere it is invisible. */
function showSoftHyphen(text: string): string {
	return text.replace(/\u00AD$/, '-').replaceAll('\u00AD', '');
}
