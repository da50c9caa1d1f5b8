import { type Text, fold, joinLines, slice, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Marker, markerOf } from '../markers.ts';
import { type Found, derived, printed } from '../found.ts';

export type Item = {
	number: Found<string> | null;
	title: Found<string>;
	path: number[];
	/** The lines that belong to the item, without its title. */
	lines: Line[];
	text: Found<string> | null;
};

export const END =
	/^(?:Ende\s+der\s+(?:Sitzung|Veranstaltung|Versammlung)|Sitzungsende|Ende\s*:|F\.\s?d\.\s?R|gez\.|Zur\s+Beurkundung|Für\s+die\s+Richtigkeit|(?:Der|Die)\s+(?:Schriftführer|Protokollführer)|Protokoll(?:führung|ant(?:in)?|führer(?:in)?)?\s*:|Schriftführ\p{L}*\s*:|Anlagen?\s*:|Die\s+(?:Sitzung|Vorsitzende)\s.{0,60}(?:schließt|geschlossen|beendet)|Herr\s.{0,40}schließt\s+die\s+Sitzung|Frau\s.{0,40}schließt\s+die\s+Sitzung|Unterschrift)/iu;

const STOP_TITLE =
	/^(?:Vorlage|Drucksache|Drs\.?|Beschluss(?:vorlage|vorschlag|text|nr\.?)?|Abstimmung|Abstimmungsergebnis|Bericht(?:erstatter(?:in)?)|Antrag(?:steller)?|miterledigt|Verantwortlich|Einreicher|Gast|Gäste|Dazu|Zuständig)\b[^.]{0,12}:|^(?:Berichterstatter(?:in)?|Antragsteller(?:in)?)\b/i;

const REFERENCE = /^(?:[A-ZÄÖÜ][\p{L}]{0,6}[-/])?[\p{L}\d]+(?:[-./][\p{L}\d]+){1,6}(?:\s+miterledigt:?)?$/u;

const TRAILING_PAPER =
	/\s*[-–,(]?\s*(?:Vorlagen?|Drucksachen?|Drucks\.?|Drs\.?|DS|BV|VO|Beschlussvorlage)(?:[- ]?Nr\.?)?\s*:?\s*[\p{L}\d]*[-/.]?\d[\w./-]*\)?$/u;

/** Width at which paragraphs are wrapped; Infinity when each paragraph is one line. */
export function lineWidth(lines: readonly Line[]): number {
	const lengths = lines
		.filter((line) => !line.row)
		.map((line) => line.text.length)
		.sort((a, b) => a - b);
	const width = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
	return width > 170 || width < 30 ? Infinity : width;
}

export function itemOf(marker: Marker, lines: readonly Line[], width: number, listed: boolean): Item {
	const { title, last } = titleOf(marker, lines, width, listed);
	const number = marker.family === 'top' ? slice(marker.number, 0) : marker.number;
	return {
		number: derived(number.text.replace(/^([ÖN])\s?(?=\d)/u, '$1 '), number),
		title: printed(title.piece, title.wrapped ? 'doubtful' : 'sure', title.wrapped ? 'wrapped-line' : undefined),
		path: marker.path,
		lines: lines.slice(marker.line.index, last + 1) as Line[],
		text: null,
	};
}

