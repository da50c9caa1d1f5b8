import type { PersonalTable } from '#kernel/privacy/declaration.ts';
import { personal as news } from './news/personal.server.ts';

const purpose = 'council_member_privacy';
const basis = 'council_privacy_basis';

/** What a member keeps here for themselves goes with the person. */
export const personal: PersonalTable[] = [
	{
		table: 'council.item_note',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { text: { retention: 'function', erase: 'delete-row' } },
		from: null,
	},
	{
		table: 'council.personal_calendar',
		purpose,
		basis,
		person: { column: 'person_id' },
		columns: { token_hash: { retention: 'account', erase: 'delete-row' } },
		from: null,
	},
	...news,
];
