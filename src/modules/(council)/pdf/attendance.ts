import * as m from '#messages';
import { formatTime } from '#kernel/i18n/format.ts';
import type { TemplateData } from '#kernel/documents/render.ts';
import type { AttendanceView, MeetingView, SeatView } from '../view.ts';
import { statusWord } from '../ui/seat-plan.ts';
import type { Words } from './phrases.ts';

type Attendance = NonNullable<TemplateData<'minutes'>['attendance']>;
type Group = Attendance['groups'][number];
type Row = Group['rows'][number];

const here = (row: AttendanceView) => row.status === 'present' || row.status === 'remote';

/**
 * Who was there, by group: the seats with whoever sat on them, voting rows of old records without seats under their
 * printed heading, then everybody else. Names are those that the view gives this reader.
 */
export function attendanceOf(meeting: MeetingView, words: Words): Attendance | undefined {
	const groups = [...seatGroups(meeting, words), ...printedGroups(meeting, words), ...otherGroup(meeting, words)];
	if (!groups.length) return undefined;
	return {
		heading: m.council_seat_presence(),
		columns: { name: m.council_pdf_name(), role: m.council_pdf_role(), state: m.council_seat_presence() },
		groups,
		...(meeting.attendance.some((row) => row.guest && !row.name) ? { note: m.council_others_note() } : {}),
	};
}

const KINDS: Record<SeatView['kind'], () => string> = {
	delegated: m.council_body_delegated,
	resident: m.council_body_residents,
	organisation: m.council_body_organisations,
	exOfficio: m.council_body_exofficio,
	advisory: m.council_body_exofficio,
};

function seatGroups(meeting: MeetingView, words: Words): Group[] {
	const groups = new Map<string, Row[]>();
	// An old list that was tied to no seat says nothing of seats; it stands under its own headings.
	if (meeting.state === 'takenOver' && !meeting.attendance.some((row) => row.seatNumber !== null)) return [];
	for (const seat of meeting.seats) {
		const name = KINDS[seat.kind]();
		groups.set(name, [...(groups.get(name) ?? []), ...seatRows(seat, meeting, words)]);
	}
	return [...groups].map(([name, rows]) => ({ name, rows }));
}

function seatRows(seat: SeatView, meeting: MeetingView, words: Words): Row[] {
	const rows = meeting.attendance.filter((row) => row.seatNumber === seat.number);
	const role = seat.organisation ? { role: words.german(seat.organisation) } : {};
	// A principal who was away is named in the row of whoever stood in.
	const stoodIn = new Set(rows.filter(here).map((row) => row.substituteFor));
	const shown = rows.filter((row) => here(row) || !stoodIn.has(row.name));
	if (shown.length) return shown.map((row) => ({ ...rowOf(row, words, seat.holder), ...role }));
	if (!seat.holder) return [{ name: m.council_seat_vacant(), ...role, state: m.council_seat_vacant(), mark: 'absent' }];
	return [{ name: words.german(seat.holder), ...role, state: m.council_status_unknown(), mark: 'unknown' }];
}

/** Old records: the headings of their lists stay as they were printed. */
function printedGroups(meeting: MeetingView, words: Words): Group[] {
	const seated = new Set(meeting.seats.map(({ number }) => number));
	const groups = new Map<string, Row[]>();
	for (const row of meeting.attendance) {
		if (!row.voting || (row.seatNumber !== null && seated.has(row.seatNumber))) continue;
		groups.set(row.grouping, [...(groups.get(row.grouping) ?? []), rowOf(row, words)]);
	}
	return [...groups].map(([name, rows]) => ({ name: name ? words.german(name) : m.council_pdf_members(), rows }));
}

function otherGroup(meeting: MeetingView, words: Words): Group[] {
	const others = meeting.attendance.filter(
		(row) => !row.voting && row.seatNumber === null && (row.name || row.function || row.organisation),
	);
	if (!others.length) return [];
	return [{ name: m.council_others(), rows: others.map((row) => rowOf(row, words)) }];
}

function rowOf(row: AttendanceView, words: Words, holder = ''): Row {
	const substituted = here(row) && row.substituteFor !== '';
	const said = [row.name, row.function, row.organisation].filter(Boolean);
	const who = (substituted ? row.substituteFor : row.name || holder) || said.shift()!;
	const role = said.filter((part) => part !== who && part !== row.name).join(', ');
	const word = substituted
		? m.council_status_substituted_by({ name: row.name || row.function || m.council_member_substitute() })
		: statusWord(row);
	const state = words.list([word, ...timesOf(row, words)]);
	const mark = substituted ? 'substituted' : here(row) ? 'present' : row.status === 'unknown' ? 'unknown' : 'absent';
	return { name: words.german(who), ...(role ? { role: words.german(role) } : {}), state, mark };
}

function timesOf(row: AttendanceView, { locale, timeZone }: Words): string[] {
	const said: string[] = [];
	if (row.from) said.push(m.council_from_time({ time: formatTime(row.from, locale, timeZone) }));
	if (row.until) said.push(m.council_until_time({ time: formatTime(row.until, locale, timeZone) }));
	return said;
}
