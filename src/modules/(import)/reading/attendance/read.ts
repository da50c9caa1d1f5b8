import { type Text, fold, joinLines, slice, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import type { Agenda } from '../agenda.ts';
import { markerOf } from '../markers.ts';
import { parsePersons, type Person } from '../persons.ts';
import { type Found, derived, printed } from '../found.ts';
import type { AttendanceStatus, NoteKey } from '../types.ts';
import { type Heading, headingOf, isStop, rowHeading, groupRow } from './headings.ts';
import { type LostTable, lostTable } from './lost-table.ts';
import { type Columns, columnsOf, readRow } from './table.ts';

export type FoundAttendee = {
	name: Found<string>;
	org: Found<string> | null;
	role: Found<string> | null;
	group: Found<string> | null;
	voting: Found<boolean> | null;
	status: Found<AttendanceStatus>;
	substituteFor: Found<string> | null;
	from: Found<string> | null;
	until: Found<string> | null;
};

export type AttendanceNotes = { twice: Text[]; odd: Text[]; notUnderstood: Text[] };

type State = {
	open: boolean;
	status: AttendanceStatus | null;
	statusPiece: Text | null;
	group: Found<string> | null;
	voting: boolean | null;
	role: string | null;
	rolePiece: Text | null;
	org: Text | null;
	columns: Columns | null;
	/** Single letters at the end of a line tell presence. */
	legend: boolean;
	/** What a name in parentheses means, where a legend says so ("(verhindert waren)"). */
	bracketed: AttendanceStatus | null;
};

/** Persons of all attendance lists of the document, in order; the same person twice becomes one. */
export function readAttendance(
	lines: readonly Line[],
	agenda: Agenda,
): { list: FoundAttendee[]; notes: AttendanceNotes } {
	const list: FoundAttendee[] = [];
	const notes: AttendanceNotes = { twice: [], odd: [], notUnderstood: [] };
	const state: State = closed();
	const firstBody = firstBodyLine(lines, agenda);
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i]!;
		const late = line.index >= firstBody;
		if (
			late &&
			!state.open &&
			!/^(?:anwesenheitsliste|teilnehmerliste|teilnehmendenliste|liste der (?:anwesenden|teilnehm))/i.test(line.text)
		)
			continue;
		if (
			state.open &&
			(isStop(line) || (agenda.itemAt(line) && markerOf(line)) || agenda.titles.has(line) || line.heading === 1)
		) {
			Object.assign(state, closed());
			continue;
		}
		const columns = columnsOf(line);
		const lost: LostTable | null =
			state.open || /(?:Status|Teilnahme|Anwesend|Anwesenheit)$/i.test(line.text) ? lostTable(lines, i) : null;
		if (lost) {
			state.open = true;
			for (const row of lost.rows) add(list, row.person, state, { org: row.org, role: null, status: row.status });
			state.legend = true;
			i = lost.last;
			continue;
		}
		const heading = columns ? null : (headingOf(line) ?? rowHeading(line) ?? (state.open ? groupRow(line) : null));
		if (
			columns &&
			(state.open ||
				columns.kinds.includes('status') ||
				columns.kinds.includes('present') ||
				columns.kinds.includes('sign'))
		) {
			if (!state.open) state.open = true;
			state.columns = { ...columns, lastFirst: columns.lastFirst || lastFirstRows(lines, i, columns) };
			continue;
		}
		if (heading && (heading.opens || state.open || opensByNext(lines, i, heading))) {
			if (!state.open && heading.opens) officersAbove(lines, i, state, list);
			if (/^(?:siehe|s\.|laut|lt\.|gemäß|vgl)\b/i.test(heading.rest.text)) continue;
			enter(state, heading, late, line.row);
			if (heading.rest.text && line.row && heading.rest === line.cells[1])
				i = readContent(lines, i, heading.rest, state, list, notes);
			else if (heading.rest.text && line.row && line.cells.length > 1) readCells(line, state, list, notes, heading);
			else if (heading.rest.text) i = readContent(lines, i, heading.rest, state, list, notes);
			if (heading.role && heading.rest.text) state.role = state.rolePiece = null;
			continue;
		}
		if (!state.open) continue;
		const legend = /^\((verhindert|entschuldigt|abwesend|fehlend|nicht anwesend|unentschuldigt)[^)]*\)$/i.exec(
			line.text,
		);
		if (legend) {
			state.bracketed = /^(?:verh|ents)/i.test(legend[1]!) ? 'excused' : 'absent';
			continue;
		}
		const bracket = state.bracketed ? /^\(([^()]+)\)/.exec(line.text) : null;
		if (bracket) {
			const [person] = parsePersons(slice(line, 1, bracket[0].length - 1));
			const org = strip(slice(line, bracket[0].length), /[\s()]/);
			if (person)
				add(list, person, state, {
					org: org.text ? org : state.org,
					role: null,
					status: { value: state.bracketed!, piece: slice(line, 0, bracket[0].length) },
				});
			continue;
		}
		if (line.row && !line.cells[0]!.text && line.cells.filter((cell) => cell.text).length === 1) {
			i = readContent(
				lines,
				i,
				line.cells.find((cell) => cell.text)!,
				state,
				list,
				notes,
			);
		} else if (line.row) readTableRow(line, state, list, notes);
		else if (
			/^[^:.]{3,60}:$/.test(line.text) &&
			!parsePersons(slice(line, 0, line.text.length - 1), { strict: true }).length
		) {
			enter(
				state,
				{
					status: null,
					group: line.text.slice(0, -1),
					voting: null,
					role: null,
					org: slice(line, 0, line.text.length - 1),
					rest: slice(line, line.text.length),
					opens: false,
					guests: false,
					label: line,
				},
				late,
			);
		} else if (isProse(line)) {
			Object.assign(state, closed());
		} else {
			if (line.gap > 0 && state.role) state.role = state.rolePiece = null;
			i = readContent(lines, i, line, state, list, notes);
		}
	}
	return { list: merge(list, notes), notes };
}

