import { type Text, slice, strip } from './text.ts';
import type { Line } from './lines.ts';
import { type Found, derived, printed } from './found.ts';
import { findDates } from './dates.ts';
import { findSpan } from './times.ts';

export type FoundNext = {
	date: Found<string>;
	start: Found<string> | null;
	end: Found<string> | null;
	title: Found<string> | null;
	location: Found<string> | null;
};

const HEADING =
	/(?:^|\s)(?:(?:die\s+)?(?:nächste[rns]?|kommende[rns]?|weitere[rns]?|folgende[rns]?|künftige[rns]?|geplante[rns]?)\s+(?:(?:öffentliche|ordentliche|reguläre|gemeinsame)[rns]?\s+)?\p{L}*(?:sitzung(?:en)?|termine?|treffen|beratung(?:en)?|zusammenkunft|zusammenkünfte|versammlung|veranstaltungen|workshops?|runde|klausur|beiratssitzung(?:en)?)|sitzungstermine|terminvorschau|termine|terminplan(?:ung)?|folgetermine?|nächster\s+runder\s+tisch)/iu;
const SENTENCE =
	/(?:nächste[rns]?|kommende[rns]?|folgende[rns]?|weitere[rns]?)\s+(?:\p{L}+\s+){0,2}?\p{L}*(?:sitzung|treffen|termin|beratung|zusammenkunft|versammlung|workshop|runde[rn]?\s+tisch|beirat|plenum)|trifft\s+sich\s+(?:\p{L}+\s+)?(?:wieder|erneut|das\s+nächste\s+Mal|nächstes\s+Mal)|treffen\s+(?:uns|sich)\s+(?:wieder|erneut)|nächstes\s+Mal/iu;
const HELD = /(?:findet|finden|fand)\s.{0,200}?\bstatt\b|\bstattfinden\b|\bfindet\s+am\b/isu;

/** Dates of coming meetings: after a heading or in a sentence about the next meeting. */
export function readNextDates(
	lines: readonly Line[],
	session: string | null,
	skip: (line: Line) => boolean,
): FoundNext[] {
	const out: FoundNext[] = [];
	const year = session ? Number(session.slice(0, 4)) : null;
	const seen = new Set<string>();
	const push = (entry: FoundNext | null) => {
		if (!entry || seen.has(entry.date.value) || (session && entry.date.value <= session)) return;
		seen.add(entry.date.value);
		out.push(entry);
	};
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i]!;
		if (skip(line)) continue;
		const label = HEADING.exec(line.text);
		const isHeading = label && (line.text.length < 70 || line.row) && !/[a-zäöü]\.$/.test(line.text);
		const here = (isHeading || SENTENCE.test(line.text)) && !/letzten|vergangenen/.test(line.text);
		if (!here) continue;
		const text = sentenceFrom(lines, i);
		const found = entries(text, year);
		found.forEach(push);
		if (!isHeading || (found.length && !/termine|sitzungen|treffen$/i.test(label![0]))) continue;
		for (let j = i + 1; j < lines.length && j <= i + 14; j++) {
			const next = lines[j]!;
			if (next.heading && j > i + 1) break;
			if (
				/^\p{Lu}[\p{L} .-]+,\s*(?:den\s+)?\d{1,2}\.\s?[\d\p{L}]+\.?\s?\d{4}$/u.test(next.text) &&
				!/(?:tag|woch|abend),/.test(next.text)
			)
				break;
			const dates = entries(next, year);
			if (!dates.length) {
				if (out.length && !next.row && next.gap > 0) break;
				if (next.gap > 0 && j > i + 2 && !dates.length) break;
				continue;
			}
			dates.forEach(push);
		}
	}
	return out;
}

/** For papers: events announced with "findet am … statt" or a dated meeting to come. */
export function readAnnounced(lines: readonly Line[], paragraphs: readonly Text[], after: string | null): FoundNext[] {
	void lines;
	const out: FoundNext[] = [];
	for (const text of paragraphs) {
		if (!HELD.test(text.text)) continue;
		for (const entry of entries(text, null))
			if ((!after || entry.date.value > after) && !out.some((o) => o.date.value === entry.date.value)) out.push(entry);
	}
	return out;
}

/** The sentence (or wrapped lines) that starts at line i. */
function sentenceFrom(lines: readonly Line[], i: number): Text {
	const line = lines[i]!;
	if (line.row) return line;
	let text = line.text;
	const at = [...line.at];
	for (
		let j = i + 1;
		j < lines.length && j < i + 4 && lines[j]!.gap === 0 && !lines[j]!.bullet && !/[.:]$/.test(text);
		j++
	) {
		text += ` ${lines[j]!.text}`;
		at.push(at[at.length - 1]!, ...lines[j]!.at);
	}
	return { text, at };
}

function entries(piece: Text, year: number | null): FoundNext[] {
	const dates = findDates(piece.text, year);
	// "jeweils um 17 Uhr" counts for every date of the sentence.
	const each = /(?:jeweils|immer|je|stets)\b.{0,20}/iu.exec(piece.text);
	const common = each && dates.length > 1 ? findSpan(each[0]) : null;
	return dates.flatMap((date, n) => {
		if (!date.iso) return [];
		const until = dates[n + 1]?.from ?? piece.text.length;
		const after = piece.text.slice(date.to, until);
		const span = findSpan(after);
		const start = span?.start
			? derived(span.start, slice(piece, date.to + span.from, date.to + span.to))
			: common?.start
				? derived(common.start, slice(piece, each!.index + common.from, each!.index + common.to))
				: null;
		const end = span?.end ? derived(span.end, slice(piece, date.to + span.from, date.to + span.to)) : null;
		return [
			{
				date: derived(
					date.iso,
					slice(piece, date.from, date.to),
					date.year ? 'sure' : 'doubtful',
					date.year ? undefined : 'year-supplied',
				),
				start,
				end,
				title: titleIn(piece, date.from, n),
				location: placeIn(piece, date.to, until),
			} as FoundNext,
		];
	});
}

function titleIn(piece: Text, to: number, n: number): Found<string> | null {
	if (n > 0) return null;
	const begun = strip(slice(piece, 0, to), /[\s:,–-]/);
	const lead = slice(begun, /^(?:[a-z]\)|\d{1,2}[.)])\s+/.exec(begun.text)?.[0].length ?? 0);
	const clean = lead.text
		.replace(/\s+(?:findet|ist|wird|am|den|dem|statt|voraussichtlich|für)\b.*$/su, '')
		.replace(/^(?:Die|Der|Das)\s+/, '');
	const from = lead.text.indexOf(clean);
	return clean.length > 4 && clean.length < 90
		? printed(strip(slice(lead, from, from + clean.length), /[\s:,–-]/))
		: null;
}

function placeIn(piece: Text, from: number, to: number): Found<string> | null {
	const after = piece.text.slice(from, to);
	const match =
		/(?:\b(?:im|in\s+de[rmn]|Ort:)\s+)((?:\p{Lu}|\d)[^.;()]{2,70}?)(?=\s+(?:um\b|statt|ab\s+\d)|[.;()]|$)/u.exec(
			after,
		) ?? /(?:Uhr|\d:\d\d)\s*[,–-]\s*(\p{Lu}[^.;()]{3,70}?)(?=[.;()]|$)/u.exec(after);
	if (!match) return null;
	const at = from + match.index + match[0].indexOf(match[1]!);
	return printed(strip(slice(piece, at, at + match[1]!.length), /[\s,]/));
}