/** The title: the rest of the numbered line and the lines it is wrapped into. */
export function titleOf(
	marker: Marker,
	lines: readonly Line[],
	width: number,
	listed: boolean,
): { title: { piece: Text; wrapped: boolean }; last: number } {
	let i = marker.line.index;
	const parts: Text[] = [];
	if (marker.rest.text) parts.push(marker.rest);
	else if (lines[i + 1] && !markerOf(lines[i + 1]!)) parts.push(lines[++i]!);
	if (!marker.line.row) {
		const first = i + 1;
		let end = first;
		while (
			end < lines.length &&
			lines[end]!.gap === 0 &&
			!markerOf(lines[end]!) &&
			!lines[end]!.bullet &&
			!lines[end]!.row &&
			!STOP_TITLE.test(lines[end]!.text) &&
			!REFERENCE.test(lines[end]!.text) &&
			!END.test(lines[end]!.text)
		)
			end++;
		const block = lines.slice(first, end);
		const whole =
			block.length <= 5 &&
			!/[.!?]$/.test(block[block.length - 1]?.text ?? '') &&
			block.reduce((n, l) => n + l.text.length, 0) < 320;
		const closed = marker.line.bold !== (block[0]?.bold ?? marker.line.bold) || marker.line.heading > 0;
		for (const line of closed ? [] : block) {
			if (!(whole && listed) && !wraps(lines[i]!, line, whole ? width : Infinity)) break;
			parts.push(line);
			i = line.index;
		}
	}
	if (marker.line.row && parts.length) i = continuedRow(lines, i, parts);
	const joined = themeOf(marker, joinLines(parts), lines);
	const paper = TRAILING_PAPER.exec(joined.text);
	const piece = strip(paper && paper.index > 8 ? slice(joined, 0, paper.index) : joined, /[\s:–—-]/);
	return { title: { piece: piece.text ? piece : joined, wrapped: parts.length > 2 }, last: i };
}

/** Rows under "TOP | Inhalt | Wer | Bis wann": the minutes are one table. */
export function inMinutesTable(marker: Marker, lines: readonly Line[]): boolean {
	if (!marker.cell) return false;
	for (let i = marker.line.index - 1; i >= 0 && i > marker.line.index - 60 && lines[i]!.row; i--) {
		const heads = lines[i]!.cells.map((cell) => cell.text);
		if (heads.some((head) => /^(?:TOP|Nr\.?|Pos\.?)$/i.test(head)))
			return heads.some((head) =>
				/^(?:wer|verantwortlich\p{L}*|zuständig\p{L}*|aufgaben?|to-?do|erledigung)\??$/iu.test(head),
			);
	}
	return false;
}

/** Minutes that are one table write "Theme: what was said" in a cell. */
function themeOf(marker: Marker, joined: Text, lines: readonly Line[]): Text {
	const theme = inMinutesTable(marker, lines) ? /^(\p{Lu}[^.:]{3,70}):\s/u.exec(joined.text) : null;
	return theme && !/\b(?:Antrag|Anfrage)\b/.test(theme[1]!) ? slice(joined, 0, theme[1]!.length) : joined;
}

/** A title cell that goes on in the next row, whose number cell is empty. */
function continuedRow(lines: readonly Line[], from: number, parts: Text[]): number {
	let i = from;
	while (lines[i + 1]?.row && lines[i + 1]!.gap === 0 && lines[i + 1]!.cells[0]!.text === '') {
		const cell = lines[i + 1]!.cells.find((other) => other.text);
		if (!cell || REFERENCE.test(cell.text) || STOP_TITLE.test(cell.text) || /^[^:]{2,30}:\s/.test(cell.text)) break;
		parts.push(cell);
		i++;
	}
	const below = lines[i + 1];
	if (
		below &&
		!below.row &&
		below.gap === 0 &&
		below.indent > lines[from]!.indent &&
		/^(?:hier:|\p{Ll})/u.test(below.text)
	) {
		parts.push(slice(below, 0));
		i++;
	}
	return i;
}

/** True when the sentence of `line` visibly goes on in `next`. */
export function wraps(line: Line, next: Line, width: number): boolean {
	if (
		/[,;–]$|(?<!\p{L})(?:und|oder|der|die|des|den|für|von|zur|zum|mit|im|in|am|an|zu|sowie|dem|bei|auf|über)$/u.test(
			line.text,
		)
	)
		return true;
	if (/\p{Ll}-$/u.test(line.text)) return true;
	if (/[.!?:]$/.test(line.text) || /^[^:]{2,30}:$|^(?:am|ab)\s\d|^[a-z]\)\s/u.test(next.text)) return false;
	if (/^\p{Ll}/u.test(next.text)) return true;
	return width !== Infinity && line.text.length + next.text.split(' ', 1)[0]!.length >= width * 0.92;
}

export function alike(a: string, b: string): boolean {
	const x = fold(a).split(' ');
	const y = new Set(fold(b).split(' '));
	const hits = x.filter((word) => y.has(word)).length;
	return hits * 2 >= Math.min(x.length, y.size) && hits > 0;
}
