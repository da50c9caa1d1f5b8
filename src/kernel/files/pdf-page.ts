import { joinLabel } from './clean.ts';
import { readingBlocks } from './pdf-columns.ts';
import { findGrids } from './pdf-grid.ts';
import { fillGrids } from './pdf-grid-text.ts';
import type { Item } from './pdf-items.ts';
import type { Rules } from './pdf-rules.ts';
import { toRows, toSegments } from './pdf-segments.ts';
import { toLines, type Line } from './pdf-tables.ts';

/** The text of one page by the contract of `Extracted.text`. */
export function pageText(items: Item[], rules: Rules): string {
	const { tables, rest } = fillGrids(findGrids(rules), items);
	const blocks = readingBlocks([...toSegments(rest), ...tables]);
	const lines = blocks.map((block) => toLines(toRows(block), rules.horizontal));
	const leading = usualLeading(lines);
	return lines.map((block) => blockText(block, leading)).join('\n\n');
}

function blockText(lines: Line[], leading: number): string {
	let text = '';
	for (const [index, line] of lines.entries()) {
		if (index > 0) text += isParagraphBreak(lines[index - 1]!, line, leading) ? '\n\n' : '\n';
		text += line.table === null ? joinLabel(withoutLeaders(line.text)) : line.text;
	}
	return text;
}

/** The dots that lead to a page number in a table of contents are a TAB. */
function withoutLeaders(text: string): string {
	return text.replace(/\s*(?:\.\s?){6,}\s*/g, '\t').replace(/\t$/, '');
}

/** Distance of baselines, in font sizes, of lines within paragraphs: the lower quartile of all close lines. */
function usualLeading(blocks: Line[][]): number {
	const distances = blocks
		.flatMap((lines) => lines.slice(1).map((line, index) => distance(lines[index]!, line)))
		.filter((value) => value > 0.8 && value < 2.2)
		.toSorted((a, b) => a - b);
	return distances.length < 4 ? 1.25 : distances[Math.floor(distances.length / 4)]!;
}

function distance(above: Line, below: Line): number {
	return (below.y - above.bottom) / Math.max(above.size, below.size);
}

function isParagraphBreak(above: Line, below: Line, leading: number): boolean {
	if (above.table !== below.table) return true;
	if (above.table === -1) return true;
	const spaced = distance(above, below) > Math.max(leading * 1.22, 1.4);
	return above.table === null && spaced;
}
