import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historyParts, overlaps, type Held } from './rules.ts';

const terms = [
	{ id: 'a', name: '2019 bis 2024', from: '2019-11-27', until: '2024-09-01' },
	{ id: 'b', name: 'seit 2024', from: '2024-09-01', until: null },
];
const held = (given: Partial<Held>): Held => ({
	name: 'Ana Ćosić',
	role: 'seat',
	seat: { number: 1, kind: 'resident' },
	title: '',
	organisation: '',
	from: '2020-01-01',
	until: null,
	...given,
});

test('newest term first, posts before seats, and what reaches over two terms stands in both', () => {
	const parts = historyParts([held({}), held({ role: 'chair', seat: null, from: '2024-09-01' })], terms, {});
	expect(parts.map(({ term, rows }) => [term?.id, rows.map(({ role }) => role)])).toEqual([
		['b', ['chair', 'seat']],
		['a', ['seat']],
	]);
});

test('a name is found without its marks, in one term and one role', () => {
	const all = [held({}), held({ name: 'Bo Müller', until: '2021-01-01' })];
	expect(historyParts(all, terms, { text: 'cosic' }).flatMap(({ rows }) => rows)).toHaveLength(2);
	expect(historyParts(all, terms, { text: 'muller', term: 'a' })).toHaveLength(1);
	expect(historyParts(all, terms, { text: 'muller', term: 'b' })).toEqual([]);
	expect(historyParts(all, terms, { role: 'chair' })).toEqual([]);
});

test('what lies in no term is not lost', () => {
	const early = held({ from: '2001-01-01', until: '2002-01-01' });
	expect(historyParts([early], terms, {})).toEqual([{ term: null, rows: [early] }]);
});

const day = fc.integer({ min: 2000, max: 2030 }).map((year) => `${year}-01-01`);
test('everybody stands at least once, whatever the terms are', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(day, day)), fc.array(fc.tuple(day, day)), (spans, between) => {
			const rows = spans.map(([from, until], index) =>
				held({ name: `${index}`, from, until: until > from ? until : null }),
			);
			const some = between.map(([from, until], index) => ({
				id: `${index}`,
				name: '',
				from,
				until: until > from ? until : null,
			}));
			const seen = new Set(historyParts(rows, some, {}).flatMap((part) => part.rows.map(({ name }) => name)));
			expect(seen.size).toBe(rows.length);
		}),
	);
});

test('two spans overlap one way as the other, and touching ones don’t', () => {
	expect(overlaps({ from: '2019-01-01', until: '2020-01-01' }, { from: '2020-01-01', until: null })).toBe(false);
	fc.assert(
		fc.property(day, day, (a, b) => {
			const [one, two] = [
				{ from: a, until: null },
				{ from: b, until: null },
			];
			expect(overlaps(one, two)).toBe(overlaps(two, one));
		}),
	);
});
