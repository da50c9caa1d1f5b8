import type { PersonalTable } from '#kernel/privacy/declaration.ts';

const purpose = 'council_privacy_records';
const basis = 'council_privacy_basis';
const dateOfMeeting = {
	sql: 'select m.date from council.meeting m where m.body_id = t.body_id and m.id = t.meeting_id',
};
const soon = { retention: 'invitations-5y' } as const;
const keep = { retention: 'permanent', erase: 'keep' } as const;

/**
 * Personal data of convening. That an invitation went out and was answered shows for five years that a session was convened
 * properly; the private reason of an absence goes after the session, at the latest with the attendance (rulebook R8-11).
 */
export const personal: PersonalTable[] = [
	{
		table: 'council.invitation',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: {
			name: { ...soon, erase: 'empty' },
			email: { ...soon, erase: 'empty' },
			locale: { ...soon, erase: 'keep' },
			role: { ...soon, erase: 'keep' },
			function: { ...soon, erase: 'keep' },
			answer: { ...soon, erase: 'keep' },
			reason: { retention: 'log-90d', erase: 'empty' },
			arrives_at: { ...soon, erase: 'null' },
			answered_by: { ...soon, erase: 'keep' },
		},
		from: dateOfMeeting,
	},
	{
		table: 'council.invitation_mail',
		purpose,
		basis,
		person: {
			sql: 'exists (select from council.invitation v where v.body_id = t.body_id and v.id = t.invitation_id and v.person_id = :person)',
		},
		columns: { key: { ...soon, erase: 'keep' }, purpose: { ...soon, erase: 'keep' } },
		from: dateOfMeeting,
	},
	{
		table: 'council.meeting_guest',
		purpose,
		basis,
		person: { sql: 't.person_id = :person or t.invited_by_person_id = :person' },
		columns: {
			label: { ...soon, erase: 'keep' },
			name: { ...soon, erase: 'empty' },
			email: { ...soon, erase: 'empty' },
		},
		from: dateOfMeeting,
	},
	{
		table: 'council.nomination',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { name: { ...soon, erase: 'empty' }, note: { ...soon, erase: 'empty' } },
		from: {
			sql: `select m.date from council.meeting m join council.agenda_item i on i.body_id = m.body_id and i.meeting_id = m.id
				where i.body_id = t.body_id and i.id = t.agenda_item_id`,
		},
	},
	{
		// Why a session was convened at short notice, or an item put on late: part of the record (rulebook R2-05).
		table: 'council.convening',
		purpose,
		basis,
		person: null,
		columns: { urgent_reason: keep },
		from: null,
	},
	...texts('council.agenda_item', ['change_reason', 'reporter_text', 'neutral_title']),
	...texts('council.agenda_template_line', ['title', 'reporter_text', 'neutral_title']),
	...texts('council.agenda_template_guest', ['label']),
];

/** Wording of the record, found by reading alone. */
function texts(table: string, columns: string[]): PersonalTable[] {
	return [
		{
			table,
			purpose,
			basis,
			person: null,
			columns: Object.fromEntries(columns.map((name) => [name, keep])),
			from: null,
		},
	];
}
