import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { fixed } from './fixed.ts';

const { ctx } = await freshDatabase();

test('a statement that is put together once is sent with the values of each time', async () => {
	const { db } = ctx();
	let made = 0;
	const statement = fixed(db, ['unused', 'left', 'right'], ({ left, right }) => {
		made++;
		return sql<{ said: string }>`select concat(${left}::text, ' ', ${right}::text, ' ', ${left}::text) as said`;
	});
	expect(await statement!.rows(db, { unused: '', left: 'a', right: 'b' })).toEqual([{ said: 'a b a' }]);
	expect(await statement!.rows(db, { unused: '', left: 'c', right: 'c' })).toEqual([{ said: 'c c c' }]);
	expect(made).toBe(1);
});

test('a statement in which another value stands is not fixed', async () => {
	const { db } = ctx();
	expect(fixed(db, ['left'], ({ left }) => sql`select ${left}::text, ${'2026-11-22'}::date`)).toBeUndefined();
});
