import { baseLanguage, GAP, LAST_POSITION } from './lexemes.ts';
import { wordPlaces } from './tokens.ts';

/** A piece of text; `hit` pieces are shown in <mark>. Plain text: the page escapes it like any other. */
export interface Segment {
	text: string;
	hit: boolean;
}

/** Characters of a snippet, about. */
const LENGTH = 240;

export interface Highlighted {
	title: Segment[];
	snippet: Segment[];
}

/** Marks the words at the positions that matched, in the title and in the liveliest passage of the text. */
export function highlight(
	document: { title: string; keywords: string[]; body: string; language: string },
	positions: number[],
): Highlighted {
	const language = baseLanguage(document.language);
	const hits = new Set(positions.filter((position) => position < LAST_POSITION));
	const last = Math.max(0, ...hits);
	// Counted as in `fieldsOf`; words behind the last hit are nobody's concern.
	const places = (text: string, offset: number) =>
		wordPlaces(text, language)
			.take(Math.max(0, last - offset + 1))
			.toArray();
	const count = (text: string) => wordPlaces(text, language).reduce((words) => words + 1, 0);
	const title = { text: document.title, places: places(document.title, 1), offset: 1 };
	const offset = 1 + count(document.title) + count(document.keywords.join('\n\n')) + 2 * GAP;
	const body = { text: document.body, places: places(document.body, offset), offset };
	return { title: segments(title, hits, 0, title.text.length), snippet: snippet(body, hits) };
}

interface Field {
	text: string;
	/** Its words. */
	places: { start: number; end: number }[];
	/** Position of the first word. */
	offset: number;
}

function hitTokens({ places, offset }: Field, hits: Set<number>): { start: number; end: number }[] {
	return places.filter((_, index) => hits.has(offset + index));
}

function segments(field: Field, hits: Set<number>, from: number, until: number): Segment[] {
	const found: Segment[] = [];
	let at = from;
	for (const { start, end } of hitTokens(field, hits)) {
		if (start < at || end > until) continue;
		if (start > at) found.push({ text: field.text.slice(at, start), hit: false });
		found.push({ text: field.text.slice(start, end), hit: true });
		at = end;
	}
	if (at < until) found.push({ text: field.text.slice(at, until), hit: false });
	return found;
}

function snippet(field: Field, hits: Set<number>): Segment[] {
	const marked = hitTokens(field, hits);
	const start = bestStart(marked);
	const from = wordStart(field.text, Math.max(0, start - 40));
	const until = wordEnd(field.text, Math.min(field.text.length, from + LENGTH));
	const found = segments(field, hits, from, until).map(({ text, hit }) => ({ text: text.replace(/\s+/g, ' '), hit }));
	if (from > 0) found.unshift({ text: '… ', hit: false });
	if (until < field.text.length) found.push({ text: ' …', hit: false });
	return found;
}

/** Where a window of the snippet's length holds the most marked words; the first such place. */
function bestStart(marked: { start: number; end: number }[]): number {
	let best = 0;
	let most = 0;
	for (let first = 0, last = 0; first < marked.length; first++) {
		while (last < marked.length && marked[last]!.end <= marked[first]!.start + LENGTH - 40) last++;
		if (last - first > most) [best, most] = [marked[first]!.start, last - first];
	}
	return best;
}

function wordStart(text: string, at: number): number {
	if (at === 0) return 0;
	const space = text.slice(at).search(/\s/);
	return space >= 0 && space < 40 ? at + space + 1 : at;
}

function wordEnd(text: string, at: number): number {
	if (at >= text.length) return text.length;
	const space = text.slice(0, at).search(/\s\S*$/u);
	return space > at - 40 ? space : at;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For places without a component (feeds, mails): escaped text with <mark>. */
export function toMarkup(parts: Segment[]): string {
	const escape = (text: string) => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark]!);
	return parts.map(({ text, hit }) => (hit ? `<mark>${escape(text)}</mark>` : escape(text))).join('');
}
