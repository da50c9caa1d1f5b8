import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { answeredAs, ask, known, listed, question, together } from './questions.ts';

const { ctx } = await freshDatabase();
const numbers = (from: number, to: number) =>
	question(
		sql<{ n: number }>`select n::bigint as n from generate_series(${from}::int, ${to}::int) n order by n desc`,
		(rows) => rows.map(({ n }) => n),
	);

test('questions of several rooms are one statement, each answered under its name and in its order', async () => {
	const context = ctx();
	const answer = await ask(
		context,
		together({
			few: numbers(1, 2),
			none: numbers(2, 1),
			nested: together({ more: answeredAs(numbers(3, 5), (found) => found.length), said: known('said') }),
			list: listed(numbers(1, 1), known([7]), numbers(8, 9)),
		}),
	);
	expect(answer).toEqual({ few: [2, 1], none: [], nested: { more: 3, said: 'said' }, list: [1, 7, 9, 8] });
	expect(context.scope.queries).toBe(1);
});

test('alone and together values arrive alike, as JSON has them', async () => {
	const values = question(
		sql<
			Record<string, unknown>
		>`select date '2026-03-01' as day, 5::bigint as count, array['a', 'b'] as words, null as nothing`,
		([row]) => row,
	);
	const alone = await ask(ctx(), values);
	expect(alone).toEqual({ day: '2026-03-01', count: 5, words: ['a', 'b'], nothing: null });
	expect((await ask(ctx(), together({ values, more: numbers(1, 1) }))).values).toEqual(alone);
});

test('what is known already asks nothing', async () => {
	const context = ctx();
	expect(await ask(context, together({ a: known(1), b: listed() }))).toEqual({ a: 1, b: [] });
	expect(context.scope.queries).toBe(0);
});
