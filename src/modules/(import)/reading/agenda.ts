import { type Text, fold, join, joinLines, slice, strip } from './text.ts';
import type { Line } from './lines.ts';
import { type Marker, follows, isPart, markerOf } from './markers.ts';
import { type Found, derived, printed } from './found.ts';

export type Item = {
	number: Found<string> | null;
	title: Found<string>;
	path: number[];
	/** The lines that belong to the item, without its title. */
	lines: Line[];
	text: Found<string> | null;
};

export type Agenda = {
	items: Item[];
	/** Line index → item, for votes and tasks. */
	itemAt: (line: Line) => Item | null;
	/** Lines that give the titles of items in the agenda's list. */
	titles: ReadonlySet<Line>;
	/** Index of the first line that belongs to the agenda; the number of lines when there is none. */
	start: number;
};

const HEADING =
	/^(?:(?:Vorschlag\s+(?:für|zur)\s+(?:die\s+|der\s+)?|Entwurf\s+der\s+)?(?:(?:vorläufige|vorgeschlagene|geänderte|neue|beschlossene|festgelegte|genehmigte)\s+)?(?:Tagesordnung|Tagesordnungspunkte|Tagesordnung\/Themen|Themen|Agenda|Besprechungspunkte|Traktanden(?:liste)?|(?:Nicht[\s-]?)?Öffentlicher\s+Teil|TOPs?)(?:\s+(?:der|des|für)\s.{0,60}|\s*\(.{0,60}\)|\s+(?:öffentlicher|nichtöffentlicher)\s+Teil)?\s*:?)$/i;
const END =
	/^(?:Ende\s+der\s+(?:Sitzung|Veranstaltung|Versammlung)|Sitzungsende|Ende\s*:|F\.\s?d\.\s?R|gez\.|Zur\s+Beurkundung|Für\s+die\s+Richtigkeit|(?:Der|Die)\s+(?:Schriftführer|Protokollführer)|Protokoll(?:führung|ant(?:in)?|führer(?:in)?)?\s*:|Schriftführ\p{L}*\s*:|Anlagen?\s*:|Die\s+(?:Sitzung|Vorsitzende)\s.{0,60}(?:schließt|geschlossen|beendet)|Herr\s.{0,40}schließt\s+die\s+Sitzung|Frau\s.{0,40}schließt\s+die\s+Sitzung|Unterschrift)/iu;
const STOP_TITLE =
	/^(?:Vorlage|Drucksache|Drs\.?|Beschluss(?:vorlage|vorschlag|text|nr\.?)?|Abstimmung|Abstimmungsergebnis|Bericht(?:erstatter(?:in)?)|Antrag(?:steller)?|miterledigt|Verantwortlich|Einreicher|Gast|Gäste|Dazu|Zuständig)\b[^.]{0,12}:|^(?:Berichterstatter(?:in)?|Antragsteller(?:in)?)\b/i;
const REFERENCE = /^(?:[A-ZÄÖÜ][\p{L}]{0,6}[-/])?[\p{L}\d]+(?:[-./][\p{L}\d]+){1,6}(?:\s+miterledigt:?)?$/u;
const TRAILING_PAPER =
	/\s*[-–,(]?\s*(?:Vorlagen?|Drucksachen?|Drs\.?|DS|BV|VO|Beschlussvorlage)(?:[- ]?Nr\.?)?\s*:?\s*[\p{L}\d]*[-/.]?\d[\w./-]*\)?$/u;

/** The agenda: from a list under "Tagesordnung", else from numbered headings, with the text of each item. */
export function readAgenda(lines: readonly Line[], invitation: boolean): Agenda {
	const markers = lines.map(markerOf).filter((m) => m !== null);
	const width = lineWidth(lines);
	const overview = readOverview(lines, markers, width, invitation);
	const after = overview ? overview.end : 0;
	const chain = bodyChain(
		markers.filter((m) => m.line.index >= after),
		lines,
		width,
		overview?.items ?? null,
	);
	if (overview)
		overview.items = overview.items.filter(
			(item) => !/^\W*(?:abgesetzt|entfällt|zurückgezogen|entfallen)\W*$/i.test(item.title.value),
		);
	let items =
		overview && overview.items.length >= chain.length
			? overview.items
			: chain.map((m) => itemOf(m, lines, width, false));
	if (
		overview &&
		items !== overview.items &&
		overview.items.length > 1 &&
		chain.length < overview.items.length * 2 &&
		chain[0]!.path[0] === overview.items[0]!.path[0]
	)
		items = overview.items;
	if (!items.length) items = excerptItem(lines, markers, width);
	if (!items.length) items = headingItems(lines);
	return attach(items, chain, lines, overview ? overview.start : null);
}

