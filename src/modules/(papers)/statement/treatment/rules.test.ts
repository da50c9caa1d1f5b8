import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inOrder, isOverdue, stageOf, type TraceStep } from './rules.ts';

const steps: fc.Arbitrary<TraceStep[]> = fc.array(
	fc.record({
		kind: fc.constantFrom('received' as const, 'forwarded' as const, 'dealtWith' as const, 'answered' as const),
		on: fc.integer({ min: 1, max: 28 }).map((day) => `2026-02-${String(day).padStart(2, '0')}`),
	}),
	{ maxLength: 8 },
);

describe('the trace of a recommendation', () => {
	test('a step more never leads back, and the order of entering does not matter', () => {
		const rank = ['sent', 'received', 'dealtWith', 'answered'];
		fc.assert(
			fc.property(steps, steps, (some, more) => {
				const before = rank.indexOf(stageOf(some, false));
				expect(rank.indexOf(stageOf([...some, ...more], false))).toBeGreaterThanOrEqual(before);
				expect(stageOf([...more, ...some], false)).toBe(stageOf([...some, ...more], false));
			}),
		);
	});

	test('only an answer ends the waiting; never answered is overdue from the day after', () => {
		expect(isOverdue('sent', '2026-02-10', '2026-02-10')).toBe(false);
		expect(isOverdue('sent', '2026-02-10', '2026-02-11')).toBe(true);
		expect(isOverdue('dealtWith', '2026-02-10', '2026-02-11')).toBe(true);
		expect(isOverdue('answered', '2026-02-10', '2026-02-11')).toBe(false);
		expect(isOverdue('closed', '2026-02-10', '2026-02-11')).toBe(false);
	});

	test('steps stand in the order of their days', () => {
		fc.assert(
			fc.property(steps, (some) => {
				const sorted = inOrder(some);
				expect(sorted).toHaveLength(some.length);
				for (let i = 1; i < sorted.length; i++) expect(sorted[i]!.on >= sorted[i - 1]!.on).toBe(true);
			}),
		);
	});
});
