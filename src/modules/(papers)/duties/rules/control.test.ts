import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	isOver,
	missingIn,
	quarterAfter,
	quarterOf,
	readQuarter,
	spanOf,
	STATES,
	tidied,
	writeQuarter,
	type Standing,
} from './control.ts';

const anyStanding = fc.record<Standing>({
	state: fc.constantFrom(...STATES),
	note: fc.constantFrom('', '  ', 'Die Schalter sind besetzt.'),
	due: fc.constantFrom('', '2027-03-31'),
	delayReason: fc.constantFrom('', 'Die Ausschreibung wurde wiederholt.'),
	departmentId: fc.constantFrom('', 'a'),
});

test('each state asks for what its row of the list must say', () => {
	const empty = { note: '', due: '', delayReason: '', departmentId: '' };
	const lacks = (state: Standing['state']) => missingIn({ ...empty, state });
	expect(lacks('inProgress')).toEqual(['due', 'departmentId']);
	expect(lacks('deadline')).toEqual(['due', 'delayReason', 'departmentId']);
	expect(lacks('recurring')).toEqual(['due']);
	expect(lacks('done')).toEqual(['note']);
	expect(lacks('notFeasible')).toEqual(['note']);
	expect(missingIn({ ...empty, state: 'done', note: '   ' })).toEqual(['note']);
});

test('tidying takes away nothing that the state needs, and leaves no date where nothing is to come', () => {
	fc.assert(
		fc.property(anyStanding, (standing) => {
			const kept = tidied(standing);
			expect(missingIn(kept)).toEqual(missingIn(standing));
			if (isOver(standing.state)) expect(kept.due).toBe('');
			expect(tidied(kept)).toEqual(kept);
		}),
	);
});

test('every day lies in the quarter that is named after it, and quarters follow each other without a gap', () => {
	const anyDay = fc.integer({ min: 0, max: 30_000 }).map((days) => Temporal.PlainDate.from('1990-01-01').add({ days }));
	fc.assert(
		fc.property(anyDay, fc.integer({ min: -40, max: 40 }), (day, count) => {
			const quarter = quarterOf(day);
			const { first, last } = spanOf(quarter);
			expect(Temporal.PlainDate.compare(first, day)).toBeLessThanOrEqual(0);
			expect(Temporal.PlainDate.compare(day, last)).toBeLessThanOrEqual(0);
			expect(readQuarter(writeQuarter(quarter))).toEqual(quarter);
			expect(spanOf(quarterAfter(quarter, 1)).first.equals(last.add({ days: 1 }))).toBe(true);
			expect(quarterAfter(quarterAfter(quarter, count), -count)).toEqual(quarter);
		}),
	);
	for (const text of [null, '', '2026', '2026-5', '2026-0', '26-1', '2026-1-1']) expect(readQuarter(text)).toBeNull();
});