/** Width at which paragraphs are wrapped; Infinity when each paragraph is one line. */
function lineWidth(lines: readonly Line[]): number {
	const lengths = lines
		.filter((line) => !line.row)
		.map((line) => line.text.length)
		.sort((a, b) => a - b);
	const width = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
	return width > 170 || width < 30 ? Infinity : width;
}

type Overview = { items: Item[]; start: number; end: number };

function readOverview(
	lines: readonly Line[],
	markers: readonly Marker[],
	width: number,
	invitation: boolean,
): Overview | null {
	let best: Overview | null = null;
	for (const line of lines) {
		if (!HEADING.test(line.text) || line.text.length > 90) continue;
		const found = overviewAfter(lines, markers, line.index + 1, width, invitation);
		if (found && (!best || found.items.length > best.items.length)) best = { ...found, start: line.index };
	}
	return best;
}

function overviewAfter(
	lines: readonly Line[],
	markers: readonly Marker[],
	from: number,
	width: number,
	invitation: boolean,
): Overview | null {
	const chain: Marker[] = [];
	let end = lines.length;
	for (const marker of markers) {
		if (marker.line.index < from || !marker.rest.text) continue;
		const last = chain[chain.length - 1];
		if (last && !invitation && marker.line.index - last.line.index > 9) {
			end = last.line.index + 1;
			break;
		}
		if (!last) {
			if (marker.line.index - from > 12 || marker.path[0]! > 1) break;
			chain.push(marker);
		} else if (
			follows(last.path, marker.path, 1) ||
			(marker.family !== last.family && marker.path[0] === 1 && marker.family === 'letter') ||
			(/^N/.test(marker.number.text) && /^Ö/.test(last.number.text)) ||
			restarts(lines, last, marker)
		) {
			if (marker.family === last.family || last.family === 'letter' || marker.path.length > 1) chain.push(marker);
		} else if (marker.path[0] === 1 && !invitation && marker.path.length === 1) {
			end = marker.line.index;
			break;
		}
	}
	if (chain.length < 2) return plainList(lines, from);
	const items = chain.map((marker) => itemOf(marker, lines, width, true));
	const last = chain[chain.length - 1]!;
	return { items, start: from, end: Math.min(end, invitation ? lines.length : last.line.index + 1) };
}

/** Bullets or short lines without numbers right under the heading. */
function plainList(lines: readonly Line[], from: number): Overview | null {
	const items: Item[] = [];
	let i = from;
	for (; i < lines.length; i++) {
		const line = lines[i]!;
		if (
			line.text.length > 160 ||
			line.heading ||
			(/[.!?]$/.test(line.text) && line.text.length > 60) ||
			END.test(line.text) ||
			/^[^:]{2,30}:\s/.test(line.text)
		)
			break;
		if (i > from && line.gap > 0 && !line.bullet) break;
		if (items.length && !line.bullet && lines[i - 1]!.bullet) break;
		items.push({ number: null, title: printed(slice(line, 0)), path: [], lines: [], text: null });
	}
	return items.length >= 2 ? { items, start: from, end: i } : null;
}

function itemOf(marker: Marker, lines: readonly Line[], width: number, listed: boolean): Item {
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
function titleOf(
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
	const joined = joinLines(parts);
	const paper = TRAILING_PAPER.exec(joined.text);
	const piece = strip(paper && paper.index > 8 ? slice(joined, 0, paper.index) : joined, /[\s:–—-]/);
	return { title: { piece: piece.text ? piece : joined, wrapped: parts.length > 2 }, last: i };
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
	return i;
}

/** True when the sentence of `line` visibly goes on in `next`. */
function wraps(line: Line, next: Line, width: number): boolean {
	if (
		/[,;–]$|\b(?:und|oder|der|die|des|den|für|von|zur|zum|mit|im|in|am|an|zu|sowie|dem|bei|auf|über)$/u.test(line.text)
	)
		return true;
	if (/\p{Ll}-$/u.test(line.text)) return true;
	if (/[.!?:]$/.test(line.text) || /^[^:]{2,30}:$|^(?:am|ab)\s\d|^[a-z]\)\s/u.test(next.text)) return false;
	if (/^\p{Ll}/u.test(next.text)) return true;
	return width !== Infinity && line.text.length + next.text.split(' ', 1)[0]!.length >= width * 0.92;
}

/** Numbered headings in running minutes; lists inside an item start again at 1 and are passed over. */
function bodyChain(
	markers: readonly Marker[],
	lines: readonly Line[],
	width: number,
	overview: readonly Item[] | null,
): Marker[] {
	const chains = (['top', 'letter', 'number', 'roman'] as const).map((family) => {
		const own = markers.filter(
			(m) => m.family === family && (family === 'top' || family === 'letter' || isHeading(m, lines, width, overview)),
		);
		return longestChain(own, lines, family === 'top' || family === 'letter');
	});
	const [top, letter, number, roman] = chains as [Marker[], Marker[], Marker[], Marker[]];
	if (top.length && (top.length > 1 || number.length < 3)) return withLevels(top, number);
	if (letter.length > 1) return letter;
	if (number.length >= 2) return number;
	return roman.length > 2 ? roman : [];
}

