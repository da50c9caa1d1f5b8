import { type Text, fold, joinLines, slice } from './text.ts';
import type { Line } from './lines.ts';
import { type Found, derived, printed } from './found.ts';
import { type Field, fieldOf } from './labels.ts';
import { bodyIn, municipalityIn } from './bodies.ts';
import { findDates } from './dates.ts';
import { readTitle } from './session/title.ts';
import { SESSION_WORD } from './session/words.ts';
import { readDate, readTimes } from './session/when.ts';
import { readLocation } from './session/where.ts';
import { readChair, readMinutesTaker } from './session/officers.ts';

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

const ORDINALS = [
	'erste',
	'zweite',
	'dritte',
	'vierte',
	'fünfte',
	'sechste',
	'siebte',
	'achte',
	'neunte',
	'zehnte',
	'elfte',
	'zwölfte',
];

/** Body, number, date, times, place and officers of a session, from its head and a few telling sentences. */
export function readSession(
	lines: readonly Line[],
	fields: readonly Field[],
	agendaStart: number,
	invitation: boolean,
): SessionHead {
	const head = lines.slice(0, Math.max(8, Math.min(agendaStart, 45)));
	const title = readTitle(head);
	const titleText = title?.whole ?? null;
	const date = readDate(head, fields, titleText, invitation);
	// Places named in the items are no place of the session.
	const above = agendaStart > 2 ? head.filter((line) => line.index < agendaStart) : head;
	const times = readTimes(lines, head, fields, titleText, date?.line ?? null);
	return {
		municipality:
			first(head.flatMap(cellsOf), municipalityIn) ??
			first(headBlocks(head), municipalityIn) ??
			first(lines.slice(-8), municipalityIn),
		body: readBody(head, fields, titleText),
		title: title?.title ?? null,
		sessionNumber: readNumber(head, fields, titleText),
		date: date?.found ?? null,
		weekday: date?.weekday ?? null,
		...times,
		location: readLocation(above, fields, titleText, date?.line ?? null),
		public: readPublic(head, titleText, lines),
		chair: readChair(lines, fields),
		minutesTaker: readMinutesTaker(lines, fields),
	};
}

/** The filled cells of a row, or the line itself. */
const cellsOf = (line: Line): Text[] => (line.row ? line.cells.filter((cell) => cell.text) : [line]);

/** An association that meets as a whole or by its board is named above the title ("… e. V."). */
const OWN_MEETING = /(?:mitglieder|haupt|delegierten|jahres)versammlung|vorstands?(?:sitzung|treffen)|vorstandes/i;
const ASSOCIATION = /\be\.\s?V\.?(?:\s|$)/;

function association(head: readonly Line[], title: Text | null): Found<string> | null {
	if (!title || !OWN_MEETING.test(title.text)) return null;
	const cells = head
		.slice(0, 8)
		.filter((line) => !line.at.includes(title.at[0]!))
		.flatMap(cellsOf);
	const named = cells.find((cell) => ASSOCIATION.test(cell.text) && cell.text.length < 90 && !/[:,]/.test(cell.text));
	return named ? printed(named) : null;
}

function first<T>(lines: readonly Text[], read: (piece: Text) => T | null): T | null {
	for (const line of lines) {
		const found = read(line);
		if (found) return found;
	}
	return null;
}

function readBody(head: readonly Line[], fields: readonly Field[], title: Text | null): Found<string> | null {
	const label = fieldOf(
		fields.filter((f) => f.line.index < 45 && f.colon),
		/^(?:gremium|ausschuss|beirat|gruppe|arbeitsgruppe|name des gremiums|sitzung des|sitzung)$/,
	);
	if (label && label.value.text.length < 140) {
		if (label.label === 'gremium') return printed(label.value);
		const named = bodyIn(label.value);
		if (named) return named;
	}
	return association(head, title) ?? readBodyIn(head, title);
}

function readBodyIn(head: readonly Line[], title: Text | null): Found<string> | null {
	const inTitle = title && bodyIn(title);
	if (inTitle) {
		return fullerName(head, inTitle) ?? inTitle;
	}
	const top = headBlocks(head)
		.map(bodyIn)
		.find((found) => found !== null && found.value.includes(' '));
	if (top) return top;
	const session = head.find((line) => SESSION_WORD.test(line.text) && bodyIn(line));
	if (session) return bodyIn(session);
	return first(
		head.slice(0, 14).filter((line) => line.text.length < 130),
		bodyIn,
	);
}

