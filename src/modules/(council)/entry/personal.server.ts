import type { PersonalTable } from '#kernel/privacy/declaration.ts';

const purpose = 'council_entry_privacy';
const basis = 'council_entry_privacy_basis';

/** People who apply, and members on their way in. Applications go six months after they are decided (rulebook R8-11). */
export const personal: PersonalTable[] = [
	{
		table: 'council.application',
		purpose,
		basis,
		person: {
			sql: 'exists (select from registry.membership m where m.body_id = t.body_id and m.id = t.membership_id and m.person_id = :person)',
		},
		columns: {
			name: { retention: 'applications-6m', erase: 'delete-row' },
			email: { retention: 'applications-6m', erase: 'delete-row' },
			phone: { retention: 'applications-6m', erase: 'delete-row' },
			motivation: { retention: 'applications-6m', erase: 'delete-row' },
			locale: { retention: 'applications-6m', erase: 'delete-row' },
			confirmed: { retention: 'applications-6m', erase: 'delete-row' },
			state: { retention: 'applications-6m', erase: 'delete-row' },
			token_hash: { retention: 'applications-6m', erase: 'delete-row' },
		},
		// One that nobody decided does not lie about for ever either.
		from: { sql: "select coalesce(t.decided_on, t.received_on + interval '12 months')::date" },
	},
	{
		table: 'council.onboarding_step',
		purpose,
		basis,
		person: {
			sql: 'exists (select from registry.membership m where m.body_id = t.body_id and m.id = t.membership_id and m.person_id = :person)',
		},
		// That the duties were pointed out has to stay on file (rulebook R1-20).
		columns: { key: { retention: 'permanent', erase: 'keep' } },
		from: null,
	},
	{
		table: 'council.absence_notice',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { finding: { retention: 'attendance-10y', erase: 'delete-row' } },
		from: 'told_on',
	},
];
