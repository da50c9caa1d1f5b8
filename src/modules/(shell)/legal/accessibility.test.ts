import { expect, test } from 'vitest';
import { accessibilityFacts, answerDue } from './accessibility.ts';

const due = (day: string, answerWithin: string) => answerDue(Temporal.PlainDate.from(day), { answerWithin }).toString();

test('a month ends on the same day, or on the last of a shorter month', () => {
	expect(due('2026-01-31', 'P1M')).toBe('2026-02-28');
	expect(due('2026-11-21', 'P1M')).toBe('2026-12-21');
	expect(due('2026-12-24', 'P14D')).toBe('2027-01-07');
});

test('a town’s own facts go before those of the state', () => {
	const facts = accessibilityFacts({ answerWithin: 'P14D', status: 'full' });
	expect(facts).toMatchObject({ answerWithin: 'P14D', status: 'full' });
	expect(facts.enforcement.name).toContain('Ombudsstelle');
});