/** The blocks of one to three short lines at the top, each as one piece. */
function headBlocks(head: readonly Line[]): Text[] {
	const blocks: Text[][] = [];
	for (const line of head.slice(0, 14)) {
		if (line.text.length > 110 || /^[^:]{2,30}:/.test(line.text)) continue;
		const cells = line.row ? line.cells.filter((cell) => cell.text) : [slice(line, 0)];
		for (const cell of cells) {
			const goesOn = !line.row || (cell === cells[0] && /^(?:der|des|für|im|in|am)\s/u.test(cell.text));
			if (line.gap === 0 && goesOn && blocks.length && blocks[blocks.length - 1]!.length < 3)
				blocks[blocks.length - 1]!.push(cell);
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
		if (
			found &&
			fold(found.value).startsWith(begin) &&
			found.value.length > short.value.length + 3 &&
			found.value.length < 110
		)
			return found;
	}
	return null;
}

function readNumber(head: readonly Line[], fields: readonly Field[], title: Text | null): Found<number> | null {
	const label = fieldOf(
		fields.filter((f) => f.line.index < 45),
		/^(?:sitzungsnummer|sitzung nr|sitzungs nr|lfd nr|nr der sitzung)$/,
	);
	const labelled = label && /\d{1,3}/.exec(label.value.text);
	if (label && labelled)
		return derived(Number(labelled[0]), slice(label.value, labelled.index, labelled.index + labelled[0].length));
	const pieces = [...(title ? [title] : []), ...head.filter((line) => line.text.length < 220)];
	for (const piece of pieces) {
		const match =
			/(?<![\d.])(\d{1,3})\.\s*(?:\(?[\p{L}/-]+\)?,?\s+){0,4}?\p{L}*(?:sitzung|treffen|tagung|versammlung|zusammenkunft|runde[rn]?\s+tisch|beirat|plenum)/iu.exec(
				piece.text,
			) ??
			/(?:sitzung|treffen)\s*(?:Nr\.?|Nummer)\s*:?\s*(\d{1,3})(?![\d.])/iu.exec(piece.text) ??
			/(?:sitzung|treffen|protokoll|niederschrift)\s*:?\s+(?:Nr\.?\s*)?(\d{1,2})\s?\/\s?(?:20)?\d{2}(?!\d)/iu.exec(
				piece.text,
			) ??
			/^\W*(?:\p{L}*protokoll|niederschrift)\s+Nr\.?\s*(\d{1,3})(?![\d.]\d|\/)/iu.exec(piece.text) ??
			/\((\d{1,3})\.\)\s*\p{L}*(?:sitzung|treffen)/iu.exec(piece.text);
		if (match) {
			const from = match.index + match[0].indexOf(match[1]!);
			if (!findDates(piece.text).some((d) => from >= d.from && from < d.to))
				return derived(Number(match[1]), slice(piece, from, from + match[1]!.length));
		}
		const word = new RegExp(
			`(?<!\\p{L})(${ORDINALS.join('|')})[nr]?\\s+(?:\\p{L}+\\s+){0,2}\\p{L}*(?:sitzung|treffen)`,
			'iu',
		).exec(piece.text);
		if (word)
			return derived(
				ORDINALS.indexOf(word[1]!.toLowerCase()) + 1,
				slice(piece, word.index, word.index + word[1]!.length),
			);
	}
	return null;
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
		if (
			line.text.length > 160 ||
			/öffentliche[nrs]?\s+(?:Einrichtung|Verkehr|Ordnung|Sicherheit|Dienst|Raum)/i.test(line.text)
		)
			continue;
		const found = (/sitzung|teil\b|status|öffentlichkeit/i.test(line.text) || line.text.length < 30) && judge(line);
		if (found) return found;
	}
	const part = lines.find((line) =>
		/^(?:[A-Z]\.?\s|I+\.\s)?(?:nicht[\s-]?öffentlicher|öffentlicher)\s+(?:Sitzungs)?teil\b/i.test(line.text),
	);
	return part ? judge(part) : null;
}
