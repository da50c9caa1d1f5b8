import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReference, writeReference, type Scheme } from './reference.ts';

const scheme = (prefix: string, more: Partial<Scheme> = {}): Scheme => ({
	id: prefix || 'none',
	prefix,
	digits: 4,
	yearDigits: 2,
	separator: '/',
	suffixSeparator: '/',
	...more,
});
const TOWN = ['DS', 'A', 'F', 'S', 'I'].map((prefix) => scheme(prefix));
const today = Temporal.PlainDate.from('2026-11-21');
const read = (typed: string) => {
	const found = readReference(typed, TOWN, today);
	return found
		? writeReference(
				TOWN.find(({ id }) => id === found.schemeId)!,
				found,
			)
		: null;
};

describe('numbers of papers', () => {
	test.each([
		['A0193/22', 'A0193/22'],
		['a 0193/22', 'A0193/22'],
		['A 193 / 22', 'A0193/22'],
		['A0193–22', 'A0193/22'],
		['A-0193/2022', 'A0193/22'],
		['ds0340/16/1', 'DS0340/16/1'],
		['D S 0340/16/1', 'DS0340/16/1'],
		['Ａ０１９３／２２', 'A0193/22'],
		['I12345/24', 'I12345/24'],
	])('%s is read as %s', (typed, reference) => expect(read(typed)).toBe(reference));

	test.each(['', 'A', '22', 'A0193', 'X0193/22', 'A0000/22', 'A0193/22/0', 'A0193/22/1/1', 'A0193/222', 'DA0193/22'])(
		'%s is no number of this town',
		(typed) => expect(read(typed)).toBeNull(),
	);

	test('two figures of a year lie at most ten years ahead', () => {
		expect(readReference('A1/36', TOWN, today)?.year).toBe(2036);
		expect(readReference('A1/37', TOWN, today)?.year).toBe(1937);
	});

	test('whatever a scheme writes is read again, however it is spaced', () => {
		const some = fc.record({
			prefix: fc.constantFrom('DS', 'A', 'VO', ''),
			digits: fc.integer({ min: 1, max: 6 }),
			yearDigits: fc.constantFrom(0 as const, 2 as const, 4 as const),
			separator: fc.constantFrom('/', '-', '.'),
			suffixSeparator: fc.constantFrom('/', '-', '.'),
			number: fc.integer({ min: 1, max: 200_000 }),
			year: fc.integer({ min: 1990, max: 2030 }),
			suffix: fc.option(fc.integer({ min: 1, max: 40 })),
			space: fc.constantFrom('', ' '),
		});
		fc.assert(
			fc.property(some, ({ prefix, number, year, suffix, space, ...look }) => {
				const own = scheme(prefix, look);
				const parts = { year: own.yearDigits === 0 ? 0 : year, number, suffix };
				// Without a year a second figure could only be a suffix: that is how it is read.
				const typed = writeReference(own, parts).replace(prefix, prefix + space);
				expect(readReference(typed, [own], today)).toEqual({ schemeId: own.id, ...parts });
			}),
		);
	});
});
