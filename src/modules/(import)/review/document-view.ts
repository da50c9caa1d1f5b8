import type { Reading } from '../reading/types.ts';

/** A piece of the document that belongs to one finding throughout ("/attendance/3"), or to none. */
export interface Run {
	text: string;
	finding: string | null;
	/** First piece of its finding: carries the number and the anchor. */
	first: boolean;
}

export type Passage = { kind: 'text'; lines: Run[][] } | { kind: 'table'; rows: Run[][][] };

interface Mark {
	start: number;
	end: number;
	finding: string;
}

/**
 * The document as a page shows it: paragraphs and tables as extracted (TAB between cells), each piece tied to the finding
 * it was read into. Where findings lie inside each other (a date inside a title) the innermost one gets the piece.
 */
export function passagesOf(text: string, reading: Pick<Reading, 'spans'>): Passage[] {
	const pieces = innermost(marksOf(reading));
	const seen = new Set<string>();
	const runs = (start: number, end: number) => runsBetween(text, start, end, pieces, seen);
	const passages: Passage[] = [];
	for (const { start, end } of lineRanges(text)) {
		const line = text.slice(start, end);
		const last = passages.at(-1);
		if (line.includes('\t')) {
			const row = cellRanges(line, start).map((cell) => runs(cell.start, cell.end));
			if (last?.kind === 'table') last.rows.push(row);
			else passages.push({ kind: 'table', rows: [row] });
		} else if (line.trim() === '') passages.push({ kind: 'text', lines: [] });
		else if (last?.kind === 'text') last.lines.push(runs(start, end));
		else passages.push({ kind: 'text', lines: [runs(start, end)] });
	}
	return passages.filter((passage) => passage.kind === 'table' || passage.lines.length);
}

function marksOf({ spans }: Pick<Reading, 'spans'>): Mark[] {
	return Object.entries(spans)
		.map(([path, span]) => ({ start: span.start, end: span.end, finding: findingOf(path) }))
		.filter((mark) => mark.end > mark.start);
}

/** "/attendance/3/name" belongs to the finding "/attendance/3", "/quorum/stated" to "/quorum", "/date" to itself. */
export function findingOf(path: string): string {
	const [, head, index] = path.split('/');
	return index !== undefined && /^\d+$/.test(index) && head !== 'paperReferences' && head !== 'refersTo'
		? `/${head}/${index}`
		: `/${head}`;
}

/** Disjoint pieces in order; a piece that several marks cover belongs to the shortest. */
function innermost(marks: Mark[]): Mark[] {
	const edges = [...new Set(marks.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
	const byStart = [...marks].sort((a, b) => a.start - b.start);
	const active = new Set<Mark>();
	const pieces: Mark[] = [];
	let next = 0;
	for (const [index, start] of edges.entries()) {
		const end = edges[index + 1];
		if (end === undefined) break;
		while (next < byStart.length && byStart[next]!.start <= start) active.add(byStart[next++]!);
		let best: Mark | undefined;
		for (const mark of active) {
			if (mark.end <= start) active.delete(mark);
			else if (!best || mark.end - mark.start < best.end - best.start) best = mark;
		}
		if (best) pieces.push({ ...best, start, end });
	}
	return pieces;
}

function runsBetween(text: string, start: number, end: number, pieces: Mark[], seen: Set<string>): Run[] {
	const runs: Run[] = [];
	const push = (from: number, to: number, mark: Mark | null) => {
		if (to <= from) return;
		const first = mark !== null && !seen.has(mark.finding);
		if (mark) seen.add(mark.finding);
		runs.push({ text: text.slice(from, to), finding: mark?.finding ?? null, first });
	};
	let at = start;
	for (const piece of piecesFrom(pieces, start)) {
		if (piece.start >= end) break;
		push(at, Math.max(at, piece.start), null);
		push(Math.max(at, piece.start), Math.min(end, piece.end), piece);
		at = Math.max(at, Math.min(end, piece.end));
	}
	push(at, end, null);
	return runs;
}

/** Pieces are sorted and disjoint: the first that may reach into `start` is found by halving. */
function* piecesFrom(pieces: Mark[], start: number): Generator<Mark> {
	let low = 0;
	let high = pieces.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (pieces[middle]!.end <= start) low = middle + 1;
		else high = middle;
	}
	for (let i = low; i < pieces.length; i++) yield pieces[i]!;
}

function* lineRanges(text: string): Generator<{ start: number; end: number }> {
	let start = 0;
	for (let i = 0; i <= text.length; i++) {
		const sign = text[i];
		if (sign !== undefined && sign !== '\n' && sign !== '\f') continue;
		yield { start, end: i > start && text[i - 1] === '\r' ? i - 1 : i };
		start = i + 1;
	}
}

function cellRanges(line: string, offset: number): { start: number; end: number }[] {
	let at = offset;
	return line.split('\t').map((cell) => {
		const range = { start: at, end: at + cell.length };
		at += cell.length + 1;
		return range;
	});
}
