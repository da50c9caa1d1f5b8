import type { PersonalTable } from '#kernel/privacy/declaration.ts';

const purpose = 'papers_privacy_papers';
const basis = 'papers_privacy_basis';

/** Who brought a paper in, signed or sent it belongs to the public record of the town's councils and stays with it. */
export const paperPersonal: PersonalTable[] = [
	{
		table: 'papers.paper',
		purpose,
		basis,
		person: { sql: 't.signatory_person_id = :person or t.created_by = :person' },
		columns: {
			signatory_name: { retention: 'permanent', erase: 'keep' },
			signatory_function: { retention: 'permanent', erase: 'keep' },
			sender_name: { retention: 'permanent', erase: 'keep' },
		},
		from: null,
	},
	{
		table: 'papers.draft_save',
		purpose,
		basis,
		person: { column: 'saved_by' },
		columns: { content: { retention: 'reading-12m', erase: 'delete-row' } },
		from: 'saved_at',
	},
	{
		table: 'papers.draft_comment',
		purpose,
		basis,
		person: { column: 'written_by' },
		columns: { text: { retention: 'reading-12m', erase: 'delete-row' } },
		from: 'written_at',
	},
];
