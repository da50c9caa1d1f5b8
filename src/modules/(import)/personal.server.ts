import type { PersonalTable } from '#kernel/privacy/declaration.ts';

/**
 * Texts and readings of uploaded documents name people in running text. Once a document was taken over or discarded, its
 * record (or nothing) counts, and the reading goes after a year; what waits for its module stays.
 */
export const personal: PersonalTable[] = [
	{
		table: 'import.document',
		purpose: 'import_privacy_readings',
		basis: 'import_privacy_basis',
		person: null,
		columns: {
			text: { retention: 'reading-12m', erase: 'null' },
			reading: { retention: 'reading-12m', erase: 'null' },
			corrected: { retention: 'reading-12m', erase: 'null' },
			error: { retention: 'reading-12m', erase: 'null' },
		},
		from: { sql: `select t.modified_at where t.state in ('taken', 'discarded')` },
	},
];
