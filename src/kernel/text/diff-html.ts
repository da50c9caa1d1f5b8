/**
 * A difference as HTML. `ins` and `del` carry it for the eye; because screen readers pass over them, each change also
 * begins and ends with hidden words.
 */
import type { BlockDiff, Line, Op, Words } from './diff.ts';
import {
	blockAttributes,
	blockHtml,
	escapeHtml,
	headingName,
	inlineHtml,
	listHtml,
	nestedHtml,
	tableHtml,
	wordingHtml,
} from './html.ts';
import type { HtmlOptions } from './html.ts';
import { DASH } from './lists.ts';
import type { Block } from './schema.ts';

export interface DiffHtmlOptions extends HtmlOptions {
	/** Hidden words in the reader's language, e.g. `Eingefügt:` … `Ende der Einfügung.` */
	labels: Record<'insertStart' | 'insertEnd' | 'deleteStart' | 'deleteEnd' | 'moved', string> & {
		/** Stands before a block whose words stayed while it got another level, numbering or language. */
		form?: string;
	};
	/** Class that hides words from the eye only. */
	hiddenClass?: string;
}

/** The blocks with what was inserted and struck, as an HTML fragment. */
export function diffToHtml(diff: BlockDiff[], options: DiffHtmlOptions): string {
	return diff.map((row) => movedHtml(row, options) + formHtml(row, options) + rowHtml(row, options)).join('\n');
}

function rowHtml(row: BlockDiff, options: DiffHtmlOptions): string {
	if (row.op !== 'change') {
		// Ids would stand twice on the page when a struck block's twin follows.
		const html = blockHtml(row.block, row.op === 'delete' ? { ...options, anchors: false } : options);
		return row.op === 'same' ? html : wrap(row.op, html, options);
	}
	const attributes = blockAttributes(row.after, options);
	if ('inner' in row) return wordingHtml(row.after.role, attributes, diffToHtml(row.inner, options));
	return changedHtml(row.after, row.lines, attributes, options);
}

function changedHtml(after: Block, lines: Line[], attributes: string, options: DiffHtmlOptions): string {
	const first = lines[0]?.cells.map((words) => wordsHtml(words, options)) ?? [];
	switch (after.kind) {
		case 'list': {
			return listHtml(after, attributes, nestedHtml(lines.map((line) => itemHtml(line, options))));
		}
		case 'table': {
			const head = first.slice(0, after.header.length).map((cell) => `<th scope="col">${cell}</th>`);
			const rows = lines.slice(1).map((line) => {
				const cells = line.cells.map((words) => `<td>${wordsHtml(words, options)}</td>`);
				return `<tr>${cells.join('')}</tr>`;
			});
			return tableHtml(attributes, first[after.header.length] ?? '', head.join(''), rows.join(''));
		}
		case 'heading': {
			const name = headingName(after.level, options);
			return `<${name}${attributes}>${first.join('')}</${name}>`;
		}
		default:
			return `<p${attributes}>${first.join('')}</p>`;
	}
}

/** An item with its sign, which is a word of it where it changed. */
function itemHtml({ op, cells, deeper, before }: Line, options: DiffHtmlOptions) {
	const whole = op === 'insert' || op === 'delete';
	const moved = before !== undefined && before?.sign !== deeper?.sign;
	const was: Words[] = moved && before ? [{ op: 'delete', content: [{ text: `${before.sign} ` }] }] : [];
	const signed: Words['op'] = moved ? 'insert' : whole ? op : 'same';
	const is: Words[] = deeper && deeper.sign !== DASH ? [{ op: signed, content: [{ text: `${deeper.sign} ` }] }] : [];
	const html = cells.map((words) => wordsHtml(words, options)).join('');
	return {
		html: wordsHtml([...was, ...is], options) + html,
		depth: deeper?.depth ?? 0,
		sign: deeper?.sign ?? '',
		signed: true,
	};
}

function wordsHtml(words: Words[], options: DiffHtmlOptions): string {
	return words
		.filter((part) => part.content.length)
		.map((part) => (part.op === 'same' ? inlineHtml(part.content) : wrap(part.op, inlineHtml(part.content), options)))
		.join('');
}

function wrap(op: Exclude<Op, 'same'>, html: string, options: DiffHtmlOptions): string {
	const name = op === 'insert' ? 'ins' : 'del';
	const { labels } = options;
	return `<${name}>${hidden(labels[`${op}Start`], options)}${html}${hidden(labels[`${op}End`], options)}</${name}>`;
}

function movedHtml(row: BlockDiff, options: DiffHtmlOptions): string {
	return row.moved ? `<p class="moved">${escapeHtml(options.labels.moved)}</p>` : '';
}

function formHtml(row: BlockDiff, { labels }: DiffHtmlOptions): string {
	if (!labels.form || row.op !== 'change') return '';
	const rows: { op: string }[] = 'inner' in row ? row.inner : row.lines;
	return rows.every(({ op }) => op === 'same') ? `<p class="moved">${escapeHtml(labels.form)}</p>` : '';
}

function hidden(words: string, options: DiffHtmlOptions): string {
	return `<span class="${escapeHtml(options.hiddenClass ?? 'visually-hidden')}"> ${escapeHtml(words)} </span>`;
}
