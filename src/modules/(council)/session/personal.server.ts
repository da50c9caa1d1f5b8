import type { PersonalTable } from '#kernel/privacy/declaration.ts';

const purpose = 'council_privacy_records';
const basis = 'council_privacy_basis';
const dateOfMeeting = {
	sql: 'select m.date from council.meeting m where m.body_id = t.body_id and m.id = t.meeting_id',
};

/** When somebody came, left or spoke belongs to the minutes and stays with them (rulebook R2-61). */
export const sessionPersonal: PersonalTable[] = [
	{
		table: 'council.presence',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: {
			mode: { retention: 'permanent', erase: 'keep' },
			from_at: { retention: 'permanent', erase: 'keep' },
			until_at: { retention: 'permanent', erase: 'keep' },
			ended: { retention: 'permanent', erase: 'keep' },
		},
		from: dateOfMeeting,
	},
	{
		// What an organisation promised; it may name who said so.
		table: 'council.commitment',
		purpose,
		basis,
		person: null,
		columns: { wording: { retention: 'permanent', erase: 'keep' } },
		from: null,
	},
	{
		table: 'council.agenda_change',
		purpose,
		basis,
		person: null,
		columns: { reason: { retention: 'permanent', erase: 'keep' } },
		from: null,
	},
];
