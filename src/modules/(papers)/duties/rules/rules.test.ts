import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coveredYear, dueDates, isOverdue, RHYTHMS, stateFrom, type Phase } from './dues.ts';
import { reminderStep } from './reminders.ts';

const date = (text: string) => Temporal.PlainDate.from(text);
const texts = (dates: Temporal.PlainDate[]) => dates.map(String);
const NO_END = { on: null, count: null };

const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => date('2000-01-01').add({ days }));
const anyPhase = fc.record({ from: anyDay, rhythm: fc.constantFrom(...RHYTHMS) });
const anyPhases = fc
	.uniqueArray(anyPhase, { minLength: 1, maxLength: 4, selector: ({ from }) => from.toString() })
	.map((phases): Phase[] => phases);
const anyEnd = fc.record({
	on: fc.option(anyDay, { nil: null }),
	count: fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }),
});
const compare = Temporal.PlainDate.compare;

describe('due dates', () => {
	test('a duty from the last day of a month keeps to last days, leap years included', () => {
		expect(texts(dueDates([{ from: date('2023-11-30'), rhythm: 'quarter' }], NO_END, date('2024-06-01')))).toEqual([
			'2023-11-30',
			'2024-02-29',
			'2024-05-31',
			'2024-08-31',
		]);
		expect(
			texts(dueDates([{ from: date('2024-02-29'), rhythm: 'year' }], { on: null, count: 5 }, date('2030-01-01'))),
		).toEqual(['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']);
	});

	test('a day that a short month lacks comes back in the next long one', () => {
		const from = date('2026-08-30');
		expect(texts(dueDates([{ from, rhythm: 'halfYear' }], NO_END, date('2027-10-01')))).toEqual([
			'2026-08-30',
			'2027-02-28',
			'2027-08-30',
			'2028-02-29',
		]);
	});

	test('a change of rhythm counts from its first date on', () => {
		const phases: Phase[] = [
			{ from: date('2026-03-31'), rhythm: 'quarter' },
			{ from: date('2027-06-30'), rhythm: 'year' },
		];
		expect(texts(dueDates(phases, NO_END, date('2028-01-01')))).toEqual([
			'2026-03-31',
			'2026-06-30',
			'2026-09-30',
			'2026-12-31',
			'2027-03-31',
			'2027-06-30',
			'2028-06-30',
		]);
	});

	test('a duty without an end always has a next date, and only one ahead', () => {
		fc.assert(
			fc.property(anyPhases, anyDay, (phases, day) => {
				const dates = dueDates(phases, NO_END, day);
				const ahead = dates.filter((due) => compare(due, day) > 0);
				const last = [...phases].sort((a, b) => compare(a.from, b.from)).at(-1)!;
				expect(ahead.length).toBeLessThanOrEqual(1);
				if (last.rhythm !== 'once') expect(ahead).toHaveLength(1);
			}),
		);
	});

	test('a report that comes before its day brings the next date at once, and none beyond the end', () => {
		const half: Phase[] = [{ from: date('2027-08-16'), rhythm: 'halfYear' }];
		const end = { on: null, count: 2 };
		const on = (done: string[]) => texts(dueDates(half, end, date('2027-08-09'), new Set(done)));
		expect(on([])).toEqual(['2027-08-16']);
		expect(on(['2027-08-16'])).toEqual(['2027-08-16', '2028-02-16']);
		expect(on(['2027-08-16', '2028-02-16'])).toEqual(['2027-08-16', '2028-02-16']);
		fc.assert(
			fc.property(anyPhases, anyEnd, anyDay, fc.nat({ max: 8 }), (phases, limit, day, early) => {
				// reported one after the other, each before its day: whatever is left of the duty stays in sight
				const all = dueDates(phases, limit, day.add({ years: 30 }));
				const done = new Set<string>();
				for (let n = 0; n <= early; n++) {
					const dates = dueDates(phases, limit, day, done);
					expect(texts(all).slice(0, dates.length)).toEqual(texts(dates).slice(0, all.length));
					const open = dates.filter((due) => compare(due, day) > 0 && !done.has(due.toString()));
					expect(open.length).toBeLessThanOrEqual(1);
					const left = all.find((due) => compare(due, day) > 0 && !done.has(due.toString()));
					if (left) expect(open.map(String)).toEqual([left.toString()]);
					if (open[0]) done.add(open[0].toString());
				}
			}),
		);
	});

	test('dates rise strictly, begin with the first, keep to both ends, and a later day only adds dates', () => {
		fc.assert(
			fc.property(anyPhases, anyEnd, anyDay, fc.integer({ min: 0, max: 3000 }), (phases, end, day, more) => {
				const dates = dueDates(phases, end, day);
				for (const [index, due] of dates.entries()) if (index) expect(compare(due, dates[index - 1]!)).toBe(1);
				const first = [...phases].sort((a, b) => compare(a.from, b.from))[0]!;
				if (!end.on || compare(first.from, end.on) <= 0) expect(dates[0]!.equals(first.from)).toBe(true);
				else expect(dates).toEqual([]);
				if (end.on) for (const due of dates) expect(compare(due, end.on)).toBeLessThanOrEqual(0);
				if (end.count !== null) expect(dates.length).toBeLessThanOrEqual(end.count);
				const later = dueDates(phases, end, day.add({ days: more }));
				expect(texts(later).slice(0, dates.length)).toEqual(texts(dates));
			}),
		);
	});

	test('between two dates of one rhythm lie its months, by at most the days a short month lacks', () => {
		fc.assert(
			fc.property(anyDay, fc.constantFrom('quarter', 'halfYear', 'year'), (from, rhythm) => {
				const dates = dueDates([{ from, rhythm }], { on: null, count: 12 }, from.add({ years: 20 }));
				const months = { quarter: 3, halfYear: 6, year: 12 }[rhythm];
				for (const [index, due] of dates.entries()) {
					const month = from.toPlainYearMonth().add({ months: index * months });
					expect(due.toPlainYearMonth().equals(month)).toBe(true);
					const want = from.day === from.daysInMonth ? due.daysInMonth : Math.min(from.day, due.daysInMonth);
					expect(due.day).toBe(want);
				}
			}),
		);
	});
});

