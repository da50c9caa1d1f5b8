import { type Text, fold, join, joinLines, slice, strip } from './text.ts';
import type { Line } from './lines.ts';
import { type Found, derived, printed } from './found.ts';
import { type Field, fieldOf } from './labels.ts';
import { bodyIn, municipalityIn } from './bodies.ts';
import { findDates, type FoundDate } from './dates.ts';
import { findSpan, findTimes } from './times.ts';
import { personOf } from './persons.ts';

export type SessionHead = {
	municipality: Found<string> | null;
	body: Found<string> | null;
	title: Found<string> | null;
	sessionNumber: Found<number> | null;
	date: Found<string> | null;
	/** The weekday printed with the date, 1 = Monday. */
	weekday: number | null;
	start: Found<string> | null;
	end: Found<string> | null;
	location: Found<string> | null;
	public: Found<boolean> | null;
	chair: Found<string> | null;
	minutesTaker: Found<string> | null;
};

const TITLE_WORD = /(?:\p{L}*protokoll(?:auszug)?|\p{L}*niederschrift|einladung|bekanntmachung|gesprächsnotiz|aktennotiz|vermerk|sitzungsbericht|auszug)(?![\p{L}])/iu;
const SESSION_WORD = /\p{L}*(?:sitzung(?:en)?|treffens?|tagung|versammlung|zusammenkunft|workshops?|besprechung|beratung|klausur|runde[rn]?\s+tisch\p{L}*)(?![\p{L}])/iu;
const ORDINALS = ['erste', 'zweite', 'dritte', 'vierte', 'fünfte', 'sechste', 'siebte', 'achte', 'neunte', 'zehnte', 'elfte', 'zwölfte'];
const PLACE = /\p{L}*(?:saal|rathaus|raum|zimmer|haus|zentrum|halle|gebäude|schule|bibliothek|bücherei|foyer|treff|straße|str\.|platz|videokonferenz|zoom|webex|bigbluebutton|online|hybrid|kulturzentrum|akademie|forum|kirche|verwaltungsgebäude|landratsamt|büro|aula|mensa|café|cafe)(?![\p{L}])/iu;

/** Body, number, date, times, place and officers of a session, from its head and a few telling sentences. */
export function readSession(lines: readonly Line[], fields: readonly Field[], agendaStart: number, invitation: boolean): SessionHead {
	const head = lines.slice(0, Math.max(8, Math.min(agendaStart, 45)));
	const title = readTitle(head, invitation);
	const titleText = title?.whole ?? null;
	const date = readDate(head, fields, titleText, invitation);
	const times = readTimes(lines, head, fields, titleText, date?.line ?? null);
	return {
		municipality: first(head, municipalityIn) ?? first(lines.slice(-8), municipalityIn),
		body: readBody(head, fields, titleText),
		title: title?.title ?? null,
		sessionNumber: readNumber(head, fields, titleText),
		date: date?.found ?? null,
		weekday: date?.weekday ?? null,
		...times,
		location: readLocation(head, fields, titleText, date?.line ?? null),
		public: readPublic(head, titleText, lines),
		chair: readChair(lines, fields),
		minutesTaker: readMinutesTaker(lines, fields)
	};
}

function first<T>(lines: readonly Line[], read: (piece: Text) => T | null): T | null {
	for (const line of lines) {
		const found = read(line);
		if (found) return found;
	}
	return null;
}

type Title = { title: Found<string>; whole: Text };

