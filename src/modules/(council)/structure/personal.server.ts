import type { PersonalTable } from '#kernel/privacy/declaration.ts';

const purpose = 'council_privacy_records';
const basis = 'council_privacy_basis';
const ofMembership = (column: string) => ({
	sql: `exists (select from registry.membership m where m.body_id = t.body_id and m.id = t.${column} and m.person_id = :person)`,
});

/**
 * Who held which post belongs to the public history of the body and stays. Why somebody left is the office's to know and is
 * erased with the person, and so is what a finding says of it.
 */
export const structurePersonal: PersonalTable[] = [
	{
		table: 'council.post_holding',
		purpose,
		basis,
		person: ofMembership('membership_id'),
		columns: { post: { retention: 'permanent', erase: 'keep' } },
		from: null,
	},
	{
		table: 'council.departure',
		purpose,
		basis,
		person: ofMembership('membership_id'),
		columns: { reason: { retention: 'function', erase: 'keep' }, before: { retention: 'function', erase: 'keep' } },
		from: null,
	},
	{
		table: 'council.structure_step',
		purpose,
		basis,
		person: null,
		columns: { about: { retention: 'permanent', erase: 'keep' }, changes: { retention: 'function', erase: 'keep' } },
		from: null,
	},
	{
		table: 'council.membership_finding',
		purpose,
		basis,
		person: ofMembership('membership_id'),
		columns: { computed: { retention: 'function', erase: 'keep' } },
		from: null,
	},
];