/** "TOP 3" as main items and "3.1" as bare numbers under them. */
function withLevels(top: Marker[], number: readonly Marker[]): Marker[] {
	const extra = number.filter(
		(m) =>
			m.path.length > 1 &&
			top.some((t) => t.path.length === 1 && t.path[0] === m.path[0] && t.line.index < m.line.index) &&
			!top.some((t) => t.path.join('.') === m.path.join('.')),
	);
	return extra.length ? [...top, ...extra].sort((a, b) => a.line.index - b.line.index) : top;
}

function isHeading(marker: Marker, lines: readonly Line[], width: number, overview: readonly Item[] | null): boolean {
	const { line, rest } = marker;
	if (overview) {
		const listed = overview.find((item) => item.path.join('.') === marker.path.join('.'));
		if (listed) return alike(listed.title.value, rest.text);
	}
	if (!rest.text)
		return !!lines[line.index + 1] && !markerOf(lines[line.index + 1]!) && lines[line.index + 1]!.text.length < 160;
	if (line.bullet || rest.text.length > 320 || !/^[\p{Lu}\d„"»(]/u.test(rest.text)) return false;
	if (line.bold || line.heading) return true;
	if (/[.;!]$/.test(rest.text) && rest.text.length > 40) return false;
	const next = lines[line.index + 1];
	if (next && next.gap === 0 && !markerOf(next) && wraps(line, next, width)) {
		let i = next.index;
		while (lines[i + 1] && lines[i + 1]!.gap === 0 && !markerOf(lines[i + 1]!)) i++;
		return i - line.index <= 4 && !/[.;?!]$/.test(lines[i]!.text);
	}
	return true;
}

function alike(a: string, b: string): boolean {
	const x = fold(a).split(' ');
	const y = new Set(fold(b).split(' '));
	const hits = x.filter((word) => y.has(word)).length;
	return hits * 2 >= Math.min(x.length, y.size) && hits > 0;
}

/** The run of numbers that starts earliest and goes furthest; `gaps` allows left-out numbers. */
function longestChain(markers: readonly Marker[], lines: readonly Line[], gaps: boolean): Marker[] {
	let best: Marker[] = [];
	let tries = 0;
	for (let start = 0; start < markers.length && tries < 12; start++) {
		const first = markers[start]!;
		if (
			best.includes(first) ||
			(!gaps && first.path[0]! > 1 && (best.length > 1 || markers.some((m) => m.path[0] === 1)))
		)
			continue;
		tries++;
		const chain = chainFrom(markers, lines, start, gaps);
		if (chain.length > best.length) best = chain;
	}
	return best;
}

/** Number 1 again after a heading of the closed part. */
function restarts(lines: readonly Line[], last: Marker, marker: Marker): boolean {
	if (marker.path.length > 1 || marker.path[0] !== 1) return false;
	for (let i = last.line.index + 1; i < marker.line.index; i++)
		if (isPart(lines[i]!) && /nicht/i.test(lines[i]!.text)) return true;
	return false;
}

function chainFrom(markers: readonly Marker[], lines: readonly Line[], start: number, gaps: boolean): Marker[] {
	const chain = [markers[start]!];
	const seen = new Set([markers[start]!.path.join('.')]);
	let nested = 0;
	for (let i = start + 1; i < markers.length; i++) {
		const marker = markers[i]!;
		const last = chain[chain.length - 1]!;
		if (!marker.rest.text && gaps && seen.has(marker.path.join('.'))) continue;
		const fits =
			follows(last.path, marker.path, gaps ? 30 : 1) ||
			restarts(lines, last, marker) ||
			(/^N/.test(marker.number.text) && /^Ö/.test(last.number.text));
		if (marker.path.length === 1 && marker.path[0] === 1 && !fits) nested = 1;
		else if (nested && marker.path[0] === nested + 1 && !sameStyle(marker, markers[start]!)) nested++;
		else if (fits && !(gaps && /^\p{Ll}/u.test(marker.rest.text))) {
			if (nested && marker.path[0] === nested + 1 && !sameStyle(marker, markers[start]!)) continue;
			nested = 0;
			chain.push(marker);
			seen.add(marker.path.join('.'));
		}
	}
	return chain;
}

function sameStyle(a: Marker, b: Marker): boolean {
	return (
		a.line.bold === b.line.bold &&
		a.line.heading === b.line.heading &&
		a.line.gap > 0 === b.line.gap > 0 &&
		Math.abs(a.line.indent - b.line.indent) < 3
	);
}

/** An excerpt names its one item under "Gegenstand:" or "Betreff:". */
function excerptItem(lines: readonly Line[], markers: readonly Marker[], width: number): Item[] {
	const label = lines.find((line) =>
		/^(?:Gegenstand|Betreff|Tagesordnungspunkt|Beratungsgegenstand|TOP)\s*:?$/i.test(line.text),
	);
	const marker = label && markers.find((m) => m.line.index === label.index + 1);
	return marker ? [itemOf(marker, lines, width, true)] : [];
}

const NO_ITEM =
	/^(?:anwesen|teilnehm|entschuldigt|gäste|termin|nächste|ort\b|datum|protokoll|niederschrift|ergebnisprotokoll|einladung|beschlüsse?$|aufgaben|to-?dos?|anlage|unterschrift|verteiler)/i;

/** Markdown or bold headings as items without number, when nothing is numbered. */
function headingItems(lines: readonly Line[]): Item[] {
	const heads = lines.filter((line) => line.heading > 1 && line.text.length < 160 && !NO_ITEM.test(line.text));
	if (heads.length < 2) return [];
	const level = Math.min(...heads.map((line) => line.heading));
	return heads
		.filter((line) => line.heading === level)
		.map((line) => ({ number: null, title: printed(slice(line, 0)), path: [], lines: [line], text: null }));
}

/** Finds the passage of every item in the body and hands out its lines. */
function attach(items: Item[], chain: readonly Marker[], lines: readonly Line[], start: number | null): Agenda {
	const width = lineWidth(lines);
	const anchors: { index: number; item: Item; titleEnd: number }[] = [];
	const taken = new Set<Marker>();
	for (const item of items) {
		const own = item.lines[0];
		const anchor = chain.find(
			(m) => !taken.has(m) && m.path.length > 0 && m.path.join('.') === item.path.join('.') && sameLetter(m, item),
		);
		if (anchor) taken.add(anchor);
		if (anchor && (!own || anchor.line !== own))
			anchors.push({ index: anchor.line.index, item, titleEnd: titleEndOf(anchor, item, lines, width) });
		else if (own) anchors.push({ index: own.index, item, titleEnd: own.index + item.lines.length });
	}
	const titles = new Set<Line>(items.flatMap((item) => item.lines));
	anchors.sort((a, b) => a.index - b.index);
	const owner = new Map<Line, Item>();
	anchors.forEach((anchor, i) => {
		let end = anchors[i + 1]?.index ?? lines.length;
		if (i === anchors.length - 1) {
			for (let j = anchor.titleEnd; j < end; j++)
				if (END.test(lines[j]!.text) || (lines[j]!.heading && lines[j]!.heading <= lines[anchor.index]!.heading))
					end = j;
		}
		for (let j = anchor.index; j < end; j++) owner.set(lines[j]!, anchor.item);
		anchor.item.lines = lines.slice(anchor.titleEnd, end) as Line[];
		const text = joinParagraphs(anchor.item.lines);
		anchor.item.text = text.text ? printed(text) : null;
	});
	const first = Math.min(start ?? Infinity, anchors[0]?.index ?? Infinity);
	return {
		items,
		itemAt: (line) => owner.get(line) ?? null,
		titles,
		start: Number.isFinite(first) ? first : lines.length,
	};
}

/** "TOP 2" alone: the next line is the title again only when it reads like it. */
function titleEndOf(anchor: Marker, item: Item, lines: readonly Line[], width: number): number {
	const next = lines[anchor.line.index + 1];
	if (!anchor.rest.text && next && (/[.!?]$/.test(next.text) || !alike(item.title.value, next.text)))
		return anchor.line.index + 1;
	return titleOf(anchor, lines, width, false).last + 1;
}

function sameLetter(marker: Marker, item: Item): boolean {
	const a = /^[ÖN]/.exec(marker.number.text)?.[0] ?? '';
	const b = /^[ÖN]/.exec(item.number?.value ?? '')?.[0] ?? '';
	return a === b || !a || !b;
}

/** Paragraphs with line ends taken out; paragraphs are parted by a line end. */
export function joinParagraphs(lines: readonly Line[]): Text {
	const parts: Text[] = [];
	let block: Line[] = [];
	const flush = () => {
		if (block.length) parts.push(joinLines(block));
		block = [];
	};
	for (const line of lines) {
		const goesOn =
			line.pageBreak &&
			block.length > 0 &&
			!/[.!?:]$/.test(block[block.length - 1]!.text) &&
			/^\p{Ll}/u.test(line.text);
		if ((line.gap > 0 && !goesOn) || line.bullet || line.row) flush();
		block.push(line);
	}
	flush();
	return join(parts, '\n');
}