function readTitle(head: readonly Line[], invitation: boolean): Title | null {
	const marked = (line: Line) => TITLE_WORD.test(line.text) && line.text.length < 260 && !/^\d+[.)](?!.{0,16}\b[Ee]inladung)|^TOP|:\s*(?:Herr|Frau|\p{Lu}\p{L}+ \p{Lu})/u.test(line.text) && !/(?:genehmigung|bestätigung|protokollführ|protokollant)/i.test(line.text) && !/^Protokoll\s*:/i.test(line.text);
	let at = head.findIndex((line) => marked(line) && (SESSION_WORD.test(line.text) || /^\W*\p{L}*(?:protokoll|niederschrift|einladung|bekanntmachung|auszug)/iu.test(line.text)));
	if (at >= 0 && head[at]!.header) {
		const other = head.findIndex((line, i) => i > at && !line.header && marked(line));
		if (other >= 0) at = other;
	}
	if (at < 0) at = head.findIndex(marked);
	if (at < 0) at = head.findIndex((line) => /\d{1,3}\.\s.{0,60}(?:sitzung|treffen)|^(?:öffentliche\s)?sitzung\s+de[rs]\s/iu.test(line.text) && line.text.length < 200);
	if (at < 0) return null;
	const startLine = head[at]!;
	const startCell = startLine.row ? startLine.cells.find((cell) => TITLE_WORD.test(cell.text)) ?? startLine : startLine;
	const parts: Text[] = [startCell === startLine ? slice(startLine, 0) : startCell];
	if (/^\W*(?:öffentliche\s+)?(?:einladung|bekanntmachung)\W*$/i.test(startCell.text)) {
		const session = head.slice(at + 1).find((line) => /\d{1,3}\.\s.{0,60}(?:sitzung|treffen|versammlung)|(?:sitzung|treffen|versammlung)\s+de[rs]\s/iu.test(line.text) && line.text.length < 200);
		if (session) parts.push(trimSession(session));
	} else {
		for (let i = at + 1; i < head.length && parts.length < 5; i++) if (!continuesTitle(head[i - 1]!, head[i]!, parts)) break; else parts.push(slice(head[i]!, 0));
	}
	const whole = joinLines(parts);
	return { title: printed(strip(cutTitle(whole), /[\s,:;–-]/)), whole };
}

