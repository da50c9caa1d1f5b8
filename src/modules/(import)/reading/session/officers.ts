import { type Text, slice } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, printed } from '../found.ts';
import type { Field } from '../labels.ts';
import { findDates } from '../dates.ts';
import { personOf } from '../persons/person.ts';

/** The person behind a label; two or three capitals are a short sign ("NH"). */
function officerIn(piece: Text): { name: Text; titled: boolean; words: number } | null {
	if (/^\p{Lu}{2,3}$/u.test(piece.text)) return { name: piece, titled: true, words: 1 };
	const person = personOf(piece);
	return person && (person.words > 1 || !LABEL.test(person.name.text)) ? person : null;
}

/** What stands below a label without a value, and names nobody. */
const LABEL =
	/^(?:Status|Funktion|Name|Moderation|Protokoll\p{L}*|Schriftführ\p{L}*|Teilnehm\p{L}*|Anwesen\p{L}*|Entschuldigt\p{L}*|Vorsitz\p{L}*|Leitung|Gäste?|Ort|Datum|Raum)$/iu;

export function readChair(lines: readonly Line[], fields: readonly Field[]): Found<string> | null {
	for (const field of fields) {
		if (
			!/^(?:vorsitz|vorsitzender?|die vorsitzende|der vorsitzende|sitzungsleitung|leitung|versammlungsleitung|sitzungsleiter(?: in|in)?|vorsitz und leitung|leitung der sitzung|vorsitzfuhrung|leitung moderation|versammlungsleiter(?: in|in)?|vorsitzende r|sitzungsvorsitz|vorsitz fuhrte|den vorsitz fuhrt|den vorsitz fuhrte)$/.test(
				field.label,
			)
		)
			continue;
		const person = officerIn(field.value);
		if (person) return printed(person.name);
	}
	const signed = signatureOf(lines, /^(?:(?:Der|Die)\s)?(?:\p{L}*[Vv]orsitzende[r]?|Vorsitz|Sitzungsleiter(?:in)?)\b/u);
	if (signed) return signed;
	for (const line of lines.slice(0, 400)) {
		const match =
			/(?:^|[.!]\s)((?:(?:Der|Die)\s+)?(?:\p{L}*[Vv]orsitzende[r]?\s*,?\s+)?(?:(?:Herrn?|Frau)\s)?.{3,60}?),?\s+(?:eröffnet|begrüßt)e?\s/u.exec(
				line.text,
			) ?? /(?:Den\s+Vorsitz\s+(?:führt|hat|übernimmt))\s+(.{3,60}?)(?:[.,]|$)/u.exec(line.text);
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
			const names = other.row
				? other.cells.filter((cell) => cell.text)
				: cells.length > 1
					? wordsOf(other, cells.length)
					: [slice(other, 0)];
			const name = names[names.length === cells.length ? column : 0];
			if (!name || names.length !== cells.length || name.text.length > 50 || office.test(name.text)) continue;
			const lead = /^gez\.?\s*/.exec(name.text)?.[0].length ?? 0;
			const person = personOf(slice(name, lead), !lead && !line.row);
			if (person && !LABEL.test(person.name.text)) return printed(person.name, 'doubtful', 'position');
		}
	}
	return null;
}

/** "Berg Tal" under two offices: one word each. */
function wordsOf(line: Line, count: number): Text[] {
	const words = [...line.text.matchAll(/\S+/g)];
	return words.length === count ? words.map((word) => slice(line, word.index, word.index + word[0].length)) : [];
}

export function readMinutesTaker(lines: readonly Line[], fields: readonly Field[]): Found<string> | null {
	for (const field of fields) {
		if (
			!/^(?:protokoll|protokollfuhrung|protokollant(?: in|in)?|protokollfuhrer(?: in|in)?|schriftfuhrung|schriftfuhrer(?: in|in)?|die schriftfuhrerin|der schriftfuhrer|niederschrift|f d r d p|f d r d a|f d r|fur die richtigkeit|verfasser(?: in|in)?|protokoll fuhrte|das protokoll fuhrte|protokollerstellung|erstellt von|fur das protokoll|fur die niederschrift|aufgezeichnet von|protokoll erstellt von|mitschrift)$/.test(
				field.label,
			)
		)
			continue;
		const person = officerIn(field.value);
		if (person && (person.titled || person.words > 1 || field.value.text.length < 25)) return printed(person.name);
	}
	const signed = signatureOf(
		lines,
		/^(?:(?:Der|Die)\s)?(?:Schriftführer(?:in)?|Protokollführer(?:in)?|Protokollant(?:in)?|Protokoll)\b/u,
	);
	if (signed) return signed;
	for (let i = Math.max(0, lines.length - 40); i < lines.length; i++) {
		const line = lines[i]!;
		if (
			/^\(?(?:Protokollführ|Protokollant|Schriftführ|Protokoll\)?$|für das Protokoll)/i.test(line.text) &&
			!/:\s*\S/.test(line.text)
		) {
			const person =
				lines[i - 1] && personOf(slice(lines[i - 1]!, /^gez\.?\s*/.exec(lines[i - 1]!.text)?.[0].length ?? 0), true);
			if (person && !/:/.test(lines[i - 1]!.text)) return printed(person.name);
		}
	}
	// A dated signature below the last item (a date, an office, a name).
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
