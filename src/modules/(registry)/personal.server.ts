import type { PersonalTable } from '#kernel/privacy/declaration.ts';

/**
 * Personal data of the register. Officials' function data stay while they matter (rulebook R8-12); an erased person remains
 * as a nameless row, because signed records point to it.
 */
export const personal: PersonalTable[] = [
	{
		table: 'registry.person',
		purpose: 'registry_privacy_people',
		basis: 'registry_privacy_basis',
		person: { column: 'id' },
		columns: {
			given_name: { retention: 'function', erase: 'empty' },
			family_name: { retention: 'function', erase: 'empty' },
			affix: { retention: 'function', erase: 'empty', selfService: true },
			form_of_address: { retention: 'function', erase: 'empty', selfService: true },
			email: { retention: 'account', erase: 'null' },
			phone: { retention: 'account', erase: 'null', selfService: true },
			account_id: { retention: 'account', erase: 'null' },
			locale: { retention: 'account', erase: 'keep', selfService: true },
		},
		from: null,
		touches: { kind: 'registry.person', column: 'id' },
	},
	{
		table: 'registry.membership',
		purpose: 'registry_privacy_memberships',
		basis: 'registry_privacy_basis',
		person: { column: 'person_id' },
		columns: {
			kind: { retention: 'function', erase: 'keep' },
			post: { retention: 'function', erase: 'keep' },
			role_label: { retention: 'function', erase: 'keep' },
			end_reason: { retention: 'function', erase: 'null' },
		},
		from: null,
		touches: { kind: 'registry.membership', column: 'id' },
	},
	{
		table: 'registry.duty',
		purpose: 'registry_privacy_duties',
		basis: 'registry_privacy_basis',
		person: { column: 'person_id' },
		columns: {
			duty: { retention: 'account', erase: 'delete-row' },
			provider: { retention: 'account', erase: 'delete-row' },
		},
		from: null,
		touches: { kind: 'registry.duty', column: 'id' },
	},
];