function continuesTitle(before: Line, line: Line, parts: readonly Text[]): boolean {
	if (line.row || line.gap > 2 || line.text.length > 180 || /^[^:]{2,30}:(?:\s|$)/.test(line.text) || /^(?:öffentlich|nichtöffentlich|nicht öffentlich|Seite)\b/i.test(line.text)) return false;
	if ((findDates(line.text)[0]?.from ?? 99) < 3 || /^(?:um|von)\s+\d/.test(line.text)) return false;
	const short = parts.length === 1 && parts[0]!.text.length < 28 && !SESSION_WORD.test(parts[0]!.text);
	if (short && !bodyIn(parts[0]!) && (SESSION_WORD.test(line.text) || bodyIn(line))) return true;
	if (/^[„"»]/.test(line.text)) return line.gap === 0;
	if (/^(?:über|der|des|zur|zum|von|vom|am|für|zu|im\s+Rahmen|und|mit|aus)\s/.test(line.text)) return line.gap <= 2;
	return line.gap === 0 && (/(?:\b(?:und|der|die|des|für|zur|zum|von|über|am|dem|den)|[,–-])$/u.test(before.text) || (parts.length > 1 && before.text.length > 45 && line.text.length < before.text.length && !PLACE.test(line.text) && !findTimes(line.text).length));
}

/** A title ends with its date; times and places after it belong to other fields. */
function cutTitle(whole: Text): Text {
	const span = findSpan(whole.text);
	const [date] = findDates(whole.text);
	const cut = span && date && span.from > date.to ? whole.text.slice(0, span.from).search(/[\s,–-]*(?:von|um|ab|,|–|-|\()?[\s,–-]*$/u) : -1;
	const shorter = cut > 10 ? slice(whole, 0, cut) : whole;
	// A weekday shows that the date is the line of the session's date rather than part of the title.
	if (date?.weekday && date.from > 60) return slice(shorter, 0, shorter.text.slice(0, date.from).replace(/[\s,–-]*(?:am|vom)?[\s,]*$/u, '').length);
	const tail = date ? shorter.text.slice(date.to) : '';
	if (date && date.from > 10 && /^\s*[,;|]/.test(tail)) return slice(shorter, 0, date.to);
	const place = /,?\s+(?:im|in\s+der|in\s+den)\s+\p{L}*(?:saal|rathaus|raum|haus|zentrum|halle)\b.*$/iu.exec(shorter.text);
	return place && place.index > 25 ? slice(shorter, 0, place.index) : shorter;
}

function trimSession(line: Line): Text {
	const lead = /^(?:.{0,180}?\b(?:zur|zum|zu der|der|die)\s+)(?=\d|\p{Ll}*\s?\p{Lu}?\p{L}*sitzung)/u.exec(line.text);
	const rest = slice(line, lead ? Math.max(0, lead[0].search(/\S+\s*$/)) : 0);
	const cut = /[,\s]+(?:am|um|statt|findet|,|ein)(?:\s.*)?$/u.exec(rest.text);
	return slice(rest, 0, cut && cut.index > 10 ? cut.index : rest.text.length);
}

function readBody(head: readonly Line[], fields: readonly Field[], title: Text | null): Found<string> | null {
	const label = fieldOf(fields.filter((f) => f.line.index < 45 && f.colon), /^(?:gremium|ausschuss|beirat|gruppe|arbeitsgruppe|name des gremiums|sitzung des|sitzung)$/);
	if (label && label.value.text.length < 140) {
		if (label.label === 'gremium') return printed(label.value);
		const named = bodyIn(label.value);
		if (named) return named;
	}
	return readBodyIn(head, title);
}

function readBodyIn(head: readonly Line[], title: Text | null): Found<string> | null {
	const inTitle = title && bodyIn(title);
	if (inTitle) {
		return fullerName(head, inTitle) ?? inTitle;
	}
	const top = headBlocks(head).map(bodyIn).find((found) => found !== null && found.value.includes(' '));
	if (top) return top;
	const session = head.find((line) => SESSION_WORD.test(line.text) && bodyIn(line));
	if (session) return bodyIn(session);
	return first(head.slice(0, 14).filter((line) => line.text.length < 130), bodyIn);
}

/** The blocks of one to three short lines at the top, each as one piece. */
function headBlocks(head: readonly Line[]): Text[] {
	const blocks: Text[][] = [];
	for (const line of head.slice(0, 14)) {
		if (line.text.length > 110 || /^[^:]{2,30}:/.test(line.text)) continue;
		const cells = line.row ? line.cells.filter((cell) => cell.text) : [slice(line, 0)];
		for (const cell of cells) {
			if (line.gap === 0 && !line.row && blocks.length && blocks[blocks.length - 1]!.length < 3) blocks[blocks.length - 1]!.push(cell);
			else blocks.push([cell]);
		}
	}
	return blocks.map((block) => joinLines(block));
}

/** A head that begins with the same words and says more ("… der Stadt …") gives the fuller name. */
function fullerName(head: readonly Line[], short: Found<string>): Found<string> | null {
	const begin = fold(short.value);
	for (const block of [...headBlocks(head), ...head.slice(0, 14).filter((line) => line.text.length < 110)]) {
		const found = bodyIn(block);
		if (found && fold(found.value).startsWith(begin) && found.value.length > short.value.length + 3 && found.value.length < 110) return found;
	}
	return null;
}

function readNumber(head: readonly Line[], fields: readonly Field[], title: Text | null): Found<number> | null {
	const label = fieldOf(fields.filter((f) => f.line.index < 45), /^(?:sitzungsnummer|sitzung nr|sitzungs nr|lfd nr|nr der sitzung)$/);
	const labelled = label && /\d{1,3}/.exec(label.value.text);
	if (label && labelled) return derived(Number(labelled[0]), slice(label.value, labelled.index, labelled.index + labelled[0].length));
	const pieces = [...(title ? [title] : []), ...head.filter((line) => line.text.length < 220)];
	for (const piece of pieces) {
		const match =
			/(?<![\d.])(\d{1,3})\.\s*(?:\(?[\p{L}/-]+\)?,?\s+){0,4}?\p{L}*(?:sitzung|treffen|tagung|versammlung|zusammenkunft|runde[rn]?\s+tisch|beirat|plenum)/iu.exec(piece.text) ??
			/(?:sitzung|treffen)\s*(?:Nr\.?|Nummer)\s*:?\s*(\d{1,3})(?![\d.])/iu.exec(piece.text) ??
			/(?:sitzung|treffen|protokoll|niederschrift)\s*:?\s+(?:Nr\.?\s*)?(\d{1,2})\s?\/\s?(?:20)?\d{2}(?!\d)/iu.exec(piece.text) ??
			/^\W*(?:\p{L}*protokoll|niederschrift)\s+Nr\.?\s*(\d{1,3})(?![\d.]\d|\/)/iu.exec(piece.text) ??
			/\((\d{1,3})\.\)\s*\p{L}*(?:sitzung|treffen)/iu.exec(piece.text);
		if (match) {
			const from = match.index + match[0].indexOf(match[1]!);
			if (!findDates(piece.text).some((d) => from >= d.from && from < d.to)) return derived(Number(match[1]), slice(piece, from, from + match[1]!.length));
		}
		const word = new RegExp(`(?<!\\p{L})(${ORDINALS.join('|')})[nr]?\\s+(?:\\p{L}+\\s+){0,2}\\p{L}*(?:sitzung|treffen)`, 'iu').exec(piece.text);
		if (word) return derived(ORDINALS.indexOf(word[1]!.toLowerCase()) + 1, slice(piece, word.index, word.index + word[1]!.length));
	}
	return null;
}

type DateChoice = { found: Found<string>; line: Line | null; weekday: number | null };

function readDate(head: readonly Line[], fields: readonly Field[], title: Text | null, invitation: boolean): DateChoice | null {
	let best: (DateChoice & { score: number }) | null = null;
	const consider = (piece: Text, line: Line | null, base: number) => {
		for (const date of findDates(piece.text)) {
			if (!date.iso) continue;
			const score = base + rateDate(piece.text, date, invitation);
			if (!best || score > best.score) best = { found: derived(date.iso, slice(piece, date.from, date.to), date.year ? 'sure' : 'doubtful'), line, weekday: date.weekday, score };
		}
	};
	if (title) consider(title, head.find((line) => title.at.length > 0 && line.at.includes(title.at[title.at.length - 1]!)) ?? null, 5);
	for (const line of head) if (line.text.length < 300) consider(line, line, 0 - line.index * 0.02);
	for (const field of fields) {
		if (field.line.index >= head.length + 10) break;
		if (/^(?:sitzungstermin|sitzungsdatum|sitzungstag|sitzung am|wann|termin|tag|sitzung vom|tag der sitzung)$/.test(field.label)) consider(field.value, field.line, 5);
		else if (/^(?:datum|beginn|zeit|datum uhrzeit|datum zeit|ort datum|am|datum und uhrzeit|zeit ort|ort zeit)$/.test(field.label)) consider(field.value, field.line, invitation && field.label === 'datum' ? 0 : 3);
	}
	return best;
}

function rateDate(text: string, date: FoundDate, invitation: boolean): number {
	let score = 0;
	const before = text.slice(0, date.from);
	if (/Uhr/.test(text)) score += 2;
	if (date.weekday) score += 2.5;
	if (SESSION_WORD.test(text)) score += 1;
	if (/\b(?:am|vom|Sitzung|Termin|Datum)[\s:,]*$/i.test(before)) score += 1;
	if (/(?:Stand|erstellt|Eingang|ausgefertigt|Fassung|genehmigt|letzten|letzte|vorherigen|nächste|Einladung vom|Protokolls?\s+(?:vom|der)|zuletzt|versandt|Az)[^,;]*$/i.test(before) && !/^\W*\p{L}*protokoll\s+(?:vom|der)/iu.test(before)) score -= 5;
	if (/^\p{Lu}[\p{L} ]+,\s*(?:den|der|im)?\s*$/u.test(before) && !date.weekday) score -= invitation ? 4 : 2;
	return score;
}

function readTimes(lines: readonly Line[], head: readonly Line[], fields: readonly Field[], title: Text | null, dateLine: Line | null): { start: Found<string> | null; end: Found<string> | null } {
	let start: Found<string> | null = null;
	let end: Found<string> | null = null;
	const take = (piece: Text | null) => {
		if (!piece || start) return;
		const span = findSpan(piece.text);
		if (!span?.start) return;
		const where = slice(piece, span.from, span.to);
		start = derived(span.start, where);
		if (span.end) end ??= derived(span.end, where);
	};
	const label = (keys: RegExp, most = 60) => fields.find((f) => keys.test(f.label) && f.line.index < most && findTimes(timeText(f.value.text)).length > 0) ?? null;
	const begin = label(/^(?:beginn|sitzungsbeginn|beginn der sitzung|anfang|uhrzeit|zeit|datum uhrzeit|datum zeit|zeitraum|dauer|sitzungsdauer|wann|beginn ende|von|sitzungszeit|datum und uhrzeit|zeit und ort|sitzungstermin|termin)$/);
	if (begin) take({ text: timeText(begin.value.text), at: begin.value.at.length === timeText(begin.value.text).length ? begin.value.at : begin.value.at });
	take(title);
	take(dateLine);
	for (const line of head) if (!start && /Uhr|\d:\d\d/.test(line.text) && line.text.length < 160 && !/\b(?:ab|bis)\s+\d{1,2}[:.]\d\d\s*(?:Uhr)?\)/.test(line.text)) take(line);
	const finish = label(/^(?:ende|sitzungsende|ende der sitzung|schluss|schluss der sitzung|ende der veranstaltung|bis|ende der öffentlichen sitzung|sitzungsschluss|ende des treffens|beendigung|beendigung der sitzung|ende der besprechung)$/, Infinity);
	if (finish) {
		const [time] = findTimes(timeText(finish.value.text));
		if (time) end = derived(time.time, slice(finish.value, time.from, time.to));
	}
	for (const line of lines) {
		if (start && end) break;
		if (!/Uhr|\d:\d\d/.test(line.text)) continue;
		if (!start && /(?:eröffnet|beginnt|Beginn)\b/i.test(line.text)) take(sentenceWith(line, /eröffnet|beginnt|Beginn/i));
		if (!end && /(?:schließt|geschlossen|beendet|endet|Ende der|Sitzungsende|Schluss)/i.test(line.text) && !/Redeliste|Debatte|Aussprache/i.test(line.text)) {
			const piece = sentenceWith(line, /schließt|geschlossen|beendet|endet|Ende|Schluss/i);
			const times = findTimes(piece.text);
			const last = times[times.length - 1];
			if (last) end = derived(last.time, slice(piece, last.from, last.to));
		}
	}
	return { start, end };
}

/** "17.30" without "Uhr" under a label that asks for a time. */
function timeText(text: string): string {
	return /Uhr|\d:\d\d|\dh\b/.test(text) ? text : text.replace(/(?<![\d.])([01]?\d|2[0-3])\.([0-5]\d)(?![\d.])/g, '$1:$2');
}

function sentenceWith(line: Line, word: RegExp): Text {
	const at = line.text.search(word);
	const from = line.text.lastIndexOf('. ', at);
	let to = line.text.length;
	for (const match of line.text.matchAll(/[.!](?=\s\p{Lu})/gu)) if (match.index > at && (to = match.index)) break;
	return slice(line, from < 0 ? 0 : from + 1, to);
}

function readLocation(head: readonly Line[], fields: readonly Field[], title: Text | null, dateLine: Line | null): Found<string> | null {
	const label = fieldOf(fields.filter((f) => f.line.index < 60), /^(?:ort|sitzungsort|tagungsort|veranstaltungsort|raum|ort raum|wo|wo|treffpunkt|sitzungsraum|versammlungsort|ort der sitzung|besprechungsort|sitzungssaal|ort und raum|sitzungslokal)$/);
	if (label) {
		const value = continued(head, label);
		return printed(cleanPlace(value));
	}
	for (const piece of [title, dateLine, ...around(head, dateLine), ...head.filter((line) => line.text.length < 200)]) {
		const found = piece && placeIn(piece);
		if (found) return found;
	}
	const alone = head.find((line) => line.text.length < 90 && PLACE.test(line.text) && !/[:@]|Tel|E-Mail|www/.test(line.text) && !SESSION_WORD.test(line.text) && !bodyIn(line) && line.index > 0 && !line.row && !TITLE_WORD.test(line.text) && nearDate(head, line, dateLine));
	if (!alone) return null;
	const [date] = findDates(alone.text);
	const after = date ? strip(slice(alone, date.to), /[\s,;]/) : slice(alone, 0);
	return after.text && PLACE.test(after.text) && !findTimes(after.text).length ? printed(cleanPlace(after), 'doubtful', 'position') : null;
}

/** The date's line with the one below, for an address that goes over two lines. */
function around(head: readonly Line[], dateLine: Line | null): Text[] {
	const next = dateLine && head.find((line) => line.index === dateLine.index + 1);
	return next && next.gap === 0 ? [next] : [];
}

function nearDate(head: readonly Line[], line: Line, dateLine: Line | null): boolean {
	return !!dateLine && Math.abs(line.index - dateLine.index) <= 3 && head.includes(line);
}

/** A value whose address goes on in the next line. */
function continued(head: readonly Line[], field: Field): Text {
	const next = head.find((line) => line.index === field.line.index + 1);
	const open = /[,–-]$/.test(field.value.text);
	if (!next || next.gap > 0 || field.line.row || !open || /:/.test(next.text)) return field.value;
	return join([field.value, next]);
}

const PLACE_PHRASE = /(?:^|[\s,])(?:[Ii]m|[Ii]n\s+(?:de[rmn]|das|die)|in|auf\s+de[rm]|Ort:|via|per)\s+(?=\p{Lu}|großen|kleinen|neuen|alten|\d)/gu;
const PLACE_END = /\s+(?:stattfindenden?|stattfindet|statt|ein\b|am\s+\d|am\s+(?:Mon|Diens|Mitt|Donners|Frei|Sams|Sonn)|um\s+\d|von\s+\d|ab\s+\d|findet|zu\s|mit\s|eingeladen|höflich)|[;]|\.(?=\s|$)(?<!str\.|\sSt\.|Nr\.)|,\s+(?:um|am|von|den|die|der|das)\s/u;

function placeIn(piece: Text): Found<string> | null {
	for (const match of piece.text.matchAll(PLACE_PHRASE)) {
		const from = match.index + match[0].length;
		const rest = piece.text.slice(from, from + 130);
		const end = PLACE_END.exec(rest)?.index ?? rest.length;
		const words = rest.slice(0, end);
		if (!PLACE.test(words) || /^(?:Rahmen|Anschluss|Namen|Sinne|Raum\s(?:stehen|steht))/.test(words)) continue;
		return printed(cleanPlace(slice(piece, from, from + end)));
	}
	const after = /Uhr\s*[,;|–-]+\s*(?:Ort:\s*)?(\p{Lu}.{3,90})$/u.exec(piece.text);
	if (after && PLACE.test(after[1]!)) return printed(slice(piece, piece.text.length - after[1]!.length));
	return null;
}

/** Without remarks such as "/ zugeschaltet: 3 Personen" or "(Einwahldaten gehen gesondert zu)". */
function cleanPlace(piece: Text): Text {
	const cut = /\s+\/\s+(?:zugeschaltet|online|per|digital|Videozu)|\s*\((?:Ein|wegen|Zugang|Link|bitte|Achtung|Anfahrt)[^)]*\)?.*$/iu.exec(piece.text);
	return strip(slice(piece, 0, cut?.index), /[\s,.;]/);
}

function readPublic(head: readonly Line[], title: Text | null, lines: readonly Line[]): Found<boolean> | null {
	const judge = (piece: Text): Found<boolean> | null => {
		const closed = /(?<!\p{L})nicht[\s-]?öffentlich(?:e[nrs]?)?(?!\p{L})/iu.exec(piece.text);
		const open = /(?<!\p{L}|nicht[\s-])öffentlich(?:e[nrs]?)?(?!\p{L})/iu.exec(piece.text);
		if (open) return derived(true, slice(piece, open.index, open.index + open[0].length));
		return closed ? derived(false, slice(piece, closed.index, closed.index + closed[0].length)) : null;
	};
	if (title) {
		const found = judge(title);
		if (found) return found;
	}
	for (const line of head) {
		if (line.text.length > 160 || /öffentliche[nrs]?\s+(?:Einrichtung|Verkehr|Ordnung|Sicherheit|Dienst|Raum)/i.test(line.text)) continue;
		const found = (/sitzung|teil\b|status|öffentlichkeit/i.test(line.text) || line.text.length < 30) && judge(line);
		if (found) return found;
	}
	const part = lines.find((line) => /^(?:[A-Z]\.?\s|I+\.\s)?(?:nicht[\s-]?öffentlicher|öffentlicher)\s+(?:Sitzungs)?teil\b/i.test(line.text));
	return part ? judge(part) : null;
}

function readChair(lines: readonly Line[], fields: readonly Field[]): Found<string> | null {
	for (const field of fields) {
		if (!/^(?:vorsitz|vorsitzender?|die vorsitzende|der vorsitzende|sitzungsleitung|leitung|versammlungsleitung|sitzungsleiter(?: in|in)?|vorsitz und leitung|leitung der sitzung|vorsitzfuhrung|leitung moderation|versammlungsleiter(?: in|in)?|vorsitzende r|sitzungsvorsitz|vorsitz fuhrte|den vorsitz fuhrt|den vorsitz fuhrte)$/.test(field.label)) continue;
		const person = personOf(field.value);
		if (person) return printed(person.name);
	}
	const signed = signatureOf(lines, /^(?:(?:Der|Die)\s)?(?:\p{L}*[Vv]orsitzende[r]?|Vorsitz|Sitzungsleiter(?:in)?)\b/u);
	if (signed) return signed;
	for (const line of lines.slice(0, 400)) {
		const match = /(?:^|[.!]\s)((?:(?:Der|Die)\s+)?(?:\p{L}*[Vv]orsitzende[r]?\s*,?\s+)?(?:(?:Herrn?|Frau)\s)?.{3,60}?),?\s+(?:eröffnet|begrüßt)e?\s/u.exec(line.text) ?? /(?:Den\s+Vorsitz\s+(?:führt|hat|übernimmt))\s+(.{3,60}?)(?:[.,]|$)/u.exec(line.text);
		if (!match) continue;
		const from = match.index + match[0].indexOf(match[1]!);
		const piece = slice(line, from, from + match[1]!.length);
		const person = personOf(slice(piece, /^(?:Der|Die)\s/.exec(piece.text)?.[0].length ?? 0));
		if (person && (person.titled || person.words > 1)) return printed(person.name, 'doubtful', 'from-text');
	}
	return null;
}

/** Signature rows: names over (or under) the offices, in columns or one below the other. */
function signatureOf(lines: readonly Line[], office: RegExp): Found<string> | null {
	for (let i = Math.max(0, lines.length - 14); i < lines.length; i++) {
		const line = lines[i]!;
		const cells = line.row ? line.cells.filter((cell) => cell.text) : [line as Text];
		const column = cells.findIndex((cell) => office.test(cell.text.replace(/^\(/, '')) && cell.text.length < 40);
		if (column < 0) continue;
		for (const other of [lines[i - 1], lines[i + 1], lines[i + 2]]) {
			if (!other || (!line.row && other.row) || other === line) continue;
			const names = other.row ? other.cells.filter((cell) => cell.text) : cells.length > 1 ? wordsOf(other, cells.length) : [slice(other, 0)];
			const name = names[names.length === cells.length ? column : 0];
			if (!name || names.length !== cells.length || name.text.length > 50 || office.test(name.text)) continue;
			const lead = /^gez\.?\s*/.exec(name.text)?.[0].length ?? 0;
			const person = personOf(slice(name, lead), !lead && !line.row);
			if (person) return printed(person.name, 'doubtful', 'position');
		}
	}
	return null;
}

/** "Berg Tal" under two offices: one word each. */
function wordsOf(line: Line, count: number): Text[] {
	const words = [...line.text.matchAll(/\S+/g)];
	return words.length === count ? words.map((word) => slice(line, word.index, word.index + word[0].length)) : [];
}

function readMinutesTaker(lines: readonly Line[], fields: readonly Field[]): Found<string> | null {
	for (const field of fields) {
		if (!/^(?:protokoll|protokollfuhrung|protokollant(?: in|in)?|protokollfuhrer(?: in|in)?|schriftfuhrung|schriftfuhrer(?: in|in)?|die schriftfuhrerin|der schriftfuhrer|niederschrift|f d r d p|f d r d a|f d r|fur die richtigkeit|verfasser(?: in|in)?|protokoll fuhrte|das protokoll fuhrte|protokollerstellung|erstellt von|fur das protokoll|fur die niederschrift|aufgezeichnet von|protokoll erstellt von|mitschrift)$/.test(field.label)) continue;
		const person = personOf(field.value);
		if (person && (person.titled || person.words > 1 || field.value.text.length < 25)) return printed(person.name);
	}
	const signed = signatureOf(lines, /^(?:(?:Der|Die)\s)?(?:Schriftführer(?:in)?|Protokollführer(?:in)?|Protokollant(?:in)?|Protokoll)\b/u);
	if (signed) return signed;
	for (let i = Math.max(0, lines.length - 40); i < lines.length; i++) {
		const line = lines[i]!;
		if (/^\(?(?:Protokollführ|Protokollant|Schriftführ|Protokoll\)?$|für das Protokoll)/i.test(line.text)) {
			const person = lines[i - 1] && personOf(slice(lines[i - 1]!, /^gez\.?\s*/.exec(lines[i - 1]!.text)?.[0].length ?? 0), true);
			if (person && !/:$/.test(lines[i - 1]!.text)) return printed(person.name);
		}
	}
	// A dated signature below the last item ("06.02.2014 / Amt / Name").
	const tail = lines.slice(-6);
	const dated = tail.findIndex((line) => findDates(line.text).length > 0 && line.text.length < 30);
	if (dated >= 0) {
		for (const line of tail.slice(dated + 1)) {
			const person = personOf(line, true);
			if (person && person.words > 1 && line.text.length < 50) return printed(person.name, 'doubtful', 'position');
		}
	}
	return null;
}