function closed(): State {
	return {
		open: false,
		status: null,
		statusPiece: null,
		group: null,
		voting: null,
		role: null,
		rolePiece: null,
		org: null,
		columns: null,
		legend: false,
		bracketed: null,
	};
}

/** Most cells of the name column read "Surname, First name". */
function lastFirstRows(lines: readonly Line[], i: number, columns: Columns): boolean {
	const at = columns.kinds.indexOf('name');
	let hits = 0;
	let total = 0;
	for (let j = i + 1; at >= 0 && j < lines.length && lines[j]!.row; j++) {
		const text = lines[j]!.cells[at]?.text ?? '';
		if (!text) continue;
		total++;
		if (/^(?:(?:Herr|Frau|Dr\.|Prof\.)\s)*\p{Lu}[\p{L}'’ -]*,\s(?:(?:Dr|Prof)\.\s)*\p{Lu}[\p{L}'’. -]*$/u.test(text))
			hits++;
	}
	return hits > 0 && hits * 2 > total;
}

/** "Vorsitz: Frau A" and "Protokoll: Herr B" in the lines right above "Anwesend:" belong to the list. */
function officersAbove(lines: readonly Line[], i: number, state: State, list: FoundAttendee[]): void {
	const above: { heading: Heading; line: Line }[] = [];
	for (let j = i; j > 0 && i - j < 5 && lines[j]!.gap === 0; j--) {
		const line = lines[j - 1]!;
		const heading = headingOf(line) ?? rowHeading(line);
		if (
			!heading?.role ||
			!heading.rest.text ||
			!/^(?:vorsitz|sitzungsleitung|protokoll|schriftführ|moderation)/i.test(heading.role)
		)
			break;
		above.unshift({ heading, line });
	}
	for (const { heading } of above) {
		for (const person of parsePersons(heading.rest)) {
			if (person.titled || person.words > 1)
				add(
					list,
					person,
					{ ...state, rolePiece: heading.label, statusPiece: heading.label },
					{ org: null, role: null, status: null },
				);
		}
	}
}

/** The first line of the minutes' body: attendance headings after it are running text. */
function firstBodyLine(lines: readonly Line[], agenda: Agenda): number {
	let first = Infinity;
	for (const item of agenda.items)
		if (item.text && item.text.value.length > 120 && item.lines[0]) first = Math.min(first, item.lines[0].index);
	return first;
}

/** "Mitglieder:" or a party alone opens a list only when persons follow. */
function opensByNext(lines: readonly Line[], i: number, heading: Heading): boolean {
	if (heading.role) return false;
	if (heading.rest.text) return !heading.org && parsePersons(heading.rest, { strict: true }).length > 1;
	const next = lines[i + 1];
	if (!next) return false;
	return (
		columnsOf(next) !== null ||
		(next.text.length < 90 &&
			parsePersons(next.row ? (next.cells.find((c) => c.text) ?? next) : next, { strict: true }).length > 0)
	);
}

