import { type Text, slice } from '../text.ts';
import type { Line } from '../lines.ts';
import type { AttendanceStatus } from '../types.ts';
import { parsePersons } from '../persons.ts';
import type { Person } from '../persons/person.ts';
import { ACADEMIC, SALUTATION, isRoleWord } from '../words.ts';

type Column =
	| 'name'
	| 'first'
	| 'org'
	| 'role'
	| 'status'
	| 'present'
	| 'excused'
	| 'absent'
	| 'substitute'
	| 'remark'
	| 'sign'
	| 'number'
	| 'salutation'
	| 'other';
export type Columns = { kinds: Column[]; lastFirst: boolean; voting: number };

const HEADER: readonly (readonly [RegExp, Column])[] = [
	[
		/^(?:vorname,?\s*(?:nach)?name|name,?\s*vorname|(?:nach|familien)?name|namen|mitglied(?:er)?|ordentliches mitglied|teilnehm\p{L}*(?:\W+\p{L}+)?|person|stimmberechtigtes mitglied|ratsmitglied|vor-?\s?und\s?(?:nach|zu)name|name\b.{0,20})$/iu,
		'name',
	],
	[/^vorname$/i, 'first'],
	[/^(?:anrede|titel)$/i, 'salutation'],
	[
		/^(?:fraktion|struktur|gremium|organisation|institution|partei|verein|einrichtung|amt|stelle|entsend|gruppe|zugehörigkeit|dienststelle|organisationseinheit|migrantenorganisation|fraktion\s?\/.*|liste|bereich|behörde|verband|träger|abteilung)/i,
		'org',
	],
	[/^(?:funktion|rolle|aufgabe|position|status im gremium)/i, 'role'],
	[/^(?:unentschuldigt|fehlt|abwesend|nicht anwesend|unentsch\.?|gefehlt)$/i, 'absent'],
	[/^(?:entschuldigt|entsch\.?|e)$/i, 'excused'],
	[/^(?:anwesend|anw\.?|da|präsent|teilgenommen)$/i, 'present'],
	[
		/^(?:teilnahme|anwesenheit|status|anwesend\s?[/(].*|anwesend\b.*\bnein.*|teilnahme\b.*|anwesenheit\b.*)$/i,
		'status',
	],
	[/^(?:vertret|stellvertret|ersatz|in vertretung|vertreten durch)/i, 'substitute'],
	[/^(?:bemerkung|anmerkung|hinweis|zeit|von|ab\b|uhrzeit|von\s?[-–]\s?bis|kommentar|notiz|entschuldigung)/i, 'remark'],
	[/^(?:unterschrift|signatur)/i, 'sign'],
	[/^(?:nr\.?|lfd\.?\s*nr\.?|lfd\.|#|pos\.?)$/i, 'number'],
];

/** Recognises the header row of an attendance table. */
export function columnsOf(line: Line): Columns | null {
	if (!line.row) return null;
	const kinds = line.cells.map(
		(cell) => HEADER.find(([pattern]) => pattern.test(cell.text.replace(/\u2028/g, ' ')))?.[1] ?? 'other',
	);
	const known = kinds.filter((kind) => kind !== 'other').length;
	if (known < 2 && !(known === 1 && line.cells.filter((c) => c.text).length === 1)) return null;
	if (!kinds.includes('name') && !kinds.includes('first') && !kinds.includes('status') && !kinds.includes('present'))
		return null;
	const name = line.cells[kinds.indexOf('name')]?.text ?? '';
	return {
		kinds,
		lastFirst: /^(?:nach|familien)?name,?\s*vorname/i.test(name),
		voting: line.cells.findIndex((cell) => /stimm/i.test(cell.text) && !/mitglied/i.test(cell.text)),
	};
}

export type Row = {
	persons: Person[];
	org: Text | null;
	role: Text | null;
	/** null when the table has no status column. */
	status: { value: AttendanceStatus; piece: Text } | null;
	hasStatusColumn: boolean;
	replacedBy: Person | null;
	sharedCell: boolean;
	headerInCell: boolean;
	/** The table has a column for signatures. */
	signed: boolean;
	/** A filled status cell nobody understood. */
	oddStatus: Text | null;
};

const WORDS: readonly (readonly [RegExp, AttendanceStatus])[] = [
	[
		/^(?:ja|x|xx|✓|✔|☒|☑|\+|anwesend|anw\.?|a|da|ja\s*\(.*\)|teilgenommen|online|digital|präsent|präsenz|hybrid|per video|ja[,;].*|anwesend[\s,;(].*|v|j)$/i,
		'present',
	],
	[
		/^(?:unentschuldigt|unentsch\.?|nein|fehlt|fehlte|abwesend|nicht anwesend|ue|u\.?\s?e\.?|gefehlt|n|nicht entschuldigt|nicht erschienen|[-–—]+)$/i,
		'absent',
	],
	[
		/^(?:(?:nein[,;]?\s*)?\(?entschuldigt\)?|entsch\.?|e|verhindert|krank|abgemeldet|urlaub|beurlaubt|entschuldigt[\s,;(].*|abwesend[\s,;(]+entschuldigt\)?|fehlt\s+entschuldigt)$/i,
		'excused',
	],
];

export function statusOf(text: string): AttendanceStatus | null {
	const clean = text.trim().replace(/[.;]$/, '');
	return WORDS.find(([pattern]) => pattern.test(clean))?.[1] ?? null;
}

const LEAKED =
	/^(?:(?:vorname,?\s*(?:nach)?name|name,?\s*vorname|vorname|name)[\s:]+)(?=(?:Dr|Prof|Herr|Frau|\p{Lu}\p{L}+\s))/iu;

/** Reads one row; a row without persons gives an empty list. */
export function readRow(line: Line, columns: Columns | null, turned = false): Row {
	const cells = line.cells;
	const kinds = columns && Math.abs(columns.kinds.length - cells.length) <= 1 ? columns.kinds : null;
	const row: Row = {
		persons: [],
		org: null,
		role: null,
		status: null,
		hasStatusColumn: false,
		replacedBy: null,
		sharedCell: false,
		headerInCell: false,
		signed: false,
		oddStatus: null,
	};
	let nameAt = kinds ? kinds.indexOf('name') : -1;
	const firstAt = kinds ? kinds.indexOf('first') : -1;
	if (nameAt < 0 && firstAt < 0) nameAt = guessName(cells, columns?.lastFirst ?? turned);
	else if (nameAt >= 0 && firstAt < 0 && (!cells[nameAt] || !readName(cells[nameAt]!, columns!.lastFirst).length)) {
		const guess = guessName(cells, columns!.lastFirst);
		if (guess >= 0 && kinds?.[guess] === 'other') nameAt = guess;
	}
	if (nameAt < 0 && firstAt < 0 && SALUTATION.test(cells[0]?.text ?? '') && cells[1]?.text) nameAt = 1;
	if (nameAt < 0 && firstAt < 0) return row;
	let cell: Text | undefined = nameAt >= 0 ? cells[nameAt] : undefined;
	if (firstAt >= 0 && cells[firstAt]?.text) cell = cell?.text ? glue(cells[firstAt]!, cell) : cells[firstAt];
	if (!cell?.text) return row;
	const leaked = LEAKED.exec(cell.text);
	if (leaked) {
		cell = slice(cell, leaked[0].length);
		row.headerInCell = true;
	}
	row.persons = readName(cell, (columns?.lastFirst ?? turned) || SALUTATION.test(cells[nameAt - 1]?.text ?? ''));
	if (SALUTATION.test(cells[nameAt - 1]?.text ?? '')) for (const person of row.persons) person.titled = true;
	row.sharedCell = row.persons.length > 1;
	if (!row.persons.length) return row;
	cells.forEach((other, i) => {
		if (i !== nameAt && i !== firstAt) readCell(row, other, kinds?.[i] ?? null);
	});
	if (row.signed || (kinds && (kinds.includes('status') || kinds.includes('present') || kinds.includes('excused'))))
		row.hasStatusColumn = true;
	return row;
}

function readName(cell: Text, lastFirst: boolean): Person[] {
	return parsePersons(cell, { lastFirst, strict: false });
}

function glue(a: Text, b: Text): Text {
	return { text: `${a.text} ${b.text}`, at: [...a.at, a.at[a.at.length - 1]!, ...b.at] };
}

function guessName(cells: readonly Text[], lastFirst: boolean): number {
	let best = -1;
	let score = 0;
	cells.forEach((cell, i) => {
		if (!cell.text || statusOf(cell.text)) return;
		const persons = readName(cell, lastFirst);
		const [person] = persons;
		if (!person || (person.words < 2 && !person.titled)) return;
		const words = cell.text.split(/\s+/);
		const value =
			(person.titled ? 2 : 0) +
			(SALUTATION.test(words[0]!) || ACADEMIC.test(words[0]!) ? 2 : 0) +
			(isRoleWord(words[0]!) ? -0.5 : 0) +
			person.words / 10 +
			1 -
			(person.org ? 0.5 : 0);
		if (value > score) [best, score] = [i, value];
	});
	return best;
}

/** Why somebody is away: no organisation. */
const REASON =
	/^(?:\p{Ll}+\s)?(?:verhindert|erkrankt|krank|verreist|beurlaubt|im\s+Urlaub|Urlaub|dienstlich|privat)$/iu;

function readCell(row: Row, cell: Text, kind: Column | null): void {
	if (!cell.text) {
		if (kind === 'sign') row.signed = true;
		return;
	}
	if (SALUTATION.test(cell.text) || /^\d{1,3}\.?$/.test(cell.text)) return;
	if (kind === null && REASON.test(cell.text)) {
		row.status ??= { value: 'excused', piece: cell };
		return;
	}
	if (kind === 'sign') {
		row.signed = true;
		const value = statusOf(cell.text);
		row.status ??= { value: value ?? 'present', piece: cell };
		return;
	}
	const status = statusOf(cell.text);
	if (kind === 'present' || kind === 'excused' || kind === 'absent') {
		if (/^(?:x|xx|ja|✓|✔|☒|☑|1|\+|•)$/i.test(cell.text)) row.status = { value: kind, piece: cell };
		else if (status && kind === 'present') row.status = { value: status, piece: cell };
	} else if (
		kind === 'status' ||
		(kind === null && status && !row.status) ||
		(kind === 'other' && status && !row.status)
	) {
		const inCell = status ?? statusOf(cell.text.split(/[\s,;(]/, 1)[0]!);
		if (inCell) row.status = { value: inCell, piece: cell };
		else if (kind === 'status') row.oddStatus = cell;
		if (kind === 'status') readMoment(row, cell);
	} else if (kind === 'substitute') {
		const [person] = parsePersons(cell);
		if (person) row.replacedBy = person;
	} else if (kind === 'remark') {
		readMoment(row, cell);
		if (status && (!row.status || row.status.value === 'absent')) row.status = { value: status, piece: cell };
		else if (!status && isRoleWord(cell.text.split(' ')[0]!)) row.role ??= cell;
	} else if (kind === 'role') row.role = cell;
	else if (kind !== 'org' && isMoment(cell.text)) readMoment(row, cell);
	else if ((kind === null || kind === 'org') && /^(?:vorsitz|stellv)/i.test(cell.text)) row.role ??= cell;
	else if (kind === null && isRoleWord(cell.text.split(' ').pop()!) && cell.text.length < 40) row.role ??= cell;
	else if (
		(kind === null || kind === 'org') &&
		/^\p{L}+,\s*\S/u.test(cell.text) &&
		isRoleWord(cell.text.split(',')[0]!)
	) {
		row.role ??= slice(cell, 0, cell.text.indexOf(','));
		row.org ??= slice(cell, cell.text.indexOf(',') + 1);
	} else if (
		kind === 'org' ||
		((kind === null || kind === 'other') && !row.org && /\p{L}{2}/u.test(cell.text) && kind !== 'other')
	)
		row.org ??= cell;
	else if (kind === 'other' && /\p{L}{2}/u.test(cell.text)) readMoment(row, cell);
}

const isMoment = (text: string): boolean =>
	/^(?:ab|bis|für|i\.\s?V|in\s+Vertretung|vertreten|Vertretung|Vertr)(?:\s|\.)/i.test(text);

/** "ab 17:40 Uhr", "vertreten durch Frau X", "für Herrn Y" in a remark. */
function readMoment(row: Row, cell: Text): void {
	const person = row.persons[0]!;
	const [probe] = parsePersons({
		text: `Herr Xx, ${cell.text}`,
		at: [...Array<number>(9).fill(cell.at[0]!), ...cell.at],
	});
	const noted = probe ?? null;
	if (!noted) return;
	person.from ??= noted.from;
	person.until ??= noted.until;
	person.substituteFor ??= noted.substituteFor;
	person.replacedBy ??= noted.replacedBy;
	if (noted.status && (!row.status || row.status.value === 'absent')) row.status = noted.status;
}
