import { type Text, slice } from './text.ts';
import { markFurniture } from './furniture.ts';

/** One line of the document without page furniture, markdown marks and superfluous blanks. */
export type Line = Text & {
	/** Cells of a table row; one cell for ordinary lines. Line breaks inside a cell are kept as U+2028. */
	readonly cells: readonly Text[];
	/** Blank lines (or a rule) before this line; 0 inside a paragraph. */
	gap: number;
	/** True when a page header or number was taken out right before: the sentence may go on. */
	pageBreak: boolean;
	/** Markdown heading level, 0 for none. */
	readonly heading: number;
	readonly bold: boolean;
	/** The bullet character, '' for none. */
	readonly bullet: string;
	readonly indent: number;
	/** The row of a table (cells separated by TAB or pipes). */
	readonly row: boolean;
	/** The first printing of a header that comes back on every page. */
	header: boolean;
	/** Position in the list of lines. */
	index: number;
};

const BULLET = /^(?:[•▪◦●○■□▸►➢➔→⇒✓✔☑☐☒·‣*\uf0b7\uf0a7\uf0d8\uf02d\u2043–—-]|o(?=\s{1,4}\p{Lu}))\s+(?=\S)/u;
const RULE = /^[\s_=*~.\-–—|:+]*$/;

/** Splits a document into lines. Offsets refer to the original text; CRLF, form feeds and trailing blanks don't matter. */
export function toLines(text: string): Line[] {
	const lines: Line[] = [];
	let gap = 0;
	let broken = false;
	let pos = 0;
	const length = text.length;
	while (pos <= length) {
		let end = pos;
		while (end < length && !isBreak(text.charCodeAt(end))) end++;
		const line = end > pos ? cleanLine(text, pos, end) : null;
		if (line) {
			line.gap = lines.length ? gap : 1;
			line.pageBreak = broken;
			gap = 0;
			broken = false;
			lines.push(line);
		} else if (text.charCodeAt(end) !== 12) gap++;
		if (text.charCodeAt(end) === 12) {
			broken = true;
			gap = Math.max(gap, 1);
		}
		if (text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10) end++;
		pos = end + 1;
	}
	const kept = markFurniture(lines);
	kept.forEach((line, index) => (line.index = index));
	return kept;
}

function isBreak(code: number): boolean {
	return code === 10 || code === 13 || code === 12;
}

function cleanLine(source: string, from: number, to: number): Line | null {
	let a = from;
	let b = to;
	while (a < b && isSpace(source.charCodeAt(a)) && source.charCodeAt(a) !== 9) a++;
	const indent = a - from;
	while (b > a && isSpace(source.charCodeAt(b - 1)) && source.charCodeAt(b - 1) !== 9) b--;
	let raw = source.slice(a, b);
	if (RULE.test(raw)) return null;
	const piped =
		raw.includes('|') &&
		((raw.charCodeAt(0) === 124 && raw.indexOf('|', 1) > 0) ||
			(raw.endsWith('|') && raw.indexOf('|') > 0) ||
			raw.split(' | ').length > 2);
	if (piped && raw.charCodeAt(0) === 124) {
		a++;
		raw = raw.slice(1);
	}
	if (piped && raw.endsWith('|')) raw = raw.slice(0, -1);
	if (!piped && !UNUSUAL.test(raw)) return finish(plain(raw, a), raw, indent, false);
	const dropped = markdownMarks(raw);
	const chars: string[] = [];
	const at: number[] = [];
	for (let i = 0; i < raw.length; i++) {
		if (dropped?.has(i)) continue;
		const code = raw.charCodeAt(i);
		if (code === 0xad || code === 0x200b || code === 0xfeff || code === 0x200e || code === 0x200f) continue;
		if (piped && code === 124) {
			trimEnd(chars, at);
			chars.push('\t');
			at.push(a + i);
			continue;
		}
		if (code === 60 && raw.startsWith('<br', i)) {
			const close = raw.indexOf('>', i);
			if (close > 0 && close - i < 7) {
				chars.push('\u2028');
				at.push(a + i);
				i = close;
				continue;
			}
		}
		if (!isSpace(code)) {
			chars.push(raw[i]!);
			at.push(a + i);
			continue;
		}
		let n = i;
		let tabs = 0;
		while (n < raw.length && isSpace(raw.charCodeAt(n))) if (raw.charCodeAt(n++) === 9) tabs++;
		const run = n - i;
		const wide = tabs || (run >= 3 && !piped ? 1 : 0);
		const blank = wide === 0 && chars.length > 0 && !/[\t\u2028 ]/.test(chars[chars.length - 1]!);
		for (let t = 0; t < wide + Number(blank); t++) {
			chars.push(blank ? ' ' : '\t');
			at.push(a + i + Math.min(t, run - 1));
		}
		i = n - 1;
	}
	return finish({ text: chars.join(''), at }, raw, indent, piped);
}

