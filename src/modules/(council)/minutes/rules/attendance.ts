import { formatTime } from '#kernel/i18n/format.ts';
import type { AttendanceView, SeatView } from '../../view.ts';
import type { Group, Row } from './content.ts';
import type { Source } from './record.ts';
import { say, type Sentence } from './style.ts';

const here = (row: AttendanceView) => row.status === 'present' || row.status === 'remote';

/**
 * Who took part, in the groups of the results style: seats by their kind, successors, guests. Every seat and every member
 * of the register has a line, so nobody is typed again and nobody is left out (SIT-31).
 */
export function attendanceGroups(source: Source): Group[] {
	const rows = new Map<string, Row[]>();
	const add = (key: string, row: Row) => rows.set(key, [...(rows.get(key) ?? []), row]);
	for (const seat of source.meeting.seats) for (const row of seatRows(seat, source)) add(seat.kind, row);
	const seats = new Set(source.meeting.seats.map(({ number }) => number));
	for (const row of source.meeting.attendance) {
		if (row.seatNumber !== null && seats.has(row.seatNumber)) continue;
		add(groupOf(row, source), rowOf(row, source));
	}
	for (const person of source.missing) {
		if (person.seatNumber === null || !seats.has(person.seatNumber)) add('members', missingRow(person, source));
	}
	const order = ['delegated', 'resident', 'organisation', 'exOfficio', 'members', 'advisory', 'successor', 'guests'];
	return order.flatMap((key): Group[] => {
		const found = rows.get(key);
		if (!found) return [];
		const word = (name: string) => say(source.style, name as Sentence);
		const columns: Group['columns'] = [word(`column.${key}`), word('column.name'), word('column.presence')];
		return [{ key, heading: word(`group.${key}`), columns, rows: found }];
	});
}

/** The two lists of the round table's layout: present with guests, absent from the register. */
export function presentAndAbsent(source: Source): { present: Row[]; absent: Row[] } {
	const rows = source.meeting.attendance.map((row) => rowOf(row, source));
	const missing = source.missing.map((person) => missingRow(person, source));
	const attended = (row: Row) => row.mark === 'present' || row.mark === 'substituted';
	return {
		present: rows.filter(attended),
		absent: [...rows.filter((row) => !attended(row) && row.voting), ...missing],
	};
}

function groupOf(row: AttendanceView, { attendance }: Source): string {
	const capacity = attendance[row.id]?.capacity;
	if (capacity === 'successor') return 'successor';
	if (capacity === 'advisory') return 'advisory';
	return row.voting ? 'members' : 'guests';
}

function seatRows(seat: SeatView, source: Source): Row[] {
	const rows = source.meeting.attendance.filter((row) => row.seatNumber === seat.number);
	const stoodIn = new Set(rows.filter(here).map((row) => row.substituteFor));
	const shown = rows.filter((row) => here(row) || !stoodIn.has(row.name));
	const organisation = seat.organisation;
	if (shown.length)
		return shown.map((row) => ({
			...rowOf(row, source),
			organisation: organisation || row.organisation || source.meeting.body.name,
		}));
	const name = seat.holder || say(source.style, 'seat.vacant');
	const presence = seat.holder ? say(source.style, 'presence.unknown') : '';
	const row = {
		name,
		publicName: name,
		organisation: organisation || source.meeting.body.name,
		presence,
		publicPresence: presence,
	};
	return [{ ...row, mark: seat.holder ? 'unknown' : 'absent', voting: seat.voting }];
}

function missingRow(person: Source['missing'][number], { style }: Source): Row {
	const presence = say(style, 'presence.unknown');
	const { name, organisation, voting } = person;
	return { name, publicName: name, organisation, presence, publicPresence: presence, mark: 'unknown', voting };
}

const ms = (instant: string) => Date.parse(instant);

function rowOf(row: AttendanceView, source: Source): Row {
	const { style, timeZone } = source;
	const more = source.attendance[row.id];
	const time = (instant: string) => formatTime(instant, 'de', timeZone);
	const stands = here(row) && row.substituteFor !== '';
	const named = stands ? say(style, 'presence.substitute', { name: row.name, principal: row.substituteFor }) : row.name;
	const open = row.voting || (more?.namePublic ?? false);
	// Who was there before the opening, or until the end, was there from the beginning, or to the end.
	const { openedAt, closedAt } = source.meeting;
	const times = [
		row.from && !(openedAt && ms(row.from) <= ms(openedAt))
			? say(style, 'presence.from', { time: time(row.from) })
			: '',
		row.until && !(closedAt && ms(row.until) >= ms(closedAt))
			? say(style, 'presence.until', { time: time(row.until) })
			: '',
	];
	const word = more?.unexcused && row.status === 'absent' ? 'unexcused' : row.status;
	const away = row.status === 'excused' || row.status === 'absent';
	const presence = [say(style, `presence.${word}`), ...(here(row) ? times : [])].filter(Boolean).join(', ');
	return {
		name: [named, row.function].filter(Boolean).join(', '),
		publicName: open ? [named, row.function].filter(Boolean).join(', ') : row.function,
		organisation: row.organisation,
		presence,
		publicPresence: away ? say(style, 'presence.away') : presence,
		mark: stands ? 'substituted' : here(row) ? 'present' : row.status === 'unknown' ? 'unknown' : 'absent',
		voting: row.voting,
	};
}
