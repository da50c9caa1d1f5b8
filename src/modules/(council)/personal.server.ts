import type { PersonalTable } from '#kernel/privacy/declaration.ts';

const purpose = 'council_privacy_records';
const basis = 'council_privacy_basis';
const dateOfMeeting = {
	sql: 'select m.date from council.meeting m where m.body_id = t.body_id and m.id = t.meeting_id',
};

/**
 * Personal data of the council's records. Who took part belongs to the minutes and stays; from when to when somebody was
 * there is kept until allowances are paid and audited, ten years (rulebook R8-11).
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
			status: { retention: 'permanent', erase: 'keep' },
			substitute_for_name: { retention: 'permanent', erase: 'keep' },
			present_from: { retention: 'attendance-10y', erase: 'null' },
			present_until: { retention: 'attendance-10y', erase: 'null' },
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
		},
		from: null,
	},
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
];
