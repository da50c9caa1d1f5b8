import { type Text, join, slice, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, printed } from '../found.ts';
import { type Field, fieldOf } from '../labels.ts';
import { bodyIn } from '../bodies.ts';
import { findDates } from '../dates.ts';
import { findTimes } from '../times.ts';
import { PLACE, SESSION_WORD, TITLE_WORD } from './words.ts';

export function readLocation(
	head: readonly Line[],
	fields: readonly Field[],
	title: Text | null,
	dateLine: Line | null,
): Found<string> | null {
	const label = fieldOf(
		fields.filter((f) => f.line.index < 60),
		/^(?:ort|sitzungsort|tagungsort|veranstaltungsort|raum|ort raum|wo|wo|treffpunkt|sitzungsraum|versammlungsort|ort der sitzung|besprechungsort|sitzungssaal|ort und raum|sitzungslokal)$/,
	);
	if (label) {
		const value = continued(head, label);
		return printed(cleanPlace(value));
	}
	for (const piece of [title, dateLine, ...around(head, dateLine), ...head.filter((line) => line.text.length < 200)]) {
		const found = piece && placeIn(piece);
		if (found) return found;
	}
	const alone = head.find(
		(line) =>
			line.text.length < 90 &&
			PLACE.test(line.text) &&
			!/[:@]|Tel|E-Mail|www/.test(line.text) &&
			!SESSION_WORD.test(line.text) &&
			!bodyIn(line) &&
			line.index > 0 &&
			!line.row &&
			!TITLE_WORD.test(line.text) &&
			nearDate(head, line, dateLine),
	);
	if (!alone) return null;
	const [date] = findDates(alone.text);
	const after = date ? strip(slice(alone, date.to), /[\s,;]/) : slice(alone, 0);
	return after.text && PLACE.test(after.text) && !findTimes(after.text).length
		? printed(cleanPlace(after), 'doubtful', 'position')
		: null;
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

const PLACE_PHRASE =
	/(?:^|[\s,])(?:[Ii]m|[Ii]n\s+(?:de[rmn]|das|die)|in|auf\s+de[rm]|Ort:|via|per)\s+(?=\p{Lu}|großen|kleinen|neuen|alten|\d)/gu;

const PLACE_END =
	/\s+(?:stattfindenden?|stattfindet|statt|ein\b|am\s+\d|am\s+(?:Mon|Diens|Mitt|Donners|Frei|Sams|Sonn)|um\s+\d|von\s+\d|ab\s+\d|findet|zu\s|mit\s|eingeladen|höflich)|[;]|\.(?=\s|$)(?<!str\.|\sSt\.|Nr\.)|,\s+(?:um|am|von|den|die|der|das)\s/u;

export function placeIn(piece: Text): Found<string> | null {
	for (const match of piece.text.matchAll(PLACE_PHRASE)) {
		const from = match.index + match[0].length;
		const rest = piece.text.slice(from, from + 130);
		const end = PLACE_END.exec(rest)?.index ?? rest.length;
		const words = rest.slice(0, end);
		if (!PLACE.test(words) || /^(?:Rahmen|Anschluss|Namen|Sinne|Raum\s(?:stehen|steht))/.test(words)) continue;
		return printed(cleanPlace(slice(piece, from, from + end)));
	}
	const after = /Uhr\s*[,;|–-]+\s*(?:Ort:\s*)?(\p{Lu}.{3,90})$/u.exec(piece.text);
	if (after && PLACE.test(after[1]!)) {
		const value = slice(piece, piece.text.length - after[1]!.length);
		return printed(
			/\)$/.test(value.text) && !value.text.includes('(') ? slice(value, 0, value.text.length - 1) : value,
		);
	}
	return null;
}

/** Without remarks such as "/ zugeschaltet: 3 Personen" or "(Einwahldaten gehen gesondert zu)". */
function cleanPlace(piece: Text): Text {
	const cut =
		/\s+\/\s+(?:zugeschaltet|online|per|digital|Videozu)|\s*\((?:Ein|wegen|Zugang|Link|bitte|Achtung|Anfahrt)[^)]*\)?.*$/iu.exec(
			piece.text,
		);
	return strip(slice(piece, 0, cut?.index), /[\s,.;]/);
}
