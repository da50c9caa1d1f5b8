import type { PersonalColumn, PersonalTable } from '#kernel/privacy/declaration.ts';

const purpose = 'council_planning_privacy';
const basis = 'council_privacy_basis';
const invitation = (erase: PersonalColumn['erase']): PersonalColumn => ({ retention: 'invitations-5y', erase });

const dateOfMeeting = {
	sql: 'select m.date from council.meeting m where m.body_id = t.body_id and m.id = t.meeting_id',
};

/** Personal data of what comes before a session; kept as long as invitations are (rulebook R8-11), unless less is said. */
export const personal: PersonalTable[] = [
	{
		// Answers go with the row: a poll is of no use to anybody once its session is over.
		table: 'council.date_poll_voter',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { token_hash: invitation('delete-row') },
		from: { sql: 'select p.created_at from council.date_poll p where p.body_id = t.body_id and p.id = t.poll_id' },
	},
	{
		table: 'council.save_the_date',
		purpose,
		basis,
		person: { column: 'sent_by_id' },
		columns: { note: invitation('empty') },
		from: 'sent_at',
	},
	{
		table: 'council.save_the_date_recipient',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { name: invitation('delete-row'), email: invitation('delete-row') },
		from: {
			sql: 'select s.sent_at from council.save_the_date s where s.body_id = t.body_id and s.id = t.save_the_date_id',
		},
	},
	{
		// Name, address and link of whoever proposed it go early (job `council.forgetProposers`), the topic stays.
		table: 'council.topic_proposal',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: {
			name: { retention: 'feedback-12m', erase: 'empty' },
			email: { retention: 'feedback-12m', erase: 'empty' },
			token_hash: { retention: 'feedback-12m', erase: 'keep' },
			title: { retention: 'permanent', erase: 'keep' },
			text: { retention: 'permanent', erase: 'keep' },
			reason: { retention: 'permanent', erase: 'keep' },
		},
		from: 'created_at',
	},
	{
		table: 'council.guest_list_entry',
		purpose,
		basis,
		person: { column: 'by_person_id' },
		columns: { subject: invitation('empty'), reason: invitation('empty') },
		from: dateOfMeeting,
	},
	{
		// Who asked for a session and why belongs to the record of convening it.
		table: 'council.convening_request',
		purpose,
		basis,
		person: null,
		columns: { subject: { retention: 'permanent', erase: 'keep' }, reason: { retention: 'permanent', erase: 'keep' } },
		from: null,
	},
];