test('parts leave a report open, the whole or a substitute closes it', () => {
	expect(stateFrom([])).toBe('open');
	expect(stateFrom(['partial', 'partial'])).toBe('partly');
	expect(stateFrom(['partial', 'full'])).toBe('done');
	expect(stateFrom(['substitute'])).toBe('done');
});

test('on its day a report is not late yet, done or dropped it never is', () => {
	expect(isOverdue({ due: '2026-06-30', state: 'open' }, date('2026-06-30'))).toBe(false);
	expect(isOverdue({ due: '2026-06-30', state: 'partly' }, date('2026-07-01'))).toBe(true);
	expect(isOverdue({ due: '2026-06-30', state: 'done' }, date('2027-07-01'))).toBe(false);
	expect(isOverdue({ due: '2026-06-30', state: 'dropped' }, date('2027-07-01'))).toBe(false);
});

test('a yearly report speaks of the year before or of its own', () => {
	expect(coveredYear('2027-03-31', 'previousYear')).toBe(2026);
	expect(coveredYear('2027-12-31', 'sameYear')).toBe(2027);
	expect(coveredYear('2027-12-31', 'none')).toBeNull();
});

describe('reminders', () => {
	const plan = { daysBefore: [7, 28], repeatDays: 14 };
	const due = date('2026-06-30');

	test('come in the steps of the plan, and later again and again', () => {
		const on = (day: string) => reminderStep(plan, due, date(day));
		expect(on('2026-06-01')).toBeNull();
		expect(on('2026-06-02')).toBe('before-28');
		expect(on('2026-06-22')).toBe('before-28');
		expect(on('2026-06-23')).toBe('before-7');
		expect(on('2026-07-13')).toBe('before-7');
		expect(on('2026-07-14')).toBe('after-1');
		expect(on('2026-07-28')).toBe('after-2');
	});

	test('never go back to an earlier step, and a plan without repeats ends with its last step', () => {
		const anyPlan = fc.record({
			daysBefore: fc.uniqueArray(fc.integer({ min: 0, max: 90 }), { maxLength: 4 }),
			repeatDays: fc.integer({ min: 0, max: 60 }),
		});
		const rank = (key: string | null) => {
			if (key === null) return -1000;
			const [kind, n] = key.split('-');
			return kind === 'after' ? Number(n) : -Number(n);
		};
		fc.assert(
			fc.property(anyPlan, fc.integer({ min: -100, max: 300 }), (given, offset) => {
				const day = due.add({ days: offset });
				const [now, next] = [reminderStep(given, due, day), reminderStep(given, due, day.add({ days: 1 }))];
				expect(rank(next)).toBeGreaterThanOrEqual(rank(now));
				if (given.repeatDays === 0) expect(now ?? '').not.toContain('after');
			}),
		);
	});
});
