import { type Text, joinLines, slice, strip } from './text.ts';
import type { Line } from './lines.ts';
import { type Found, derived, printed } from './found.ts';
import { findDates } from './dates.ts';
import { findSpan } from './times.ts';
import { readFields, fieldOf } from './labels.ts';
import { municipalityIn } from './bodies.ts';
import { placeIn } from './session/where.ts';

export type EventHead = {
	municipality: Found<string> | null;
	title: Found<string> | null;
	date: Found<string> | null;
	start: Found<string> | null;
	end: Found<string> | null;
	location: Found<string> | null;
};

/** Title, date and place of the documented event. */
export function readEvent(lines: readonly Line[], cue: Line | null, documented = true): EventHead {
	const head = lines.slice(0, 120);
	const title = cue ?? head.find((line) => line.heading === 1) ?? (documented ? null : sheetTitle(head));
	const whole = title ? wholeTitle(lines, title) : null;
	const fields = readFields(head);
	const term = fieldOf(
		fields,
		/^(?:termin|datum|wann|zeit|datum uhrzeit|veranstaltungstermin|datum und zeit|zeit und ort|datum zeit)$/,
	);
	const place = fieldOf(fields, /^(?:ort|veranstaltungsort|wo|tagungsort|raum)$/);
	const clock = fieldOf(fields, /^(?:uhrzeit|zeit|beginn|dauer|termin|wann)$/);
	// A sheet's running text names many days: there only its head counts.
	const named = [...(term ? [term.value] : []), ...(whole ? [whole] : [])];
	const beside = documented ? lines.slice(0, 8).filter((line) => line.text.length < 120) : [];
	return {
		municipality: head.map((line) => municipalityIn(line)).find((found) => found !== null) ?? null,
		title: whole ? printed(strip(whole, /[\s]/)) : null,
		date: firstDay(documented ? [...named, ...head] : named),
		...(timesIn(term?.value) ?? timesIn(clock?.value) ?? { start: null, end: null }),
		location: place
			? printed(place.value)
			: ([...(whole && documented ? [whole] : []), ...beside].map(placeIn).find((found) => found !== null) ?? null),
	};
}

/** The title's line with those that go on with it. */
function wholeTitle(lines: readonly Line[], title: Line): Text {
	const parts: Text[] = [slice(title, 0)];
	for (let i = title.index + 1; i < lines.length && parts.length < 4; i++) {
		const line = lines[i]!;
		const open = parts.length === 1 && parts[0]!.text.length < 22 && line.gap <= 2;
		const goesOn =
			line.gap === 0 &&
			line.bold === title.bold &&
			(/^(?:zu[mr]?|der|des|am|„|im|vom|und|über)\b|^[„"]/u.test(line.text) || title.bold);
		const isOther = /^[^:]{2,20}:\s/.test(line.text) || /^\d+[.)]\s/.test(line.text) || line.text.length > 200;
		if (!(open || goesOn) || isOther) break;
		parts.push(slice(line, 0));
	}
	return joinLines(parts);
}

function firstDay(pieces: readonly Text[]): Found<string> | null {
	for (const piece of pieces) {
		const [found] = findDates(piece.text);
		if (found?.iso) return derived(found.iso, slice(piece, found.from, found.to));
	}
	return null;
}

function timesIn(piece: Text | undefined): Pick<EventHead, 'start' | 'end'> | null {
	const span = piece ? findSpan(piece.text) : null;
	if (!span) return null;
	const at = (time: string | null) => (time ? derived(time, slice(piece!, span.from, span.to)) : null);
	return { start: at(span.start), end: at(span.end) };
}

/** The first line of an information sheet that is neither a letterhead nor a mark of an annex. */
function sheetTitle(head: readonly Line[]): Line | null {
	const plain = head
		.slice(0, 10)
		.filter(
			(line) =>
				line.text.length > 12 &&
				line.text.length < 140 &&
				line.text.includes(' ') &&
				!/^(?:Anlage|Stand|Seite|Amt|Büro|Dezernat|Inhalt)\b|:\s|\bAnlage\s+\d/i.test(line.text) &&
				!/[.;,]$/.test(line.text) &&
				municipalityIn(line)?.value !== line.text,
		);
	return plain.find((line) => line.bold || line.heading) ?? plain[0] ?? null;
}
