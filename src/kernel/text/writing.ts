/**
 * The writing syntax for plain text fields, near to what people know from mails and Markdown:
 *
 *     # Heading            - item        > binding wording      **bold**    [words](https://…)
 *     ## Smaller heading   1. item       >> someone's words     _emphasis_  [words]{ar}
 *                            a) deeper
 *
 *     | Month | Days |     [Title](file:id) alone on a line: an attached file
 *     | ----- | ---- |     {ar} alone on a line: the next block is in Arabic
 *     | July  | 54   |     {list} alone on a line: the next list stands for itself
 *
 * An item that is set in stands below the one above it, up to three steps; its sign (`-`, `a)`, `1.2`, `iv.`) is kept as it is.
 * An empty line ends a block; a single line end is kept. A star or an underscore inside a word is a letter
 * (`Kolleg*innen`). A backslash takes a sign's meaning away.
 */
import { keepIds } from './keep-ids.ts';
import { itemsOf, typedSign, type ListItem } from './lists.ts';
import { normalise } from './normalise.ts';
import type { NormaliseOptions } from './normalise.ts';
import { readInline, readLang } from './reading.ts';
import type { Block, Deeper, DraftBlock, Inline, Lang, TextDocument } from './schema.ts';
import { writeInline } from './spelling.ts';

export interface WritingOptions extends NormaliseOptions {
	/** The text as it was before: blocks that are still there keep their ids. */
	previous?: TextDocument;
}

/** Reads what was typed. Never fails: what is no sign is a letter. */
export function fromWriting(writing: string, options: WritingOptions = {}): TextDocument {
	const lines = writing.replace(/\r\n?/g, '\n').split('\n');
	const document = normalise({ blocks: readBlocks(lines, true) }, options);
	return options.previous ? keepIds(options.previous, document) : document;
}