function enter(state: State, heading: Heading, late: boolean, inTable = false): void {
	state.open = true;
	if (heading.role) {
		if (heading.guests && state.status && state.status !== 'present') {
			state.status = 'present';
			state.statusPiece = heading.label;
		}
		state.role = heading.role;
		state.rolePiece = heading.label;
		return;
	}
	state.role = state.rolePiece = null;
	if (heading.org) {
		state.org = heading.org;
		state.group = printed(heading.org);
		if (state.voting === null) state.voting = true;
		return;
	}
	state.org = null;
	if (!inTable) state.columns = null;
	if (heading.status) {
		state.status = heading.status;
		state.statusPiece = heading.label;
	} else if (!late && state.status === null) state.statusPiece = heading.label;
	if (heading.group) state.group = derived(heading.group, heading.label);
	else if (heading.status) state.group = null;
	if (heading.guests && !heading.status && state.status && state.status !== 'present') {
		state.status = 'present';
		state.statusPiece = heading.label;
	}
	if (heading.voting !== null || heading.group || heading.status) state.voting = heading.voting;
}

function isProse(line: Line): boolean {
	const small =
		line.text.match(
			/(?<![\p{L}-])(?!(?:und|für|der|die|des|von|dem|den|im|in|am|ab|bis|zu|zur|als|mit|aus|e|sowie|al|el|da|van|de|uhr|ca)(?![\p{L}]))\p{Ll}{2,}/gu,
		)?.length ?? 0;
	if (small >= 4 || (small >= 2 && /[.!?]$/.test(line.text) && line.text.length > 40)) return true;
	return (
		line.text.length > 60 &&
		/ (?:wird|werden|ist|sind|hat|haben|eröffnet|begrüßt|stellt|fest|wurde|wurden|nicht|dass|berichtet,?|erklärt,?|informiert|fragt,?|dankt|möchte) /.test(
			line.text,
		) &&
		!/^(?:Herr|Frau|Dr\.)\s.{3,50}\((?:ab|bis)/.test(line.text)
	);
}

/** Reads names in a line; comma lists may run over several lines. Returns the index of the last line used. */
function readContent(
	lines: readonly Line[],
	i: number,
	piece: Text,
	state: State,
	list: FoundAttendee[],
	notes: AttendanceNotes,
): number {
	const parts: Text[] = [piece];
	let last = i;
	while (lines[last + 1] && goesOn(lines[last]!, lines[last + 1]!)) parts.push(slice(lines[++last]!, 0));
	const whole = strip(
		joinLines(parts),
		/[\s.]/.test(parts[parts.length - 1]!.text.slice(-1)) &&
			!/(?:e\.\s?V|\p{Lu})\.$/u.test(parts[parts.length - 1]!.text)
			? /[\s.]/
			: /\s/,
	);
	const persons = parsePersons(whole, { strict: !listy(whole, state), lastFirst: lastFirstLines(lines, i) });
	for (const person of persons) add(list, person, state, { org: state.org, role: null, status: null });
	if (!persons.length && /\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+/u.test(whole.text) && whole.text.length < 80)
		notes.notUnderstood.push(whole);
	return last;
}

/** Single surnames are believed in a list under a heading that tells presence. */
function listy(piece: Text, state: State): boolean {
	return (
		state.status !== null &&
		(/^[^,]+,[^,]+,/.test(piece.text) || state.org !== null || /^(?:Herr|Frau)/.test(piece.text))
	);
}

function goesOn(line: Line, next: Line): boolean {
	if (next.gap > 0 || next.row || line.row || next.bullet || headingOf(next) || isStop(next)) return false;
	return (
		/[,;]$|\b(?:und|sowie|für|von|Dr\.|Prof\.|Frau|Herr|Herrn)$/u.test(line.text) ||
		(line.text.length > 66 && (line.text.match(/[,;]/g)?.length ?? 0) >= 2 && !/^(?:Herr|Frau)\s/.test(next.text))
	);
}

/** "Müller, Anna" in most lines of the block: surname first. */
function lastFirstLines(lines: readonly Line[], i: number): boolean {
	let hits = 0;
	let total = 0;
	for (let j = Math.max(0, i - 4); j < Math.min(lines.length, i + 5); j++) {
		const text = lines[j]!.text.replace(/\s*\(.*$/, '');
		if (text.length > 50) continue;
		total++;
		if (
			/^(?:(?:Herr|Frau|Dr\.|Prof\.)\s)*\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+)?,\s(?:Dr\.\s)?\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'.-]+)?$/u.test(
				text,
			)
		)
			hits++;
	}
	return hits >= 3 && hits * 2 >= total;
}

function readTableRow(line: Line, state: State, list: FoundAttendee[], notes: AttendanceNotes): void {
	const row = readRow(line, state.columns);
	if (row.oddStatus) notes.odd.push(row.oddStatus);
	for (const person of row.persons) {
		if (row.replacedBy && !person.replacedBy) person.replacedBy = row.replacedBy.name;
		const status = row.status ?? (row.hasStatusColumn ? { value: 'unknown' as const, piece: line } : null);
		add(list, person, state, {
			org: row.org ?? state.org,
			role: row.role,
			status,
			note: row.headerInCell ? 'header-in-cell' : row.sharedCell ? 'shared-cell' : undefined,
		});
	}
}

