import { fold } from './text.ts';
import type { Line } from './lines.ts';

const PAGE_NUMBER =
	/^(?:[-–—\s]*(?:seite|page|s\.)?\s*\d{1,3}\s*(?:(?:von|of|\/)\s*\d{1,3})?[-–—\s]*|(?:seite|page)\s*\d{1,3}.{0,12})$/i;
const BARE_NUMBER = /^\d{1,3}$/;
const NUMBERED_FOOT = /(?:seite|page)\s*\d{1,3}(?:\s*(?:von|of|\/)\s*\d{1,3})?\s*$/i;

/**
 * Takes out page numbers and headers or footers that come back on every page. The first printing of a header stays,
 * since it usually names the body. The line after a removed one is marked, because a sentence may go on there.
 */
export function markFurniture(lines: Line[]): Line[] {
	const remove = new Set<Line>();
	pageNumbers(lines, remove);
	repeatedBlocks(lines, remove);
	if (!remove.size) return lines;
	const kept: Line[] = [];
	let broken = false;
	let gap = 0;
	for (const line of lines) {
		if (remove.has(line)) {
			broken = true;
			gap = Math.max(gap, line.gap);
			continue;
		}
		if (broken) {
			line.pageBreak = true;
			line.gap = Math.max(line.gap, gap);
		}
		broken = false;
		gap = 0;
		kept.push(line);
	}
	return kept;
}

function pageNumbers(lines: readonly Line[], remove: Set<Line>): void {
	const bare: Line[] = [];
	lines.forEach((line, i) => {
		if (line.text.length > 40) return;
		const alone = line.gap > 0 || i === 0;
		const last = i + 1 === lines.length || lines[i + 1]!.gap > 0;
		if (BARE_NUMBER.test(line.text)) {
			if (alone || last) bare.push(line);
		} else if (PAGE_NUMBER.test(line.text) && /\d/.test(line.text) && (alone || last || line.row)) remove.add(line);
	});
	// A bare number counts as a page number only as part of a sequence 1, 2, 3 … (or 2, 3 …).
	let expected = 0;
	const sequence: Line[] = [];
	for (const line of bare) {
		const value = Number(line.text);
		if ((expected === 0 && value <= 2) || value === expected) {
			sequence.push(line);
			expected = value + 1;
		}
	}
	if (sequence.length >= 2) for (const line of sequence) remove.add(line);
}

/** Blocks of one to three lines (between blank lines) that come back, compared without digits and letter case. */
function repeatedBlocks(lines: readonly Line[], remove: Set<Line>): void {
	const seen = new Map<string, Line[][]>();
	for (let i = 0; i < lines.length;) {
		let j = i + 1;
		while (j < lines.length && lines[j]!.gap === 0 && j - i <= 3) j++;
		const block = lines.slice(i, j);
		if (j - i <= 3) {
			note(seen, block);
		} else if (lines[i]!.gap > 0 && NUMBERED_FOOT.test(lines[i]!.text)) note(seen, [lines[i]!]);
		while (j < lines.length && lines[j]!.gap === 0) j++;
		if (NUMBERED_FOOT.test(lines[j - 1]!.text) && j - i > 3) note(seen, [lines[j - 1]!]);
		i = j;
	}
	const top = new Set(lines.slice(0, 15));
	for (const blocks of seen.values()) {
		const first = blocks[0]!;
		const numbered = blocks.every((block) => NUMBERED_FOOT.test(block.map((l) => l.text).join(' ')));
		const header = blocks.length >= 3 && top.has(first[0]!) && !first.some((line) => line.row);
		if ((numbered && blocks.length >= 2) || header) for (const line of first) line.header = true;
		if (numbered && blocks.length >= 2)
			for (const block of blocks.slice(top.has(first[0]!) ? 1 : 0)) block.forEach((l) => remove.add(l));
		else if (header) for (const block of blocks.slice(1)) block.forEach((line) => remove.add(line));
	}
}

function note(seen: Map<string, Line[][]>, block: Line[]): void {
	const text = block.map((line) => line.text).join(' ');
	if (text.length < 8 || text.length > 200 || /[:.?!]$/.test(text) || block[0]!.bullet || block[0]!.heading > 1) return;
	const key = fold(text).replace(/\d+/g, '#');
	if (key.length < 8) return;
	const list = seen.get(key);
	if (list) list.push(block);
	else seen.set(key, [block]);
}
