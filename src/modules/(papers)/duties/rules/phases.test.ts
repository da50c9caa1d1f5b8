import { expect, test } from 'vitest';
import { dueDates, type Rhythm } from './dues.ts';
import { phasesOf } from './phases.ts';

const back = (dates: string[], rhythm: Rhythm) => {
	const phases = phasesOf(dates, rhythm).map(({ from, rhythm: of }) => ({
		from: Temporal.PlainDate.from(from),
		rhythm: of,
	}));
	const last = Temporal.PlainDate.from(dates.at(-1)!);
	return dueDates(phases, { on: last, count: null }, last).map(String);
};

test('due dates of one rhythm are one phase', () => {
	expect(phasesOf(['2025-03-31', '2025-06-30', '2025-09-30'], 'quarter')).toEqual([
		{ from: '2025-03-31', rhythm: 'quarter' },
	]);
	expect(phasesOf(['2026-05-02'], 'year')).toEqual([{ from: '2026-05-02', rhythm: 'year' }]);
});

test('dates before a change of rhythm stand for themselves, and the same dates come of it', () => {
	for (const [dates, rhythm] of [
		[['2023-06-30', '2024-06-30', '2024-09-30', '2024-12-31'], 'quarter'],
		[['2024-01-15', '2024-02-20', '2025-02-20'], 'year'],
		[['2024-01-15', '2024-03-01'], 'once'],
	] as [string[], Rhythm][])
		expect(back(dates, rhythm)).toEqual(dates);
	expect(phasesOf(['2023-06-30', '2024-06-30', '2024-09-30', '2024-12-31'], 'quarter')).toEqual([
		{ from: '2023-06-30', rhythm: 'once' },
		{ from: '2024-06-30', rhythm: 'quarter' },
	]);
});
