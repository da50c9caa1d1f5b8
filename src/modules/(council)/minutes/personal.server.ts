import type { PersonalTable } from '#kernel/privacy/declaration.ts';

const purpose = 'council_privacy_records';
const basis = 'council_privacy_basis';
const keep = { retention: 'permanent', erase: 'keep' } as const;

/**
 * Personal data of the minutes. What is part of the signed record stays with it (rulebook R8-11); what helped to write it,
 * comments above all, goes when it matters no more.
 */
export const personal: PersonalTable[] = [
	{
		table: 'council.minutes_version',
		purpose,
		basis,
		person: null,
		columns: { content: keep, reason: keep },
		from: null,
	},
	{
		table: 'council.minutes_signature',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { name: keep, function: keep },
		from: null,
	},
	{
		table: 'council.minutes_comment',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: {
			name: { retention: 'assignments-12m', erase: 'delete-row' },
			text: { retention: 'assignments-12m', erase: 'delete-row' },
		},
		from: 'written_at',
	},
	{
		table: 'council.minutes_objection',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { name: keep, text: keep, wanted: keep, decision_note: keep, finding: keep },
		from: null,
	},
	{
		table: 'council.minutes_statement',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { name: keep, text: keep },
		from: null,
	},
	{ table: 'council.minutes_sentence', purpose, basis, person: null, columns: { text: keep }, from: null },
	{
		table: 'council.task_owner',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { name: keep },
		from: null,
	},
	{ table: 'council.task_review', purpose, basis, person: null, columns: { note: keep }, from: null },
	{
		table: 'council.resolution_announcement',
		purpose,
		basis,
		person: null,
		columns: { reason: keep, public_text: keep },
		from: null,
	},
	{ table: 'council.minutes_record', purpose, basis, person: null, columns: { withdrawn_reason: keep }, from: null },
];
