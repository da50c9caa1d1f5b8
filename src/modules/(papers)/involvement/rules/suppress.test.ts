import fc from 'fast-check';
import { expect, test } from 'vitest';
import { suppress, type Group, type Suppressed } from './suppress.ts';

/** Cases with a department, a type and a yes or no; two tables count them. */
const cases = fc.array(
	fc.record({ department: fc.integer({ min: 0, max: 3 }), type: fc.integer({ min: 0, max: 2 }), yes: fc.boolean() }),
	{ maxLength: 24 },
);

type Case = { department: number; type: number; yes: boolean };

function tableOf(all: readonly Case[], by: 'department' | 'type'): Group[] {
	return [...Map.groupBy(all, (one) => String(one[by]))].map(([key, some]) => ({
		key,
		n: some.length,
		values: [some.filter(({ yes }) => yes).length],
	}));
}

/**
 * Every way in which the hidden cells may be filled so that it agrees with all that is shown: rows, sums, numbers of
 * cases. Written apart from the rule: it tries all of them.
 */
function possible(tables: readonly Group[][], state: Suppressed): Map<string, Set<number>> {
	const solutions = tables.map((rows, table) => fillings(rows, state.hidden[table]!));
	const shared = solutions
		.map((some) => new Set(some.map(({ total }) => total)))
		.reduce((a, b) => new Set([...a].filter((total) => b.has(total))));
	const exact = tables[0]!.reduce((all, { values }) => all + values[0]!, 0);
	const found = new Map<string, Set<number>>();
	for (const [table, some] of solutions.entries())
		for (const { total, cells } of some)
			if (shared.has(total) && (state.totalHidden || total === exact))
				for (const [key, value] of cells) {
					const name = `${table} ${key}`;
					found.set(name, (found.get(name) ?? new Set()).add(value));
				}
	return found;
}

function fillings(rows: readonly Group[], hidden: Set<string>): { total: number; cells: [string, number][] }[] {
	let all: { total: number; cells: [string, number][] }[] = [{ total: 0, cells: [] }];
	for (const { key, n, values } of rows) {
		const options = hidden.has(key) ? Array.from({ length: n + 1 }, (_, i) => i) : [values[0]!];
		all = all.flatMap(({ total, cells }) =>
			options.map((value) => ({ total: total + value, cells: [...cells, [key, value] as [string, number]] })),
		);
	}
	return all;
}

test('no value of a small group can be worked out from what is shown', () => {
	fc.assert(
		fc.property(cases, (all) => {
			const tables = [tableOf(all, 'department'), tableOf(all, 'type')];
			const state = suppress(tables);
			const open = possible(tables, state);
			for (const [table, rows] of tables.entries())
				for (const { key, n } of rows.filter((row) => row.n < 5)) {
					expect(state.hidden[table]).toContain(key);
					expect(open.get(`${table} ${key}`)!.size, `${key} of ${n}`).toBeGreaterThan(1);
				}
		}),
		{ numRuns: 60 },
	);
});

test('nothing is hidden where every group is large enough', () => {
	const large = fc.array(fc.tuple(fc.integer({ min: 5, max: 40 }), fc.integer({ min: 0, max: 5 })), { minLength: 1 });
	fc.assert(
		fc.property(large, (rows) => {
			const table = rows.map(([n, value], index) => ({ key: String(index), n, values: [value] }));
			const { hidden, totalHidden } = suppress([table]);
			expect({ hidden: hidden[0]!.size, totalHidden }).toEqual({ hidden: 0, totalHidden: false });
		}),
	);
});

test('one small department takes the next larger one along, so that the sum may stay', () => {
	const table = [
		{ key: 'Bürgeramt', n: 9, values: [6] },
		{ key: 'Jugendamt', n: 12, values: [12] },
		{ key: 'Standesamt', n: 2, values: [1] },
	];
	const { hidden, totalHidden } = suppress([table]);
	expect([...hidden[0]!].toSorted()).toEqual(['Bürgeramt', 'Standesamt']);
	expect(totalHidden).toBe(false);
});

test('where all or nothing was done everywhere, the sum would tell each row, and is hidden', () => {
	const table = [
		{ key: 'a', n: 7, values: [7] },
		{ key: 'b', n: 2, values: [2] },
	];
	expect(suppress([table]).totalHidden).toBe(true);
});
