import { type Text, joinLines, slice } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Found, derived } from '../found.ts';
import type { Field } from '../labels.ts';
import { findDates } from '../dates.ts';
import { municipalityIn, bodyIn } from '../bodies.ts';
import { type FoundConsultation, readConsultations } from './consultations.ts';
import { TYPE, readType, type Type } from './type.ts';
import { readNumber, readRefersTo } from './number.ts';
import { END_OF_FORM, readTitle } from './title.ts';
import { readDepartment, readOriginator, readSignatory } from './people.ts';

export type FoundPaper = {
	municipality: Found<string> | null;
	body: Found<string> | null;
	title: Found<string> | null;
	number: Found<string> | null;
	paperType: Found<string> | null;
	date: Found<string> | null;
	department: Found<string> | null;
	originator: Found<string> | null;
	refersTo: Found<string>[];
	signatory: Found<string> | null;
	public: Found<boolean> | null;
	consultations: FoundConsultation[];
	/** When the head names the session the paper was written for. */
	sessionNumber: Found<number> | null;
};

/** Reads the form head of a council paper. */
export function readPaper(lines: readonly Line[], fields: readonly Field[]): FoundPaper {
	const chain = readConsultations(lines);
	const formEnd = endOfForm(lines, chain.from);
	const head = lines.slice(0, formEnd);
	const formFields = fields.filter((field) => field.line.index < Math.max(formEnd + 12, 40));
	const type = readType(head, formFields);
	const number = readNumber(head, formFields, type);
	const refersTo = readRefersTo(lines, head, fields, number, type);
	const outside = formFields.filter((f) => chain.from < 0 || f.line.index < chain.from || f.line.index >= chain.to);
	const date = readDate(head, lines, outside, type);
	const originator = readOriginator(head, formFields, lines, type);
	const consultations = chain.list.length
		? chain.list
		: sessionInHead([...head, ...lines.slice(head.length, head.length + 4)]);
	const numbered = head
		.slice(0, 20)
		.find((line) => /^\d{1,3}\.\s.{0,60}sitzung/i.test(line.text) && findDates(line.text).length > 0);
	return {
		municipality: first(head.flatMap(cells), municipalityIn) ?? first(lines.slice(0, 60), municipalityIn),
		body: null,
		title: readTitle(lines, head, formFields, { type, number, originator, chainFrom: chain.from, chainTo: chain.to }),
		number,
		paperType: type ? type.found : null,
		date,
		department: readDepartment(formFields, head),
		originator,
		refersTo,
		signatory: readSignatory(lines, fields),
		public: readPublic(head) ?? publicOf(consultations),
		consultations,
		sessionNumber: numbered
			? derived(Number(/^\d+/.exec(numbered.text)![0]), slice(numbered, 0, /^\d+/.exec(numbered.text)![0].length))
			: null,
	};
}

const cells = (line: Line): Text[] => (line.row ? line.cells.filter((cell) => cell.text) : [line]);

export function first<T>(lines: readonly Text[], read: (piece: Text) => T | null): T | null {
	for (const line of lines) {
		const found = read(line);
		if (found) return found;
	}
	return null;
}

function endOfForm(lines: readonly Line[], chainFrom: number): number {
	const most = Math.min(lines.length, 60);
	for (let i = 1; i < most; i++) {
		const line = lines[i]!;
		if (i === chainFrom && i > 2) return i;
		if (END_OF_FORM.test(line.text) && i > 2 && !TYPE.test(line.text)) return i;
		if (line.text.length > 240) return i;
	}
	return Math.min(lines.length, 30);
}

/** The date of the paper that is answered or amended, not of this one. */
const OTHERS_DATE = /(?:anfrage|antrags?|drucksache|vorlage|schreiben)\b.{0,100}\bvom\s/i;

