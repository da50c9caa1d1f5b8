import type { PersonalTable } from '#kernel/privacy/declaration.ts';

const purpose = 'papers_statement_privacy';
const basis = 'papers_privacy_basis';

/** Who acted in the course of a statement or a treatment; the acts belong to the file of the paper. */
export const statementPersonal: PersonalTable[] = [
	{
		table: 'papers.statement_step',
		purpose,
		basis,
		person: { column: 'by_person_id' },
		columns: { note: { retention: 'permanent', erase: 'keep' } },
		from: null,
	},
	{
		table: 'papers.statement_co_sign',
		purpose,
		basis,
		person: { column: 'answered_by' },
		columns: { remarks: { retention: 'permanent', erase: 'keep' } },
		from: null,
	},
	{
		table: 'papers.treatment_step',
		purpose,
		basis,
		person: { column: 'entered_by' },
		columns: {
			note: { retention: 'permanent', erase: 'keep' },
			place: { retention: 'permanent', erase: 'keep' },
		},
		from: null,
	},
];
