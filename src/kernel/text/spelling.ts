/** Writes inline marks in the writing syntax: the other direction of `reading.ts`. */
import { directionOf } from './lang.ts';
import type { Inline, Run } from './schema.ts';

/** Inline content as writing. Nests marks in a fixed order: link, language, bold, emphasis. */
export function writeInline(content: Inline): string {
	return writeGroup(content, 0, ' ', ' ');
}

const MARKS = ['link', 'lang', 'bold', 'emphasis'] as const;

/** `before` and `after` are the signs beside the group: an underscore may not touch a letter. */
function writeGroup(content: Inline, depth: number, before: string, after: string): string {
	const mark = MARKS[depth];
	if (!mark) return escapeText(content.map((run) => run.text).join(''));
	let written = '';
	const groups = groupBy(content, mark);
	groups.forEach((group, at) => {
		const previous = written.at(-1) ?? before;
		const next = firstSign(groups[at + 1]?.[0], depth) ?? after;
		const marked = Boolean(group[0]?.[mark]);
		const inner = writeGroup(group, depth + 1, marked ? '[' : previous, marked ? ']' : next);
		written += marked ? wrap(mark, group[0] as Run, inner, previous, next) : inner;
	});
	return written;
}

function wrap(mark: (typeof MARKS)[number], run: Run, inner: string, before: string, after: string): string {
	switch (mark) {
		case 'link':
			return `[${inner}](${(run.link ?? '').replace(/[()[\]_*\\]/g, '\\$&')})`;
		case 'lang': {
			const { tag = '', dir } = run.lang ?? {};
			return `[${inner}]{${directionOf(tag) === dir ? tag : `${tag} ${dir}`}}`;
		}
		case 'bold':
			return `**${inner}**`;
		case 'emphasis':
			return isWord(before) || isWord(after) ? `[${inner}]{_}` : `_${inner}_`;
	}
}

/** Neighbours with the same value of a mark. */
function groupBy(content: Inline, mark: (typeof MARKS)[number]): Inline[] {
	const groups: Inline[] = [];
	for (const run of content) {
		const group = groups.at(-1);
		if (group && JSON.stringify(group[0]?.[mark]) === JSON.stringify(run[mark])) group.push(run);
		else groups.push([run]);
	}
	return groups;
}

/** The sign a run begins with once it is written; a mark at this depth or below begins with punctuation. */
function firstSign(run: Run | undefined, depth: number): string | undefined {
	if (!run) return undefined;
	if (MARKS.slice(depth).some((mark) => run[mark])) return '[';
	return String.fromCodePoint(run.text.codePointAt(0) ?? 32);
}

function escapeText(text: string): string {
	return text.replace(/[\\[\]*_]/g, (sign, at: number) => {
		if (sign === '\\') return /[\p{L}\p{N} ]/u.test(text[at + 1] ?? '') ? sign : '\\\\';
		// `Kolleg*innen`, `Kolleg_innen`: letters, as long as words stand on both sides.
		const inWord = (sign === '*' || sign === '_') && isWord(text[at - 1] ?? ' ') && isWord(text[at + 1] ?? ' ');
		return inWord ? sign : `\\${sign}`;
	});
}

function isWord(sign: string): boolean {
	return /^[\p{L}\p{N}\p{M}]/u.test(sign);
}
