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
];
