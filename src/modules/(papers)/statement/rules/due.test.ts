import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueDates, moveWorkingDays, offDays, reminderKey, USUAL_RULE } from './due.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);
const weekends = offDays(new Set());
const days = fc.integer({ min: 0, max: 4000 }).map((n) => day('2022-01-01').add({ days: n }));
const holidays = fc
	.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 60 })
	.map((list) => offDays(new Set(list.map((n) => day('2022-01-01').add({ days: n }).toString()))));
const rules = fc
	.record({
		beforeCommittee: fc.integer({ min: 0, max: 90 }),
		countedIn: fc.constantFrom('days' as const, 'workingDays' as const),
		approvalDays: fc.integer({ min: 0, max: 20 }),
		inquiryDays: fc.integer({ min: 1, max: 90 }),
	})
	.map((some) => ({ ...USUAL_RULE, ...some }));

describe('when a statement is due', () => {
	test('ten days before the first committee it has to be there: the last day is the working day before', () => {
		const found = dueDates(
			{ kind: 'motion', filedOn: day('2022-10-04'), firstCommittee: day('2022-12-07') },
			USUAL_RULE,
			weekends,
		);
		// 27 November is a Sunday, the working day before it Friday the 25th; three working days earlier is Tuesday.
		expect([found.dueOn?.toString(), found.approvalDueOn?.toString(), found.basis]).toEqual([
			'2022-11-25',
			'2022-11-22',
			'committee',
		]);
	});

	test('without a planned committee a motion has no day yet, an inquiry has four weeks', () => {
		const asked = { filedOn: day('2026-01-05'), firstCommittee: null };
		expect(dueDates({ kind: 'motion', ...asked }, USUAL_RULE, weekends).dueOn).toBeNull();
		expect(dueDates({ kind: 'inquiry', ...asked }, USUAL_RULE, weekends)).toMatchObject({ basis: 'inquiry' });
		expect(`${dueDates({ kind: 'inquiry', ...asked }, USUAL_RULE, weekends).dueOn}`).toBe('2026-02-02');
	});

	test('holidays are no working days', () => {
		const off = offDays(new Set(['2026-12-25', '2026-12-24']));
		expect(`${moveWorkingDays(day('2026-12-28'), -1, off)}`).toBe('2026-12-23');
		expect(`${moveWorkingDays(day('2026-12-23'), 1, off)}`).toBe('2026-12-28');
	});

	test('the due day is a working day, lies before the committee by at least the days of the rule, after the approval', () => {
		fc.assert(
			fc.property(days, days, rules, holidays, (filedOn, firstCommittee, rule, isOff) => {
				const { dueOn, approvalDueOn } = dueDates({ kind: 'motion', filedOn, firstCommittee }, rule, isOff);
				expect(isOff(dueOn!)).toBe(false);
				const between = dueOn!.until(firstCommittee, { largestUnit: 'days' }).days;
				expect(between).toBeGreaterThan(rule.beforeCommittee);
				expect(Temporal.PlainDate.compare(approvalDueOn!, dueOn!)).toBeLessThanOrEqual(0);
			}),
		);
	});

	test('an inquiry is never answered later for having a committee, nor later than its days', () => {
		fc.assert(
			fc.property(days, days, rules, holidays, (filedOn, firstCommittee, rule, isOff) => {
				const alone = dueDates({ kind: 'inquiry', filedOn, firstCommittee: null }, rule, isOff).dueOn!;
				const both = dueDates({ kind: 'inquiry', filedOn, firstCommittee }, rule, isOff).dueOn!;
				expect(Temporal.PlainDate.compare(both, alone)).toBeLessThanOrEqual(0);
				expect(Temporal.PlainDate.compare(alone, filedOn.add({ days: rule.inquiryDays }))).toBeLessThanOrEqual(0);
			}),
		);
	});

	test('working days there and back lead to a working day at the same place', () => {
		fc.assert(
			fc.property(days, fc.integer({ min: 1, max: 40 }), holidays, (from, n, isOff) => {
				const there = moveWorkingDays(from, n, isOff);
				expect(isOff(there)).toBe(false);
				const start = isOff(from) ? moveWorkingDays(from, -1, isOff) : from;
				expect(moveWorkingDays(there, -n, isOff).equals(start)).toBe(true);
			}),
		);
	});
});

describe('reminders', () => {
	test('one for each step before the day, one a week afterwards', () => {
		const due = day('2026-11-20');
		const keys = Array.from({ length: 24 }, (_, n) => reminderKey(due, day('2026-11-11').add({ days: n }), [7, 3, 0]));
		const once = [...new Set(keys)];
		expect(once).toEqual([null, 'day-7', 'day-3', 'day-0', 'late-0', 'late-1']);
	});

	test('a day without a run loses no reminder: the latest step that has come is made up for', () => {
		expect(reminderKey(day('2026-11-20'), day('2026-11-18'), [7, 3, 0])).toBe('day-3');
	});
});
