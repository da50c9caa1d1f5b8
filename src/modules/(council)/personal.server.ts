import type { PersonalTable } from '#kernel/privacy/declaration.ts';
import { personal as agenda } from './agenda/personal.server.ts';
import { personal as minutes } from './minutes/personal.server.ts';
import { structurePersonal } from './structure/personal.server.ts';
import { sessionPersonal } from './session/personal.server.ts';
import { personal as entry } from './entry/personal.server.ts';
import { personal as member } from './member/personal.server.ts';
import { personal as planning } from './planning/personal.server.ts';
import { votesPersonal } from './votes/personal.server.ts';

const purpose = 'council_privacy_records';
const basis = 'council_privacy_basis';
const dateOfMeeting = {
	sql: 'select m.date from council.meeting m where m.body_id = t.body_id and m.id = t.meeting_id',
};

/**
 * Personal data of the council's records. Who took part, and when somebody came or left, belongs to the minutes and stays
 * (rulebook R2-60, R2-61); whether an absence counted as unexcused matters until allowances are audited, ten years (R8-11).
 */
export const personal: PersonalTable[] = [
	{
		table: 'council.attendance',
		purpose,
		basis,
		person: { sql: 't.person_id = :person or t.substitute_for_person_id = :person' },
		columns: {
			name: { retention: 'permanent', erase: 'keep' },
			function: { retention: 'permanent', erase: 'keep' },
			organisation: { retention: 'permanent', erase: 'keep' },
			grouping: { retention: 'permanent', erase: 'keep' },
			capacity: { retention: 'permanent', erase: 'keep' },
			status: { retention: 'permanent', erase: 'keep' },
			substitute_for_name: { retention: 'permanent', erase: 'keep' },
			// Without the times a principal and the substitute who took over would both hold the seat from the beginning.
			present_from: { retention: 'permanent', erase: 'keep' },
			present_until: { retention: 'permanent', erase: 'keep' },
			unexcused_since: { retention: 'attendance-10y', erase: 'null' },
		},
		from: dateOfMeeting,
	},
	{
		table: 'council.meeting',
		purpose,
		basis,
		person: { column: 'chair_person_id' },
		columns: {
			chair_name: { retention: 'permanent', erase: 'keep' },
			minutes_taker_name: { retention: 'permanent', erase: 'keep' },
			convening: { retention: 'permanent', erase: 'keep' },
		},
		from: null,
	},
	{
		// A reason for a cancellation may speak of somebody's health.
		table: 'council.meeting',
		purpose,
		basis,
		person: null,
		columns: { cancel_note: { retention: 'invitations-5y', erase: 'empty' } },
		from: 'date',
		touches: { kind: 'council.meeting', column: 'id' },
	},
	...texts('council.agenda_item', ['title', 'text', 'result_note', 'outcome_plain']),
	...texts('council.vote', ['text']),
	...texts('council.resolution', ['text']),
	{
		table: 'council.task',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: {
			what: { retention: 'permanent', erase: 'keep' },
			who: { retention: 'permanent', erase: 'keep' },
			done_note: { retention: 'function', erase: 'empty' },
		},
		from: null,
		touches: { kind: 'council.task', column: 'id' },
	},
	{
		table: 'council.quorum_finding',
		purpose,
		basis,
		person: { column: 'challenged_by' },
		// Who doubted the quorum belongs to the minutes (rulebook R2-61).
		columns: { challenged_by: { retention: 'permanent', erase: 'keep' } },
		from: dateOfMeeting,
	},
	...agenda,
	...minutes,
	...structurePersonal,
	...sessionPersonal,
	...entry,
	...planning,
	...member,
	...votesPersonal,
];

/** Wording of the record that may name people: part of the minutes, found by reading alone. */
function texts(table: string, columns: string[]): PersonalTable[] {
	const kept = columns.map((column) => [column, { retention: 'permanent' as const, erase: 'keep' as const }]);
	return [{ table, purpose, basis, person: null, columns: Object.fromEntries(kept), from: null }];
}
