import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankOptions } from './rules.ts';

const option = fc.record(
	{
		id: fc.uuid(),
		startsAt: fc
			.integer({ min: 0, max: 1000 })
			.map((hour) => `${Temporal.Instant.fromEpochMilliseconds(hour * 3_600_000)}`),
		yes: fc.nat(20),
		ifNeedBe: fc.nat(20),
		no: fc.nat(20),
	},
	{ noNullPrototype: true },
);

test('the best option of a poll is one that nobody beats in people who can come; nothing is lost in sorting', () => {
	fc.assert(
		fc.property(fc.array(option, { minLength: 1, maxLength: 12 }), (options) => {
			const ranked = rankOptions(options);
			expect(ranked).toHaveLength(options.length);
			expect(new Set(ranked)).toEqual(new Set(options));
			const can = (o: (typeof options)[number]) => o.yes + o.ifNeedBe;
			for (const [i, o] of ranked.entries()) {
				const next = ranked[i + 1];
				if (!next) continue;
				expect(can(o)).toBeGreaterThanOrEqual(can(next));
				if (can(o) === can(next)) expect(o.yes).toBeGreaterThanOrEqual(next.yes);
			}
		}),
	);
});

test('the order of the proposals does not matter', () => {
	fc.assert(
		fc.property(fc.uniqueArray(option, { selector: ({ id }) => id, maxLength: 8 }), (options) => {
			expect(rankOptions(options.toReversed())).toEqual(rankOptions(options));
		}),
	);
});
