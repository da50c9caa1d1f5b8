import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paperNewsOf, paperSettled, type PaperFacts } from './rules.ts';

const now: PaperFacts = {
	publishedAt: '2026-11-20T10:00:00.000Z',
	version: 1,
	withdrawn: false,
	answeredBy: null,
	result: null,
};
const since = '2026-11-19T10:00:00.000Z';

describe('what readers of a topic are told of a paper', () => {
	test('a new paper once; one that was out long ago never', () => {
		expect(paperNewsOf(null, now, since)).toEqual(['new']);
		expect(paperNewsOf(null, { ...now, publishedAt: '2026-01-01T00:00:00.000Z' }, since)).toEqual([]);
		expect(paperNewsOf(null, { ...now, withdrawn: true }, since)).toEqual([]);
		expect(paperNewsOf(now, now, since)).toEqual([]);
	});

	test('its answer, its decision, a change of the text, and that it was withdrawn', () => {
		expect(paperNewsOf(now, { ...now, answeredBy: 'S0003/26' }, since)).toEqual(['answered']);
		expect(paperNewsOf(now, { ...now, result: 'adopted', version: 2 }, since)).toEqual(['decided', 'changed']);
		expect(paperNewsOf(now, { ...now, withdrawn: true, version: 2 }, since)).toEqual(['withdrawn']);
	});

	test('what was taken back again is no news, and nothing is told twice', () => {
		const facts = fc.record({
			publishedAt: fc.constantFrom('2026-11-20T10:00:00.000Z', '2026-01-01T00:00:00.000Z'),
			version: fc.integer({ min: 1, max: 3 }),
			withdrawn: fc.boolean(),
			answeredBy: fc.option(fc.constantFrom('S0001/26', 'S0002/26')),
			result: fc.option(fc.constantFrom('adopted', 'rejected')),
		});
		fc.assert(
			fc.property(facts, facts, (a, b) => {
				expect(paperNewsOf(a, a, since)).toEqual([]);
				const said = paperNewsOf(a, b, since);
				expect(new Set(said).size).toBe(said.length);
				if (paperSettled(a, b)) expect(said).toEqual([]);
			}),
		);
	});
});
