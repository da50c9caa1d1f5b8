import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PRESETS } from '../rules/presets.ts';
import { Rules, type Profile } from '../rules/profile.ts';
import { findAbsences, missingDeclarations, nextStates, strengthOf, termPlan, type ApplicationState } from './rules.ts';

const profileWith = (attendance: Profile['rules']['attendance']): Profile => ({
	id: 'p',
	name: 'Satzung',
	fromDate: '2020-01-01',
	untilDate: null,
	rules: Rules.parse({ ...PRESETS[1]!.rules, attendance }),
	citations: [{ rule: 'attendance', text: '§ 9a der Satzung', url: null }],
});
const on = Temporal.PlainDate.from('2026-06-30');

test('an application lacks every declaration that was not confirmed, and none that nobody asks for', () => {
	const asked = ['age', 'residence'].map((key) => ({ key, text: key, citation: '' }));
	expect(missingDeclarations(asked, { age: '2026-01-01', other: '2026-01-01' }).map(({ key }) => key)).toEqual([
		'residence',
	]);
	expect(missingDeclarations(asked, { age: '2026-01-01', residence: '2026-01-02' })).toEqual([]);
});

test('an application goes from step to step and ends once; nobody is appointed unchecked', () => {
	const states: ApplicationState[] = ['received', 'checked', 'proposed', 'appointed', 'declined', 'withdrawn'];
	const before = states.filter((state) => nextStates(state).includes('appointed'));
	expect(before).toEqual(['proposed']);
	expect(states.filter((state) => nextStates(state).includes('proposed'))).toEqual(['checked']);
	for (const ended of ['appointed', 'declined', 'withdrawn'] as const) expect(nextStates(ended)).toEqual([]);
});

test('the plan of a term begins after the election and keeps its order', () => {
	const plan = termPlan(Temporal.PlainDate.from('2019-05-26'));
	const days = plan.map(({ due }) => due.toString());
	expect(days).toEqual(days.toSorted());
	expect(plan.at(-1)).toEqual({ key: 'constitution', due: Temporal.PlainDate.from('2019-11-24') });
});

test('only absences of the window count, and a threshold of zero counts nothing', () => {
	const profile = profileWith({ unexcused: 2, withinMonths: 6, consequence: 'hearing' });
	const days = ['2025-12-30', '2025-12-31', '2026-03-01', '2026-07-01'];
	expect(findAbsences(profile, days, on).days).toEqual(['2025-12-31', '2026-03-01']);
	expect(findAbsences(profile, days, on).reached).toBe(true);
	expect(findAbsences(profile, ['2026-03-01'], on).reached).toBe(false);
	expect(findAbsences(profile, days, on).citations).toEqual([{ text: '§ 9a der Satzung', url: null }]);
	const none = profileWith({ unexcused: 0, withinMonths: 6, consequence: 'reminder' });
	expect(findAbsences(none, days, on).reached).toBe(false);
});

test('another absence never takes the number back', () => {
	const day = fc.integer({ min: 0, max: 400 }).map((n) => on.subtract({ days: n }).toString());
	fc.assert(
		fc.property(fc.array(day), day, fc.integer({ min: 1, max: 5 }), (days, more, unexcused) => {
			const profile = profileWith({ unexcused, withinMonths: 12, consequence: 'reminder' });
			const before = findAbsences(profile, days, on);
			const after = findAbsences(profile, [...days, more], on);
			expect(after.days.length).toBeGreaterThanOrEqual(before.days.length);
			if (before.reached) expect(after.reached).toBe(true);
		}),
	);
});

test('a full body is at no risk; fewer members never make it safer', () => {
	const profile = profileWith({ unexcused: 0, withinMonths: 12, consequence: 'reminder' });
	const order = ['none', 'near', 'lost'];
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 60 }), (statutory, gone) => {
			const filled = Math.max(0, statutory - gone);
			const now = strengthOf(profile, { statutory, filled });
			const one = strengthOf(profile, { statutory, filled: Math.max(0, filled - 1) });
			if (filled === statutory) expect(now.risk).toBe('none');
			expect(order.indexOf(one.risk)).toBeGreaterThanOrEqual(order.indexOf(now.risk));
		}),
	);
	expect(strengthOf(profile, { statutory: 15, filled: 11 }).risk).toBe('none');
	expect(strengthOf(profile, { statutory: 15, filled: 10 })).toMatchObject({ risk: 'near', needed: 6, spare: 4 });
	expect(strengthOf(profile, { statutory: 15, filled: 0 }).risk).toBe('lost');
});

test('where the statute counts all seats, a body with too few members has lost its quorum', () => {
	const profile = profileWith({ unexcused: 0, withinMonths: 12, consequence: 'reminder' });
	const statutory = { ...profile, rules: PRESETS.find(({ key }) => key === 'nrw-27go')!.rules };
	expect(strengthOf(statutory, { statutory: 15, filled: 7 })).toMatchObject({ risk: 'lost', needed: 8, spare: -1 });
});
