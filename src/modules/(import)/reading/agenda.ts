import { type Text, join, joinLines, slice } from './text.ts';
import type { Line } from './lines.ts';
import { type Marker, markerOf } from './markers.ts';
import { printed } from './found.ts';
import { type Item, END, lineWidth, itemOf, titleOf, alike } from './agenda/item.ts';
import { readOverview } from './agenda/overview.ts';
import { bodyChain } from './agenda/chain.ts';

export type Agenda = {
	items: Item[];
	/** Line index → item, for votes and tasks. */
	itemAt: (line: Line) => Item | null;
	/** Lines that give the titles of items in the agenda's list. */
	titles: ReadonlySet<Line>;
	/** Index of the first line that belongs to the agenda; the number of lines when there is none. */
	start: number;
};

/** The agenda: from a list under "Tagesordnung", else from numbered headings, with the text of each item. */
export function readAgenda(lines: readonly Line[], invitation: boolean): Agenda {
	const all = lines.map(markerOf).filter((m) => m !== null);
	const markers = all.filter((m) => !isLabelled(m, lines));
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
	if (!items.length) items = excerptItem(lines, all, width);
	if (!items.length) items = headingItems(lines);
	return attach(items, chain, lines, overview ? overview.start : null);
}

/** An excerpt names its one item under "Gegenstand:" or "Betreff:". */
function excerptItem(lines: readonly Line[], markers: readonly Marker[], width: number): Item[] {
	const label = lines.find((line) =>
		/^(?:Gegenstand|Betreff|Tagesordnungspunkt|Beratungsgegenstand|TOP)\s*:?$/i.test(line.text),
	);
	const marker = label && markers.find((m) => m.line.index === label.index + 1);
	if (marker) return [itemOf(marker, lines, width, true)];
	const form = markers.find((m) => isLabelled(m, lines));
	const title = form && subjectOf(lines);
	return form && title ? [{ ...itemOf(form, lines, width, true), title: printed(title), lines: [form.line] }] : [];
}

/** "TOP: 6.2" as a label among other labels ("Gremium: …"): the form of an excerpt, no heading. */
function isLabelled(marker: Marker, lines: readonly Line[]): boolean {
	const near = [lines[marker.line.index - 1], lines[marker.line.index + 1]];
	return (
		marker.family === 'top' &&
		!marker.rest.text &&
		near.some((line) =>
			/^(?:Gremium|Datum|Sitzung|Betreff|Beschlussart|Status|Vorlage|Zeit|Raum)\s*:/.test(line?.text ?? ''),
		)
	);
}

/** What an excerpt is about: a labelled subject, "Auszug - …", or the title behind the number of the paper. */
function subjectOf(lines: readonly Line[]): Text | null {
	const patterns = [
		/^(?:Betreff|Gegenstand|Beratungsgegenstand|Bezeichnung|Thema)\s*:\s*(\S.{4,})$/u,
		/^(?:Beschluss)?[Aa]uszug\s+[–-]\s+(\S.{4,})$/u,
		/^(?:Vorlage|Drucksache)\s*:\s*\S*\d\S*\s+[–-]?\s*(\S.{4,})$/u,
	];
	for (const pattern of patterns) {
		for (const line of lines.slice(0, 25)) {
			const match = pattern.exec(line.text);
			if (match) return slice(line, line.text.length - match[1]!.length);
		}
	}
	return null;
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
