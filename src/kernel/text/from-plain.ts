/** Reads plain text as others wrote it: paragraphs, and lists by their signs. Nothing in it is a mark. */
import { sureSign } from './lists.ts';
import { normalise } from './normalise.ts';
import type { NormaliseOptions } from './normalise.ts';
import type { DraftBlock, TextDocument } from './schema.ts';

/** Signs of list items in mails, PDFs and word processors. */
const BULLET = /^[-–—•·▪◦‣∙*]\s+(?=\S)/;
const NUMBER = /^\(?(\d{1,3})[.)]\s+(?=\S)/;

/**
 * Blocks from plain text. An empty line ends a paragraph; lines that were only wrapped at a margin are joined, with
 * their hyphenation undone; `-`, `•` … and `1.`, `2)` begin items. A numbered item needs a neighbour (`19. April` is a
 * date). Words stay as they are: stars and brackets too.
 */
export function fromPlainText(text: string, options: NormaliseOptions = {}): TextDocument {
	const chunks = text.replace(/\r\n?|\u2028|\u2029|\f/g, '\n').split(/\n[^\S\n]*\n/);
	const entries = chunks.flatMap((chunk) => readChunk(chunk.split('\n')));
	const blocks = entries.map((entry, at) => blockOf(entry, entries[at - 1], entries[at + 1]));
	return normalise({ blocks: joinLists(blocks) }, options);
}

interface Entry {
	sign: 'none' | 'bullet' | number;
	lines: string[];
}

function readChunk(lines: string[]): Entry[] {
	const entries: Entry[] = [];
	for (const raw of lines) {
		const line = raw.trim();
		if (!line) continue;
		const sign = signOf(line);
		const last = entries.at(-1);
		if (sign === 'none' && last) last.lines.push(line);
		else entries.push({ sign, lines: [sign === 'none' ? line : line.replace(BULLET, '').replace(NUMBER, '')] });
	}
	return entries;
}

function signOf(line: string): Entry['sign'] {
	if (BULLET.test(line)) return 'bullet';
	const number = NUMBER.exec(line)?.[1];
	return number === undefined ? 'none' : Number(number);
}

function blockOf(entry: Entry, before: Entry | undefined, after: Entry | undefined): DraftBlock {
	if (entry.sign === 'none') return { kind: 'paragraph', content: [{ text: unwrap(entry.lines) }] };
	const content = [{ text: inItem(entry.lines) }];
	if (entry.sign === 'bullet') return { kind: 'list', ordered: false, items: [content] };
	const alone = before?.sign !== entry.sign - 1 && after?.sign !== entry.sign + 1 && entry.sign !== 1;
	if (alone) return { kind: 'paragraph', content: [{ text: `${entry.sign}. ${content[0]?.text}` }] };
	return { kind: 'list', ordered: true, ...(entry.sign > 1 ? { start: entry.sign } : {}), items: [content] };
}

/** Items that follow each other become one list, over empty lines too. */
function joinLists(blocks: DraftBlock[]): DraftBlock[] {
	const joined: DraftBlock[] = [];
	for (const block of blocks) {
		const last = joined.at(-1);
		if (block.kind === 'list' && last?.kind === 'list' && continues(last, block)) last.items.push(...block.items);
		else joined.push(block);
	}
	return joined;
}

type DraftList = Extract<DraftBlock, { kind: 'list' }>;

function continues(list: DraftList, next: DraftList): boolean {
	if (list.ordered !== next.ordered) return false;
	return !list.ordered || (next.start ?? 1) === (list.start ?? 1) + list.items.length;
}

/** The lines of an item; those that surely begin a deeper one stay lines, `normalise` sets them below it. */
function inItem(lines: string[]): string {
	const pieces: string[][] = [];
	for (const line of lines) {
		if (!pieces.length || sureSign(line)) pieces.push([line]);
		else pieces.at(-1)!.push(line);
	}
	return pieces.map(unwrap).join('\n');
}

/**
 * Lines count as wrapped when they are nearly as long as the longest, or the next begins in small letters; other short
 * lines (an address, a signature) end on purpose.
 */
function unwrap(lines: string[]): string {
	const longest = Math.max(...lines.map((line) => line.length));
	return lines.reduce((text, line, at) => {
		const before = lines[at - 1] ?? '';
		if (at === 0) return line;
		const small = /^\p{Ll}/u.test(line);
		if (!small && (before.length < 50 || before.length < longest * 0.7)) return `${text}\n${line}`;
		// `Integra-` and `tion` were one word; `Ein-` and `und Auszahlung` were not.
		const split = small && /\p{Ll}-$/u.test(before) && !/^(und|oder|bzw|sowie|and|or|et|ou)\b/.test(line);
		return split ? text.slice(0, -1) + line : `${text} ${line}`;
	});
}
