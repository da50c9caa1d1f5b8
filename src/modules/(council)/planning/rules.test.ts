import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeConvening, missedInARow, offOn, proposeYear, rankOptions } from './rules.ts';

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

const turn = fc.record({
	date: fc.integer({ min: 1, max: 28 }).map((n) => `2026-01-${String(n).padStart(2, '0')}`),
	committed: fc.boolean(),
	attended: fc.constantFrom(true, false, null),
});

test('promises that were not kept are counted until the last time somebody came', () => {
	fc.assert(
		fc.property(fc.array(turn, { maxLength: 10 }), (turns) => {
			const missed = missedInARow(turns);
			const came = turns.findIndex(({ attended }) => attended === true);
			const since = came < 0 ? turns : turns.slice(0, came);
			expect(missed).toEqual(since.filter((t) => t.committed && t.attended === false).map(({ date }) => date));
		}),
	);
	expect(missedInARow([{ date: '2026-01-01', committed: true, attended: true }])).toEqual([]);
});

const rhythm = fc.record(
	{
		weekday: fc.integer({ min: 1, max: 7 }),
		week: fc.integer({ min: 1, max: 5 }),
		months: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1 }),
		from: fc.constant('17:00'),
		until: fc.constant('19:00'),
		onDayOff: fc.constantFrom('after' as const, 'before' as const, 'skip' as const),
	},
	{ noNullPrototype: true },
);
const dayOff = (year: number) =>
	fc.tuple(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 0, max: 45 })).map(([start, days]) => {
		const from = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: start });
		return { name: 'Ferien', from: from.toString(), last: from.add({ days }).toString() };
	});

test('a year by a rhythm keeps the weekday, avoids every day off, stays in its year, and names what moved', () => {
	fc.assert(
		fc.property(
			fc
				.integer({ min: 2020, max: 2040 })
				.chain((year) => fc.tuple(fc.constant(year), fc.array(dayOff(year), { maxLength: 6 }))),
			rhythm,
			([year, daysOff], given) => {
				const dates = proposeYear(year, given, daysOff);
				const isos = dates.map(({ date }) => date);
				expect(isos).toEqual([...new Set(isos)].toSorted());
				expect(isos.length).toBeLessThanOrEqual(given.months.length);
				for (const { date, movedFrom } of dates) {
					const day = Temporal.PlainDate.from(date);
					expect([day.year, day.dayOfWeek]).toEqual([year, given.weekday]);
					expect(offOn(day, daysOff)).toBeUndefined();
					const own = Temporal.PlainDate.from(movedFrom?.date ?? date);
					expect(given.months).toContain(own.month);
					expect(given.week < 5 ? Math.ceil(own.day / 7) : own.day > own.daysInMonth - 7).toBe(
						given.week < 5 ? given.week : true,
					);
					if (movedFrom) expect(given.onDayOff).not.toBe('skip');
				}
				if (!daysOff.length) expect(isos).toHaveLength(given.months.length);
			},
		),
	);
});

test('every 2nd Wednesday of odd months', () => {
	const given = {
		weekday: 3,
		week: 2,
		months: [1, 3, 5, 7, 9, 11],
		from: '17:00',
		until: '19:00',
		onDayOff: 'after' as const,
	};
	const holidays = [{ name: 'Sommerferien', from: '2027-07-10', last: '2027-08-20' }];
	expect(proposeYear(2027, given, holidays).map(({ date }) => date)).toEqual([
		'2027-01-13',
		'2027-03-10',
		'2027-05-12',
		'2027-09-08',
		'2027-11-10',
	]);
});

test('a quarter of the members, or one after three months without a session, may ask for one (R2-02)', () => {
	const rule = { share: [1, 4] as [number, number], singleAfterMonths: 3 };
	const on = (supporters: number, lastSession: string | null) =>
		judgeConvening({ members: 15, supporters, lastSession, today: '2026-06-10' }, rule);
	expect(on(3, '2026-05-01')).toEqual({ reached: false, needed: 4, because: 'missing' });
	expect(on(4, '2026-05-01')).toEqual({ reached: true, needed: 4, because: 'share' });
	// Exactly three months ago is not longer than three months ago.
	expect(on(1, '2026-03-10')).toMatchObject({ reached: false });
	expect(on(1, '2026-03-09')).toEqual({ reached: true, needed: 1, because: 'longAgo' });
	fc.assert(
		fc.property(fc.nat(60), fc.nat(60), (members, supporters) => {
			const { reached } = judgeConvening({ members, supporters, lastSession: '2026-06-01', today: '2026-06-10' }, rule);
			expect(reached).toBe(supporters >= 1 && supporters * 4 >= members);
		}),
	);
});
