import * as m from '#messages';
import type { Seat, SeatState, SumRow, Voice } from '#ui/types.ts';
import type { AttendanceView, MeetingView } from '../view.ts';

/**
 * The seats of a session as the plan draws them. A session with seats in the register shows each of them; one taken
 * over without seats shows its voting rows in the order of the list.
 */
export function seatsOf(meeting: MeetingView): Seat[] {
	if (!meeting.seats.length) {
		return meeting.attendance.filter((row) => row.voting).map((row, index) => fromRow(row, String(index + 1)));
	}
	return meeting.seats.map((seat): Seat => {
		const row =
			meeting.attendance.find((a) => a.seatNumber === seat.number && present(a)) ??
			meeting.attendance.find((a) => a.seatNumber === seat.number);
		const note = seat.organisation || (seat.kind === 'resident' ? m.council_seat_resident() : '');
		const label = String(seat.number);
		if (row) return { ...fromRow(row, label), who: row.substituteFor || row.name || seat.holder, note };
		if (!seat.holder)
			return { label, who: m.council_seat_vacant(), note, state: 'vacant', says: m.council_seat_vacant() };
		return { label, who: seat.holder, note, state: 'unknown', says: m.council_status_unknown() };
	});
}

function present(row: AttendanceView): boolean {
	return row.status === 'present' || row.status === 'remote';
}

function fromRow(row: AttendanceView, label: string): Seat {
	const substituted = present(row) && row.substituteFor !== '';
	const state: SeatState = substituted
		? 'substituted'
		: present(row)
			? 'in'
			: row.status === 'unknown'
				? 'unknown'
				: 'out';
	const says = substituted ? m.council_status_substituted_by({ name: row.name || row.function }) : statusWord(row);
	return { label, who: row.substituteFor || row.name, note: row.organisation, state, says };
}

export function statusWord(row: AttendanceView): string {
	if (present(row) && row.substituteFor) return m.council_status_substitute({ name: row.substituteFor });
	return STATUS[row.status]();
}

const STATUS: Record<AttendanceView['status'], () => string> = {
	present: m.council_status_present,
	remote: m.council_status_remote,
	excused: m.council_status_excused,
	absent: m.council_status_absent,
	unknown: m.council_status_unknown,
};

const KEY_WORDS: Record<SeatState, () => string> = {
	in: m.council_seat_in,
	substituted: m.council_seat_substituted,
	out: m.council_seat_out,
	vacant: m.council_seat_vacant,
	unknown: m.council_seat_unknown,
};

/** The key beside the plan: only states that occur, each with its number. */
export function keyOf(seats: Seat[]): Partial<Record<SeatState, string>> {
	const key: Partial<Record<SeatState, string>> = {};
	for (const state of Object.keys(KEY_WORDS) as SeatState[]) {
		const count = seats.filter((seat) => seat.state === state).length;
		if (count) key[state] = `${KEY_WORDS[state]()} ${count}`;
	}
	return key;
}

/** Marks for the sum: members first, then substitutes, then the rest of the base. */
export function quorumVoices({ computed }: NonNullable<MeetingView['quorum']>): Voice[] {
	const { inputs, outcome } = computed;
	const empty = Math.max(0, outcome.base - outcome.present);
	return [...fill('y', inputs.members), ...fill('s', inputs.substitutes), ...fill('o', empty)];
}

function fill(voice: Voice, count: number): Voice[] {
	return Array.from({ length: count }, () => voice);
}

/** The arithmetic, row by row, as the rule profile of that day demands it. */
export function quorumRows({ computed }: NonNullable<MeetingView['quorum']>): SumRow[] {
	const { rule, inputs, outcome } = computed;
	const base = outcome.base;
	const baseLabel =
		rule.base === 'actualVotingMembers' ? m.council_quorum_seats_actual() : m.council_quorum_seats_statutory();
	const share = {
		moreThanHalf: m.council_quorum_moreThanHalf,
		half: m.council_quorum_half,
		third: m.council_quorum_third,
	}[rule.rule];
	return [
		{ label: baseLabel, value: String(base) },
		{ label: share({ base }), value: String(outcome.needed) },
		{ label: m.council_quorum_members(), value: String(inputs.members) },
		{ label: m.council_quorum_substitutes(), value: `+ ${inputs.substitutes}` },
		{ label: m.council_quorum_total({ needed: outcome.needed }), value: String(outcome.present), total: true },
	];
}