/** Anything that needs a look at single characters: marks, tabs, runs of blanks, invisible characters. */
const UNUSUAL = /[\t\v\u00a0\u00ad\u200b\u200e\u200f\u2000-\u200a\u2028\u202f\ufeff<*_~\\`]|  /;

function plain(raw: string, from: number): Text {
	const at = new Array<number>(raw.length);
	for (let i = 0; i < raw.length; i++) at[i] = from + i;
	return { text: raw, at };
}

function finish(piece: Text, raw: string, indent: number, piped: boolean): Line | null {
	let whole = piece;
	const heading = /^(#{1,6})\s/.exec(whole.text)?.[1]!.length ?? 0;
	if (heading) whole = slice(whole, heading);
	const bold = /^(?:#+\s*)?(?:\*\*|__)/.test(raw);
	const row = whole.text.includes('\t');
	let bullet = '';
	const match =
		row && !/^\S\s*\t?[\p{L}\d„"(]/u.test(whole.text) ? null : BULLET.exec(whole.text.replace(/^(\S)\t+/, '$1 '));
	if (match && !piped) {
		bullet = match[0]![0]!;
		whole = slice(whole, whole.text.search(/[\s]/));
		const box = /^\[[ xX]?\]\s+/.exec(whole.text);
		if (box) whole = slice(whole, box[0].length);
	}
	whole = unspread(whole);
	if (RULE.test(whole.text) && !row) return null;
	if (row && /^[\s\-–—_:|]*$/.test(whole.text)) return null;
	const cells = row && whole.text.includes('\t') ? cellsOf(whole) : [whole];
	const flat = /[\t\u2028]/.test(whole.text) ? flatten(whole) : whole;
	return {
		...flat,
		cells,
		gap: 0,
		pageBreak: false,
		heading,
		bold,
		bullet,
		indent,
		row: cells.length > 1,
		header: false,
		index: 0,
	};
}

/** One blank for every TAB or break in a cell; characters keep their offsets. */
function flatten(piece: Text): Text {
	return slice({ text: piece.text.replace(/[\t\u2028]/g, ' '), at: piece.at }, 0);
}

function cellsOf(piece: Text): Text[] {
	const cells: Text[] = [];
	let last = 0;
	for (let i = 0; i <= piece.text.length; i++) {
		if (i < piece.text.length && piece.text.charCodeAt(i) !== 9) continue;
		cells.push(slice(piece, last, i));
		last = i + 1;
	}
	return cells;
}

/** "A N T R A G" reads "ANTRAG". */
function unspread(piece: Text): Text {
	const run = /^(?:\p{L} ){3,40}\p{L}:?(?=$|\s)/u.exec(piece.text);
	if (!run || (run[0].length < piece.text.length && (run[0].length < 9 || /\p{Ll}/u.test(run[0])))) return piece;
	const keep: number[] = [];
	for (let i = 0; i < piece.text.length; i++) if (i >= run[0].length || piece.text[i] !== ' ') keep.push(i);
	return { text: keep.map((i) => piece.text[i]).join(''), at: keep.map((i) => piece.at[i]!) };
}

function trimEnd(chars: string[], at: number[]): void {
	while (chars.length && chars[chars.length - 1] === ' ') {
		chars.pop();
		at.pop();
	}
}

function isSpace(code: number): boolean {
	return (
		code === 32 || code === 9 || code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 11
	);
}

const MARKS = /\*\*|__|~~|\\(?=[\\*_.#()[\]!-])|`/g;

/** Positions of markdown marks, and of struck-through text between them; null when there are none (the usual case). */
function markdownMarks(raw: string): Set<number> | null {
	if (!/[*_~\\`]/.test(raw)) return null;
	const dropped = new Set<number>();
	let struckFrom = -1;
	for (const match of raw.matchAll(MARKS)) {
		if (/^__/.test(match[0]) && /^_{2,}$/.test(raw.slice(match.index).split(/\s/, 1)[0]!)) continue;
		for (let i = 0; i < match[0].length; i++) dropped.add(match.index + i);
		if (match[0] !== '~~') continue;
		if (struckFrom < 0) struckFrom = match.index;
		else {
			for (let i = struckFrom; i < match.index; i++) dropped.add(i);
			struckFrom = -1;
		}
	}
	for (const match of raw.matchAll(/(?<![\p{L}\d*\\])\*(?=[^\s*])([^*\n]{1,200})(?<=\S)\*(?![\p{L}\d*])/gu)) {
		dropped.add(match.index);
		dropped.add(match.index + match[0].length - 1);
	}
	return dropped;
}