const BULLET = /^[-*•–] +(?=\S)/;
const NUMBER = /^(\d{1,4})[.)] +(?=\S)/;
const HEADING = /^(#{1,4}) +(?=\S)/;
const QUOTED = /^(>>?)(?: |$)/;
const FILE = /^\[((?:\\.|[^[\]\\])+)\]\(file:([\w-]{1,100})\)$/;

interface Attributes {
	lang?: Lang;
	list?: true;
}

/** Reads blocks; inside wording only paragraphs and lists have signs (`full` is false). */
function readBlocks(lines: string[], full: boolean): DraftBlock[] {
	const blocks: DraftBlock[] = [];
	let at = 0;
	const line = (offset = 0) => (lines[at + offset] ?? '').trim();

	const starts = (): boolean => {
		const here = line();
		if (BULLET.test(here) || startsList(here, line(1))) return true;
		if (readAttributes(here) && line(1)) return true;
		return full && (HEADING.test(here) || QUOTED.test(here) || FILE.test(here) || here.startsWith('|'));
	};
	const readParagraph = (): DraftBlock => {
		const words = [line()];
		at += 1;
		while (at < lines.length && line() && !starts()) {
			words.push(line());
			at += 1;
		}
		return { kind: 'paragraph', content: readInline(words.join('\n')) };
	};
	const readList = (ordered: boolean): DraftBlock => {
		const start = ordered ? Number(NUMBER.exec(line())?.[1]) : 1;
		const items: Inline[] = [];
		const deeper: (Deeper | null)[] = [];
		const own = () => deeper.filter((place) => !place).length;
		const isNext = (text: string) => (ordered ? Number(NUMBER.exec(text)?.[1]) === start + own() : BULLET.test(text));
		while (at < lines.length) {
			const skip = items.length && !line() ? lines.slice(at).findIndex((text) => text.trim()) : 0;
			if (skip < 0 || !isNext(line(skip))) break;
			at += skip;
			let words = [line().replace(ordered ? NUMBER : BULLET, '')];
			at += 1;
			deeper.push(null);
			// How far the open deeper items are set in.
			const steps: number[] = [];
			for (; ; at += 1) {
				// Empty lines may stand before a deeper item, not before more words.
				const gap = line() ? 0 : lines.slice(at).findIndex((text) => text.trim());
				const inner = gap >= 0 && /^(?: {2}|\t)/.test(lines[at + gap] ?? '');
				if (!inner || (gap && !typedSign(line(gap)))) break;
				at += gap;
				const sign = typedSign(line());
				if (sign) {
					items.push(readInline(words.join('\n')));
					const inset = insetOf(lines[at] ?? '');
					while (steps.length && inset < steps.at(-1)!) steps.pop();
					if (inset !== steps.at(-1)) steps.push(inset);
					deeper.push({ depth: steps.length, sign });
					words = [line().slice(sign.length).trim()];
				} else words.push(line());
			}
			items.push(readInline(words.join('\n')));
		}
		return { kind: 'list', ordered, ...(start > 1 ? { start } : {}), items, deeper };
	};
	const readWording = (sign: string): DraftBlock => {
		const inner: string[] = [];
		while (QUOTED.exec(line())?.[1] === sign) {
			inner.push(line().slice(sign.length).replace(/^ /, ''));
			at += 1;
		}
		const blocks = readBlocks(inner, false) as Extract<DraftBlock, { kind: 'wording' }>['blocks'];
		return { kind: 'wording', role: sign === '>' ? 'operative' : 'quote', blocks };
	};
	const readTable = (): DraftBlock => {
		const rows: string[] = [];
		while (line().startsWith('|')) {
			rows.push(line());
			at += 1;
		}
		return tableOf(rows);
	};
	const readBlock = (attributes: Attributes): DraftBlock => {
		const here = line();
		if (BULLET.test(here)) return readList(false);
		if (startsList(here, line(1)) || (attributes.list && NUMBER.test(here))) return readList(true);
		if (!full) return readParagraph();
		const [signs, marks = ''] = HEADING.exec(here) ?? [];
		if (signs) {
			at += 1;
			return { kind: 'heading', level: marks.length, content: readInline(here.slice(signs.length)) };
		}
		const [, quote] = QUOTED.exec(here) ?? [];
		if (quote) return readWording(quote);
		if (here.startsWith('|')) return readTable();
		const [, title, file] = FILE.exec(here) ?? [];
		if (title && file) {
			at += 1;
			return {
				kind: 'attachment',
				file,
				title: readInline(title)
					.map((run) => run.text)
					.join(''),
			};
		}
		return readParagraph();
	};

	while (at < lines.length) {
		if (!line()) {
			at += 1;
			continue;
		}
		const attributes = line(1) ? readAttributes(line()) : undefined;
		if (attributes) at += 1;
		const block = readBlock(attributes ?? {});
		blocks.push(attributes?.lang ? { ...block, lang: attributes.lang } : block);
	}
	return blocks;
}

/** A numbered line begins a list with 1, or when the next number follows: `19. April` alone is a date. */
function startsList(line: string, next: string): boolean {
	const number = Number(NUMBER.exec(line)?.[1]);
	return number === 1 || (number > 1 && Number(NUMBER.exec(next)?.[1]) === number + 1);
}

function readAttributes(line: string): Attributes | undefined {
	const [, inner] = /^\{([^{}]{1,60})\}$/.exec(line) ?? [];
	if (!inner) return undefined;
	const attributes: Attributes = {};
	for (const word of inner.split(',').map((part) => part.trim())) {
		if (word === 'list') attributes.list = true;
		else {
			const lang = readLang(word);
			if (!lang) return undefined;
			attributes.lang = lang;
		}
	}
	return attributes;
}

function tableOf(lines: string[]): DraftBlock {
	const caption = lines[0]?.startsWith('|=') ? lines.shift()?.slice(2).trim() : undefined;
	const [header = [], ...rows] = lines
		.filter((line, at) => at !== 1 || !/^\|(\s*:?-{2,}:?\s*\|)+$/.test(line))
		.map((line) => cellsOf(line).map((cell) => readInline(withLineEnds(cell))));
	return { kind: 'table', ...(caption ? { caption: readInline(caption) } : {}), header, rows };
}

function cellsOf(line: string): string[] {
	const cells = line.slice(1).match(/(?:\\.|[^|\\]|\\$)*(?:\||$)/g) ?? [];
	const texts = cells.map((cell) => (/(?:^|[^\\])(?:\\\\)*\|$/.test(cell) ? cell.slice(0, -1) : cell));
	return (texts.at(-1)?.trim() ? texts : texts.slice(0, -1)).map((cell) => cell.trim());
}

function withLineEnds(cell: string): string {
	return cell.replace(/\\.|<br>/g, (sign) => (sign === '<br>' ? '\n' : sign));
}

/** Writes a text so that `fromWriting` reads the same text again (ids aside). */
export function toWriting(document: TextDocument): string {
	return writeBlocks(document.blocks);
}

function writeBlocks(blocks: Block[]): string {
	return blocks.map((block, at) => attributeLine(block, blocks[at - 1]) + writeBlock(block)).join('\n\n');
}

function attributeLine(block: Block, before: Block | undefined): string {
	const words: string[] = [];
	if (block.kind === 'list' && (block.start || (before?.kind === 'list' && before.ordered === block.ordered))) {
		words.push('list');
	}
	if (block.lang) words.push(writeLangOf(block.lang));
	return words.length ? `{${words.join(', ')}}\n` : '';
}

function writeLangOf(lang: Lang): string {
	return readLang(lang.tag)?.dir === lang.dir ? lang.tag : `${lang.tag} ${lang.dir}`;
}

function writeBlock(block: Block): string {
	switch (block.kind) {
		case 'paragraph':
			return writeInline(block.content).split('\n').map(guardLine).join('\n');
		case 'heading':
			return `${'#'.repeat(block.level)} ${writeInline(block.content)}`;
		case 'list':
			return itemsOf(block).map(writeItem).join('\n');
		case 'wording': {
			const sign = block.role === 'operative' ? '>' : '>>';
			return writeBlocks(block.blocks)
				.split('\n')
				.map((line) => (line ? `${sign} ${line}` : sign))
				.join('\n');
		}
		case 'table': {
			const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
			const lines = [block.header, ...block.rows].map((cells) => row(cells.map(writeCell)));
			lines.splice(1, 0, row(block.header.map(() => '---')));
			return [...(block.caption ? [`|= ${writeInline(block.caption)}`] : []), ...lines].join('\n');
		}
		case 'attachment':
			return `[${writeInline([{ text: block.title }])}](file:${block.file})`;
	}
}

function writeItem({ content, depth, sign }: ListItem): string {
	const inset = '  '.repeat(depth);
	const [first = '', ...more] = writeInline(content).split('\n');
	return [`${inset}${sign} ${first}`, ...more.map((line) => `${inset}  ${guardSign(line)}`)].join('\n');
}

/** Words inside of an item that would be read as a deeper one: `z. B.` */
function guardSign(line: string): string {
	const sign = typedSign(line);
	return sign ? `${sign.slice(0, -1)}\\${line.slice(sign.length - 1)}` : line;
}

/** Spaces before a line; a tabulator counts as two. */
function insetOf(line: string): number {
	return /^[ \t]*/.exec(line)![0].replaceAll('\t', '  ').length;
}

function writeCell(cell: Inline): string {
	return writeInline(cell).replaceAll('|', '\\|').replaceAll('<br>', '\\<br>').replaceAll('\n', '<br>');
}

/** Takes the meaning from a sign at the start of a line of words. */
function guardLine(line: string): string {
	return line.replace(/^(\d{1,4})(?=[.)] )/, '$1\\').replace(/^(?=[-#>|{•–])/, '\\');
}
