import { type Text, slice } from './text.ts';
import type { Line } from './lines.ts';

/** A line that starts with the number of an agenda item. */
export type Marker = {
	line: Line;
	/** The number stands alone in the first cell of a row. */
	cell: boolean;
	family: 'top' | 'letter' | 'number' | 'roman';
	/** As printed, without "TOP", "Punkt" and closing marks: "16.1", "Ö 3", "IV". */
	number: Text;
	/** Numbers for comparing: 16.1 → [16, 1]. */
	path: number[];
	/** What follows the number in the same line. */
	rest: Text;
};

const TOP =
	/^(?:(?:zu|Zu|ad|Ad)\s+)?(?:(?:Tagesordnungs?punkt|Tagesordnungs-Punkt|Traktandum|Punkt|TO-Punkt|TOP|Top|T\.O\.P\.)\s*(?:Nr\.\s*)?:?\s*((?:Ö|N|ö|n|NÖ|nö)?\s?\d{1,2}(?:\.\d{1,2})*\s?[a-z]?)(?=[\s.:)–-]|$)|(?:[Zz]u|[Aa]d)\s+(\d{1,2}(?:\.\d{1,2})*)(?=[.:)]|\s[–-]\s|\s\p{Lu}.{0,180}[^.]$|$))\.?\s*(?:der\s+(?:öffentlichen\s+|nichtöffentlichen\s+)?Tagesordnung|der\s+TO)?\s*[:.)–—-]*\s*/u;
const LETTER = /^(?:[Zz]u\s+)?((?:Ö|N|NÖ|nÖ)\s?\d{1,2}(?:\.\d{1,2})*)(?:[.:)]?\s+|[.:)]\s*|$)/u;
const NUMBER = /^(\d{1,2}(?:\.\d{1,2}){0,3}\s?[a-z]?)(?:\.\)|[.):](?!\d)|\s?[–-](?=\s))\s*(?=\S|$)/u;
const BARE = /^(\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[\p{Lu}„"»(])/u;
const ROMAN = /^((?:X{0,2}(?:IX|IV|V?I{1,3}|V|X)))[.):]\s+(?=\S)/u;
const MONTHLY =
	/^(?:\d{1,2}\.|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan\.|Feb\.|\d{2,4}\b|Uhr\b|[-–]\s?\d|€|Euro\b|%|Tag\b|Jahr|Stunde)/i;
const SESSION =
	/^(?:\((?:öffentliche|ordentliche)\)\s)?(?:(?:nicht)?öffentliche[nr]?|ordentliche[nr]?|außerordentliche[nr]?|konstituierende[nr]?|gemeinsame[nr]?|reguläre[nr]?)?\s*(?:und\s+\S+\s+)?\p{L}*(?:sitzung|treffen|tagung|versammlung)\b/iu;

/** "I. Öffentlicher Teil" parts the agenda and is no item. */
const PART = /^(?:[IVX]+|[A-D]|\d)[.)]?\s+(?:nicht[\s-]?)?öffentliche[rn]?\s+(?:\p{L}*teil|\p{L}*sitzung)\b.{0,20}$/iu;

/** True for a heading such as "II. Nichtöffentlicher Teil", after which numbers may start again. */
export function isPart(line: Line): boolean {
	return (
		line.text.length < 60 &&
		(PART.test(line.text) ||
			/^(?:Tagesordnung\s+)?(?:nicht[\s-]?)?öffentliche[rn]?\s+(?:Sitzungs)?teil\b/i.test(line.text))
	);
}

/** The agenda number at the start of a line, or null. */
export function markerOf(line: Line): Marker | null {
	const source = line.row ? rowText(line) : line;
	const text = source.text;
	const first = text.charCodeAt(0);
	// Cheap way out: only digits, T, P, Z, Ö, N and roman figures can start a number.
	if (!(first >= 48 && first <= 57) && !/^[TPZzÖNnIVXaA]/.test(text)) return null;
	if (PART.test(text)) return null;
	let match = TOP.exec(text);
	if (match) return make(line, 'top', source, match, match[1] ?? match[2]!);
	if ((match = LETTER.exec(text))) return make(line, 'letter', source, match, match[1]!);
	if ((match = NUMBER.exec(text) ?? BARE.exec(text))) {
		const rest = text.slice(match[0].length);
		if (MONTHLY.test(rest) && !/^Jahres/.test(rest)) return null;
		if (SESSION.test(rest) && line.index < 25 && !/\.\.\./.test(rest) && / des | der |am \d/.test(rest)) return null;
		return make(line, 'number', source, match, match[1]!);
	}
	if ((match = ROMAN.exec(text))) return make(line, 'roman', source, match, match[1]!);
	return null;
}

/** In a table the number stands in the first cell and the title in the next one that is filled. */
function rowText(line: Line): Text {
	const filled = line.cells.filter((cell) => cell.text !== '');
	const [first, second] = filled;
	if (!first || !second || !/^(?:[Zz]u\s+)?(?:TOP\s*)?(?:Ö|N)?\s?\d{1,2}(?:\.\d{1,2})*[a-z]?[.):]?$/.test(first.text))
		return line;
	const dot = /[.):]$/.test(first.text) || /^[TÖNzZ]/.test(first.text) ? '' : '.';
	const at = first.at[first.at.length - 1]!;
	return {
		text: `${first.text}${dot} ${second.text}`,
		at: [...first.at, ...(dot ? [at] : []), at, ...second.at],
	};
}

function make(line: Line, family: Marker['family'], source: Text, match: RegExpExecArray, printed: string): Marker {
	const from = match[0].indexOf(printed);
	const number = slice(source, from, from + printed.length);
	const figures = family === 'roman' ? [romanValue(printed)] : [...printed.matchAll(/\d+/g)].map((m) => Number(m[0]));
	const letter = /\d\s?([a-z])$/.exec(printed)?.[1];
	if (letter && family !== 'roman') figures.push(letter.charCodeAt(0) - 96);
	return { line, family, number, path: figures, rest: slice(source, match[0].length), cell: source !== line };
}

function romanValue(text: string): number {
	const values: Record<string, number> = { I: 1, V: 5, X: 10 };
	let sum = 0;
	for (let i = 0; i < text.length; i++) {
		const value = values[text[i]!]!;
		sum += value < (values[text[i + 1] ?? ''] ?? 0) ? -value : value;
	}
	return sum;
}

/** True when `next` may follow `last` in one numbering: 3 → 4, 3 → 3.1, 3.1 → 3.2, 3.2 → 4. */
export function follows(last: readonly number[], next: readonly number[], slack = 0): boolean {
	if (next.length > last.length) {
		return (
			next.length === last.length + 1 && last.every((n, i) => n === next[i]) && next[next.length - 1]! <= 1 + slack
		);
	}
	const depth = next.length - 1;
	for (let i = 0; i < depth; i++) if (last[i] !== next[i]) return false;
	const step = next[depth]! - last[depth]!;
	return step >= 1 && step <= 1 + slack;
}
