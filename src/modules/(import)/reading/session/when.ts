import { type Text, slice } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, derived } from '../found.ts';
import type { Field } from '../labels.ts';
import { findDates, type FoundDate } from '../dates.ts';
import { findSpan, findTimes } from '../times.ts';
import { SESSION_WORD } from './words.ts';

type DateChoice = { found: Found<string>; line: Line | null; weekday: number | null };

export function readDate(
	head: readonly Line[],
	fields: readonly Field[],
	title: Text | null,
	invitation: boolean,
): DateChoice | null {
	let best: (DateChoice & { score: number }) | null = null;
	const consider = (piece: Text, line: Line | null, base: number) => {
		for (const date of findDates(piece.text)) {
			if (!date.iso) continue;
			const score = base + rateDate(piece.text, date, invitation);
			if (!best || score > best.score)
				best = {
					found: derived(date.iso, slice(piece, date.from, date.to), date.year ? 'sure' : 'doubtful'),
					line,
					weekday: date.weekday,
					score,
				};
		}
	};
	if (title)
		consider(
			title,
			head.find((line) => title.at.length > 0 && line.at.includes(title.at[title.at.length - 1]!)) ?? null,
			5,
		);
	for (const line of head) if (line.text.length < 300) consider(line, line, 0 - line.index * 0.02);
	for (const field of fields) {
		if (field.line.index >= head.length + 10) break;
		if (
			/^(?:sitzungstermin|sitzungsdatum|sitzungstag|sitzung am|wann|termin|tag|sitzung vom|tag der sitzung)$/.test(
				field.label,
			)
		)
			consider(field.value, field.line, 5);
		else if (
			/^(?:datum|beginn|zeit|datum uhrzeit|datum zeit|ort datum|am|datum und uhrzeit|zeit ort|ort zeit)$/.test(
				field.label,
			)
		)
			consider(field.value, field.line, invitation && field.label === 'datum' ? 0 : 3);
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
	if (
		/(?:Stand|erstellt|Eingang|ausgefertigt|Fassung|genehmigt|letzten|letzte|vorherigen|nächste|Einladung vom|Protokolls?\s+(?:vom|der)|zuletzt|versandt|Az)[^,;]*$/i.test(
			before,
		) &&
		!/^\W*\p{L}*protokoll\s+(?:vom|der)/iu.test(before)
	)
		score -= 5;
	if (/^\p{Lu}[\p{L} ]+,\s*(?:den|der|im)?\s*$/u.test(before) && !date.weekday) score -= invitation ? 4 : 2;
	return score;
}

export function readTimes(
	lines: readonly Line[],
	head: readonly Line[],
	fields: readonly Field[],
	title: Text | null,
	dateLine: Line | null,
): { start: Found<string> | null; end: Found<string> | null } {
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
	const label = (keys: RegExp, most = 60) =>
		fields.find((f) => keys.test(f.label) && f.line.index < most && findTimes(timeText(f.value.text)).length > 0) ??
		null;
	const begin = label(
		/^(?:beginn|sitzungsbeginn|beginn der sitzung|anfang|uhrzeit|zeit|datum uhrzeit|datum zeit|zeitraum|dauer|sitzungsdauer|wann|beginn ende|von|sitzungszeit|datum und uhrzeit|zeit und ort|sitzungstermin|termin)$/,
	);
	if (begin)
		take({
			text: timeText(begin.value.text),
			at: begin.value.at.length === timeText(begin.value.text).length ? begin.value.at : begin.value.at,
		});
	take(title);
	take(dateLine);
	for (const line of head)
		if (
			!start &&
			/Uhr|\d:\d\d/.test(line.text) &&
			line.text.length < 160 &&
			!/\b(?:ab|bis)\s+\d{1,2}[:.]\d\d\s*(?:Uhr)?\)/.test(line.text)
		)
			take(line);
	const finish = label(
		/^(?:ende|sitzungsende|ende der sitzung|schluss|schluss der sitzung|ende der veranstaltung|bis|ende der öffentlichen sitzung|sitzungsschluss|ende des treffens|beendigung|beendigung der sitzung|ende der besprechung)$/,
		Infinity,
	);
	if (finish) {
		const [time] = findTimes(timeText(finish.value.text));
		if (time) end = derived(time.time, slice(finish.value, time.from, time.to));
	}
	for (const line of lines) {
		if (start && end) break;
		if (!/Uhr|\d:\d\d/.test(line.text)) continue;
		if (!start && /(?:eröffnet|beginnt|Beginn)\b/i.test(line.text))
			take(sentenceWith(line, /eröffnet|beginnt|Beginn/i));
		if (
			!end &&
			/(?<!\p{L})(?:schließt|schloss|geschlossen|beendete?|endete?|Ende\s+der|Sitzungsende|Schluss)(?!\p{L})/iu.test(
				line.text,
			) &&
			!/Redeliste|Debatte|Aussprache|noch\s+nicht|falls|sollte|wenn|spätestens/i.test(line.text)
		) {
			const piece = sentenceWith(
				line,
				/(?<!\p{L})(?:schließt|schloss|geschlossen|beendet|endet|Ende|Sitzungsende|Schluss)/iu,
			);
			const times = findTimes(piece.text);
			const last = times[times.length - 1];
			if (last) end = derived(last.time, slice(piece, last.from, last.to));
		}
	}
	return { start, end };
}

/** "17.30" without "Uhr" under a label that asks for a time. */
function timeText(text: string): string {
	return /Uhr|\d:\d\d|\dh\b/.test(text)
		? text
		: text.replace(/(?<![\d.])([01]?\d|2[0-3])\.([0-5]\d)(?![\d.])/g, '$1:$2');
}

function sentenceWith(line: Line, word: RegExp): Text {
	const at = line.text.search(word);
	const from = line.text.lastIndexOf('. ', at);
	let to = line.text.length;
	for (const match of line.text.matchAll(/[.!](?=\s\p{Lu})/gu)) if (match.index > at && (to = match.index)) break;
	return slice(line, from < 0 ? 0 : from + 1, to);
}
