import type { PersonalTable } from '#kernel/privacy/declaration.ts';

/**
 * Addresses of people who ordered news. They are no people of the register; whoever has the same address there is found by
 * it. Unconfirmed addresses go after seven days, ended ones at once (commands), so nothing here waits for a date.
 */
export const personal: PersonalTable[] = [
	{
		table: 'council.subscriber',
		purpose: 'council_member_news_privacy',
		basis: 'council_member_news_basis',
		person: {
			sql: `lower(t.email) = (select lower(p.email) from registry.person p where p.body_id = t.body_id and p.id = :person)`,
		},
		columns: {
			email: { retention: 'account', erase: 'delete-row' },
			locale: { retention: 'account', erase: 'delete-row' },
			token_hash: { retention: 'account', erase: 'delete-row' },
		},
		from: null,
	},
];