function readDate(
	head: readonly Line[],
	lines: readonly Line[],
	fields: readonly Field[],
	type: Type | null,
): Found<string> | null {
	const answers = /antwort|stellungnahme|änderungs|ergänzungs|mitteilung|vorlage/i.test(type?.found.value ?? '');
	const others = (line: Line) => answers && OTHERS_DATE.test(line.text);
	const keys = [
		/^(?:datum|eingang|eingangsdatum|eingegangen|eingegangen am|eingereicht am|vorlagendatum|antragsdatum|datum der vorlage|erstellt|erstellt am|erstelldatum|ausgegeben|ausgabedatum|datum des antrags|anfragedatum|vom|stand|verfasst am|ort datum)$/,
	];
	for (const pattern of keys) {
		for (const field of fields) {
			if (!pattern.test(field.label)) continue;
			const [date] = findDates(field.value.text);
			if (date?.iso) return derived(date.iso, slice(field.value, date.from, date.to));
		}
	}
	const block = joinLines(head.filter((line) => !others(line)).map((line) => slice(line, 0)));
	const vom = [...block.text.matchAll(/(?<!Sitzung\s)\bvom\s+/g)];
	for (const match of vom) {
		const [date] = findDates(block.text.slice(match.index + match[0].length, match.index + match[0].length + 40));
		if (date?.iso && date.from < 4)
			return derived(
				date.iso,
				slice(block, match.index + match[0].length + date.from, match.index + match[0].length + date.to),
			);
	}
	for (const line of head) {
		if (/sitzung|gemeinderat|stadtrat|termin/i.test(line.text) || line.text.length > 90 || others(line)) continue;
		const [date] = findDates(line.text);
		if (date?.iso) return derived(date.iso, slice(line, date.from, date.to), 'doubtful', 'position');
	}
	for (const line of lines.slice(-8)) {
		const match = /^\p{Lu}[\p{L} .-]{2,40},\s*(?:den\s+|der\s+)?/u.exec(line.text);
		const [date] = match ? findDates(line.text.slice(match[0].length)) : [];
		if (match && date?.iso && date.from < 3)
			return derived(
				date.iso,
				slice(line, match[0].length + date.from, match[0].length + date.to),
				'doubtful',
				'position',
			);
	}
	return null;
}

/** A paper that names its session only in the headline ("7. Sitzung des Rates am 4. Mai 2011"). */
function sessionInHead(head: readonly Line[]): FoundConsultation[] {
	for (const line of head.slice(0, 24)) {
		if (
			!/sitzung|(?:versammlung|vertretung|ausschuss|rat|tag)(?:e?s)?\s+am\s/i.test(line.text) ||
			line.text.length > 160
		)
			continue;
		const [date] = findDates(line.text);
		const body =
			bodyIn(line) ??
			(/\b(?:Sitzung|SITZUNG)\s+(?:DES|DER|des|der)\s+(\p{L}+)/u.test(line.text) ? lowerBody(line) : null);
		if (!date?.iso || !body) continue;
		const open = /(?<!nicht)(?<!nicht\s)öffentlich/i.exec(line.text);
		return [
			{
				body,
				date: derived(date.iso, slice(line, date.from, date.to)),
				public: open ? derived(true, slice(line, open.index, open.index + open[0].length)) : null,
				role: null,
			},
		];
	}
	return [];
}

function lowerBody(line: Line): Found<string> | null {
	const match = /\bSITZUNG\s+DE[SR]\s+(\p{L}+)/iu.exec(line.text);
	if (!match) return null;
	const at = match.index + match[0].length - match[1]!.length;
	const word = match[1]!;
	const value = (word.slice(0, 1) + word.slice(1).toLowerCase()).replace(/(rat|tag)e?s$/, '$1');
	return derived(value, slice(line, at, at + word.length), 'sure', 'nominative');
}

/** When all stations agree, the paper is as public as they are. */
function publicOf(consultations: readonly FoundConsultation[]): Found<boolean> | null {
	const flags = consultations.map((station) => station.public);
	const first = flags[0];
	return first && flags.every((flag) => flag?.value === first.value)
		? { ...first, confidence: 'doubtful', note: 'derived' }
		: null;
}

function readPublic(head: readonly Line[]): Found<boolean> | null {
	for (const line of head) {
		const closed = /(?<!\p{L})nicht[\s-]?öffentlich(?!\p{L})/iu.exec(line.text);
		if (closed && line.text.length < 90)
			return derived(false, slice(line, closed.index, closed.index + closed[0].length));
		const open = /(?<!\p{L})öffentlich(?:e)?(?!\p{L})/iu.exec(line.text);
		if (open && line.text.length < 90) return derived(true, slice(line, open.index, open.index + open[0].length));
	}
	return null;
}
