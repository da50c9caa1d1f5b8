import type { PersonalTable } from '#kernel/privacy/declaration.ts';

const purpose = 'papers_involvement_privacy';
const basis = 'papers_privacy_basis';

/** Answers belong to the record of the matter, in the name of an office; who gave them is found by the person's own id. */
export const involvementPersonal: PersonalTable[] = [
	{
		table: 'papers.sign_request',
		purpose,
		basis,
		person: { sql: 't.person_id = :person or t.answered_by = :person or t.requested_by = :person' },
		columns: { reasons: { retention: 'permanent', erase: 'keep' } },
		from: null,
	},
	{
		// with whom: a name as noted; the whole entry goes, the day stands in delete_on
		table: 'papers.contact',
		purpose,
		basis,
		person: { column: 'created_by' },
		columns: {
			name: { retention: 'feedback-12m', erase: 'delete-row' },
			topic: { retention: 'feedback-12m', erase: 'delete-row' },
		},
		from: 'happened_on',
	},
	{
		table: 'papers.participant',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { statement: { retention: 'feedback-12m', erase: 'empty' } },
		from: {
			sql: 'select coalesce(p.last_date, p.from_date) from papers.participation p where p.body_id = t.body_id and p.id = t.participation_id',
		},
	},
];
