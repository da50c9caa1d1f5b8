import type { PersonalTable } from '#kernel/privacy/declaration.ts';

const purpose = 'council_privacy_records';
const basis = 'council_privacy_basis';
const kept = { retention: 'permanent', erase: 'keep' } as const;

/**
 * Who moved, who voted how by name, who stood for election and who was barred belongs to the minutes and stays (rulebook
 * R2-31, R2-51, R2-60). A secret ballot has nothing that speaks of a person but whether a token was fetched.
 */
export const votesPersonal: PersonalTable[] = [
	{
		table: 'council.motion',
		purpose,
		basis,
		person: {
			sql: 'exists (select from council.attendance a where a.body_id = t.body_id and a.id = t.mover_attendance_id and a.person_id = :person)',
		},
		columns: { text: kept, amended_text: kept, mover_name: kept },
		from: null,
	},
	{
		table: 'council.roll_call_voice',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { name: kept, voice: kept, entered_by: kept, at: kept },
		from: null,
	},
	{
		table: 'council.candidate',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { name: kept, organisation: kept, proposed_by: kept, consent: kept, consent_how: kept },
		from: null,
	},
	{
		table: 'council.election',
		purpose,
		basis,
		person: null,
		columns: { title: kept, led_by: kept, method: kept, post: kept, state: kept },
		from: null,
	},
	{
		table: 'council.election_round',
		purpose,
		basis,
		person: null,
		columns: { lot: kept },
		from: null,
	},
	{
		table: 'council.secret_right',
		purpose,
		basis,
		person: {
			sql: 'exists (select from council.attendance a where a.body_id = t.body_id and a.id = t.attendance_id and a.person_id = :person)',
		},
		columns: { issued: kept, paper: kept },
		from: null,
	},
	{
		table: 'council.bias',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: {
			name: kept,
			declared_by: kept,
			declared_by_name: kept,
			decided: kept,
			decision: kept,
			// Why somebody was barred speaks of family and work: it is needed while the resolution can be challenged.
			ground: { retention: 'invitations-5y', erase: 'empty' },
			finding: { retention: 'invitations-5y', erase: 'keep' },
			out_at: kept,
			in_at: kept,
		},
		from: { sql: 'select b.declared_at::date from council.bias b where b.body_id = t.body_id and b.id = t.id' },
	},
	{
		table: 'council.written_answer',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: {
			name: kept,
			voice: kept,
			consents: kept,
			remark: { retention: 'function', erase: 'empty' },
			answered_at: kept,
			via: kept,
			link_hash: { retention: 'function', erase: 'keep' },
		},
		from: null,
	},
	{
		table: 'council.written_procedure',
		purpose,
		basis,
		person: null,
		columns: { title: kept, text: kept, reason: kept, close_note: kept },
		from: null,
	},
];
