import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresOf, median, OMISSION_CODES, statisticOf, type Unit } from './statistic.ts';

const unit = fc
	.record({
		department: fc.constantFrom('Bürgeramt', 'Jugendamt', 'Schulamt'),
		type: fc.option(fc.constantFrom('Antrag', 'Information'), { nil: null }),
		asked: fc.constantFrom('not', 'late', 'inTime'),
		informedInTime: fc.boolean(),
		informedAfter: fc.option(fc.integer({ min: 0, max: 90 }), { nil: null }),
		omitted: fc.option(fc.constantFrom(...OMISSION_CODES), { nil: null }),
		standing: fc.constantFrom('open', 'noAnswer', 'agreed', 'agreedWithRemarks', 'refused', 'notAffected', 'vacant'),
		quick: fc.boolean(),
		takenUp: fc.option(fc.constantFrom('yes', 'partly', 'no'), { nil: null }),
	})
	.map(({ asked, quick, ...one }): Unit => {
		const requested = asked !== 'not';
		const standing = requested ? one.standing : null;
		const answered = standing !== null && !['open', 'noAnswer', 'vacant'].includes(standing);
		return {
			...one,
			requested,
			requestedInTime: asked === 'inTime',
			standing,
			answeredInTime: answered && quick && asked === 'inTime',
			answeredAfter: answered ? 2 : null,
			takenUp: standing === 'agreedWithRemarks' || standing === 'refused' ? one.takenUp : null,
		} as Unit;
	});
const units = fc.array(unit, { maxLength: 30 });

test('every required involvement is asked, left out with a reason, or missing; every asked one has one outcome', () => {
	fc.assert(
		fc.property(units, (all) => {
			const f = figuresOf(all);
			const neverAsked = all.filter(({ requested, omitted }) => !requested && omitted !== null).length;
			expect(f.requested + neverAsked + f.missing).toBe(f.required);
			expect(f.requestedInTime + f.suppliedLater).toBe(f.requested);
			expect(f.agreed + f.remarks + f.refused + f.notAffected + f.bias).toBe(f.answered);
			expect(f.answered + f.noAnswer + f.pending).toBe(f.requested);
			expect(f.answeredInTime).toBeLessThanOrEqual(Math.min(f.answered, f.requestedInTime));
			const { takenUp } = f;
			expect(takenUp.yes + takenUp.partly + takenUp.no + takenUp.open).toBe(f.remarks + f.refused);
		}),
	);
});

test('groups add up to the whole; rates below five cases are hidden, their number is not', () => {
	fc.assert(
		fc.property(units, (all) => {
			const { byDepartment, byType, required } = statisticOf(all);
			for (const rows of [byDepartment, byType]) {
				expect(rows.reduce((sum, row) => sum + row.required, 0)).toBe(required);
				for (const row of rows) if (row.required < 5) expect(row.rates).toBeNull();
			}
		}),
	);
});

test('the median is the middle one, of two their mean', () => {
	expect(median([3, null, 1, 8])).toBe(3);
	expect(median([4, 1])).toBe(2.5);
	expect(median([null])).toBeNull();
});
