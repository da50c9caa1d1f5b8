/** From plain text as old documents hold it: paragraphs by blank lines, lists by their signs. */
import { normalise } from './normalise.ts';
import type { DraftBlock, TextDocument } from './schema.ts';

const BULLET = /^\s*[-–—•*·▪]\s+(?=\S)/u;
const NUMBER = /^\s*(\d{1,3})[.)]\s+(?=\S)/u;

/**
 * Lines of one paragraph are joined; a line that begins with a bullet or a number starts a point of a list. Words stay as
 * they are: nothing in the text is read as a mark.
 */
export function fromPlainText(text: string): TextDocument {
	const blocks: DraftBlock[] = [];
	for (const part of text.replace(/\r\n?/g, '\n').replace(/\f/g, '\n\n').split(/\n[ \t]*(?:\n[ \t]*)+/)) {
		const lines = part.split('\n').filter((line) => line.trim() !== '');
		if (lines.length) blocks.push(...blocksOf(lines));
	}
	return normalise({ blocks: joinLists(blocks) });
}

interface Group {
	sign: 'none' | 'bullet' | 'number';
	start: number;
	entries: string[];
}

function blocksOf(lines: string[]): DraftBlock[] {
	const groups: Group[] = [];
	for (const line of lines) {
		const number = NUMBER.exec(line);
		const sign = BULLET.test(line) ? 'bullet' : number ? 'number' : 'none';
		const words = line.replace(sign === 'bullet' ? BULLET : sign === 'number' ? NUMBER : '', '').trim();
		const last = groups.at(-1);
		if (sign === 'none' && last) last.entries[last.entries.length - 1] += ` ${words}`;
		else if (last && last.sign === sign) last.entries.push(words);
		else groups.push({ sign, start: Number(number?.[1] ?? 1), entries: [words] });
	}
	return groups.map(toBlock);
}

function toBlock({ sign, start, entries }: Group): DraftBlock {
	if (sign === 'none') return { kind: 'paragraph', content: [{ text: entries[0]! }] };
	const items = entries.map((text) => [{ text }]);
	return { kind: 'list', ordered: sign === 'number', ...(sign === 'number' && start > 1 && { start }), items };
}

/** Points that blank lines kept apart are one list. */
function joinLists(blocks: DraftBlock[]): DraftBlock[] {
	const joined: DraftBlock[] = [];
	for (const block of blocks) {
		const last = joined.at(-1);
		if (last?.kind === 'list' && block.kind === 'list' && last.ordered === block.ordered) last.items.push(...block.items);
		else joined.push(block);
	}
	return joined;
}
