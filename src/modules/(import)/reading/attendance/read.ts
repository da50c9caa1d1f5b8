import { type Text, joinLines, slice, strip } from '../text.ts';
import type { Line } from '../lines.ts';
import type { Agenda } from '../agenda.ts';
import { markerOf } from '../markers.ts';
import { parsePersons } from '../persons.ts';
import { type Heading, headingOf, isStop, ownerOf, rowHeading, groupRow, votingOf } from './headings.ts';
import { type LostTable, lostTable } from './lost-table.ts';
import { columnsOf, readRow } from './table.ts';
import { sideBySide } from './columns.ts';
import { type State, closed, enter } from './state.ts';
import { type FoundAttendee, type AttendanceNotes, add, merge } from './entry.ts';
import {
	lastFirstRows,
	lastFirstCells,
	firstBodyLine,
	opensByNext,
	isProse,
	listy,
	goesOn,
	lastFirstLines,
} from './context.ts';

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
		const beside = sideBySide(lines, i);
		if (beside) {
			for (const { heading, names } of beside.sides) {
				enter(state, heading, late);
				const lastFirst = lastFirstCells(names);
				for (const name of names)
					for (const person of parsePersons(name, { lastFirst, strict: false }))
						add(list, person, state, { org: null, role: null, status: null });
			}
			i = beside.last;
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
			if (/^(?:siehe|s\.|laut|lt\.|gemäß|vgl)\b/i.test(heading.rest.text)) {
				const next = lines[i + 1];
				if (next && !next.row && next.text.length < 90 && parsePersons(next, { strict: true }).length)
					enter(state, heading, late);
				continue;
			}
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
		} else if (line.row) readTableRow(lines, i, state, list, notes);
		else if (
			/^[^:.]{3,60}:$/.test(line.text) &&
			!parsePersons(slice(line, 0, line.text.length - 1), { strict: true }).length
		) {
			enter(
				state,
				{
					status: null,
					group: line.text.slice(0, -1),
					voting: votingOf(line.text),
					role: null,
					org: ownerOf(slice(line, 0, line.text.length - 1)),
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
	chairsVote(list);
	return { list: merge(list, notes), notes };
}

/** Where a list names the members who vote, the chair and the deputies named apart are among them. */
function chairsVote(list: readonly FoundAttendee[]): void {
	const members = list.find((one) => one.voting?.value === true && /mitglied/i.test(one.group?.value ?? ''));
	if (!members?.voting) return;
	for (const one of list)
		if (!one.voting && /^(?:stellv\p{L}*\.?\s+)?vorsitz/iu.test(one.role?.value ?? '')) one.voting = members.voting;
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
	const persons = parsePersons(whole, {
		strict: !listy(whole, state),
		lastFirst: lastFirstLines(lines, i),
		several: piece !== lines[i] && !lines[i]!.row && state.voting !== false && !state.role,
	});
	for (const person of persons) add(list, person, state, { org: state.org, role: null, status: null });
	if (!persons.length && /\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+/u.test(whole.text) && whole.text.length < 80)
		notes.notUnderstood.push(whole);
	return last;
}

function readTableRow(
	lines: readonly Line[],
	i: number,
	state: State,
	list: FoundAttendee[],
	notes: AttendanceNotes,
): void {
	const line = lines[i]!;
	const row = readRow(line, state.columns, !state.columns && lastFirstLines(lines, i));
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