/** "Entschuldigt: | Frau X, Herr Y" in two cells. */
function readCells(line: Line, state: State, list: FoundAttendee[], notes: AttendanceNotes, heading: Heading): void {
	for (const cell of line.cells) {
		const piece = cell.text.includes(':') && cell.at[0] === line.at[0] ? slice(cell, cell.text.indexOf(':') + 1) : cell;
		if (!piece.text || piece === heading.label) continue;
		for (const person of parsePersons(piece, { strict: !listy(piece, state) }))
			add(list, person, state, { org: state.org, role: null, status: null });
	}
	void notes;
}

type Extra = {
	org: Text | null;
	role: Text | null;
	status: { value: AttendanceStatus; piece: Text } | null;
	note?: NoteKey;
};

function add(list: FoundAttendee[], person: Person, state: State, extra: Extra): void {
	const own = person.status ?? extra.status;
	const status: Found<AttendanceStatus> = own
		? derived(own.value, own.piece, 'sure', extra.note)
		: state.status
			? derived(state.status, state.statusPiece ?? person.name, 'sure', 'heading-status')
			: derived('present', state.statusPiece ?? person.name, 'doubtful', 'heading-status');
	const surnameOnly = person.words < 2;
	const initials =
		person.org && /^\p{Lu}{2,3}$/u.test(person.org.text) && isInitials(person.org.text, person.name.text);
	if (initials) person.org = null;
	const role = person.role ?? extra.role ?? (state.rolePiece ? slice(state.rolePiece, 0) : null);
	const attendee: FoundAttendee = {
		name: printed(
			person.name,
			person.doubtful || surnameOnly ? 'doubtful' : 'sure',
			surnameOnly ? 'surname-only' : extra.note,
		),
		org: person.org ? printed(person.org) : extra.org ? printed(extra.org) : null,
		role: role ? printed(role) : null,
		group: state.group,
		voting:
			state.voting === null ? null : derived(state.voting, state.group?.piece ?? person.name, 'doubtful', 'derived'),
		status,
		substituteFor: person.substituteFor ? printed(person.substituteFor) : null,
		from: person.from ? derived(person.from.value, person.from.piece) : null,
		until: person.until ? derived(person.until.value, person.until.piece) : null,
	};
	if (person.replacedBy) {
		if (attendee.status.value === 'present')
			attendee.status = derived('excused', person.replacedBy, 'doubtful', 'derived');
		list.push({
			...attendee,
			name: printed(person.replacedBy),
			role: null,
			status: derived('present', person.replacedBy, 'sure', 'derived'),
			substituteFor: printed(person.name),
			from: null,
			until: null,
		});
	}
	list.push(attendee);
}

const differs = (a: Found<string> | null, b: Found<string> | null): boolean =>
	a !== null && b !== null && a.value !== b.value;

/** "(NH)" behind Nele Harms is a short sign and no organisation. */
function isInitials(sign: string, name: string): boolean {
	const words = name.split(/[\s-]+/).filter((word) => !/^(?:Dr|Prof)\.?$/.test(word));
	return words.length > 0 && sign[0] === words[0]![0] && sign[sign.length - 1] === words[words.length - 1]![0];
}

/** One entry per person; a later entry adds what the first lacks. */
function merge(list: readonly FoundAttendee[], notes: AttendanceNotes): FoundAttendee[] {
	const byName = new Map<string, FoundAttendee>();
	for (const entry of list) {
		const bare = fold(entry.name.value.replace(/\b(?:Dr|Prof)\b\.?/g, ''));
		const same = byName.get(bare);
		const other = same && !bare.includes(' ') && (differs(same.role, entry.role) || differs(same.org, entry.org));
		const key = other ? `${bare} ${fold(entry.role?.value ?? entry.org?.value ?? '')}` : bare;
		const known = byName.get(key);
		if (!known) {
			byName.set(key, entry);
			continue;
		}
		notes.twice.push(entry.name.piece);
		if (known.status.value === 'unknown' && entry.status.value !== 'unknown') known.status = entry.status;
		if (entry.org && known.org && entry.org.value !== known.org.value)
			known.org = { ...known.org, value: `${known.org.value}; ${entry.org.value}`, note: 'derived' };
		known.org ??= entry.org;
		known.role ??= entry.role;
		known.substituteFor ??= entry.substituteFor;
		known.from ??= entry.from;
		known.until ??= entry.until;
	}
	return [...byName.values()];
}
