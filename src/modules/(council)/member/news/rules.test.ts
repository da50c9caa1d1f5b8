import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newsOf, settled, type Facts } from './rules.ts';

const planned: Facts = {
	date: '2030-05-08',
	startsAt: '2030-05-08T15:00:00+00:00',
	endsAt: null,
	place: 'Rathaus',
	cancelled: false,
	invited: false,
	agenda: '1 Eröffnung',
	minutes: null,
};
const today = '2030-05-01';

describe('what is news', () => {
	test('a session that is new, then invited, moved, cancelled, revived', () => {
		expect(newsOf(null, planned, today)).toEqual(['new']);
		expect(newsOf(null, { ...planned, invited: true }, today)).toEqual(['new', 'agenda']);
		expect(newsOf(planned, { ...planned, invited: true }, today)).toEqual(['agenda']);
		expect(newsOf(planned, { ...planned, place: 'Bürgerhaus' }, today)).toEqual(['moved']);
		const off = { ...planned, cancelled: true };
		expect(newsOf(planned, off, today)).toEqual(['cancelled']);
		expect(newsOf(off, planned, today)).toEqual(['revived']);
	});

	test('an agenda in the making is no news, one that changes after the invitation is', () => {
		expect(newsOf(planned, { ...planned, agenda: '1 Anderes' }, today)).toEqual([]);
		const invited = { ...planned, invited: true };
		expect(newsOf(invited, { ...invited, agenda: '1 Anderes' }, today)).toEqual(['agendaChanged']);
	});

	test('of a session that is over, its minutes are news and nothing else', () => {
		const held = { ...planned, invited: true };
		const later = '2030-06-01';
		expect(newsOf(held, { ...held, place: 'Bürgerhaus', agenda: 'x', minutes: 1 }, later)).toEqual(['minutes']);
		expect(newsOf({ ...held, minutes: 1 }, { ...held, minutes: 2 }, later)).toEqual(['minutesChanged']);
		expect(newsOf({ ...held, minutes: 1 }, held, later)).toEqual([]);
		// Old records that are taken over fill nobody's letter box.
		expect(newsOf(null, { ...held, minutes: 1 }, later)).toEqual([]);
	});
});

const anyFacts = fc.record<Facts>({
	date: fc.constantFrom('2030-04-01', '2030-05-01', '2030-05-08'),
	startsAt: fc.constantFrom(null, '2030-05-08T15:00:00+00:00'),
	endsAt: fc.constant(null),
	place: fc.constantFrom('', 'Rathaus'),
	cancelled: fc.boolean(),
	invited: fc.boolean(),
	agenda: fc.constantFrom('a', 'b'),
	minutes: fc.constantFrom(null, 1, 2),
});

test('nothing is told twice: what was just told is no news', () => {
	fc.assert(
		fc.property(anyFacts, (facts) => {
			expect(newsOf(facts, facts, today)).toEqual([]);
		}),
	);
});

test('what stands still is settled whatever order the database gives its fields in', () => {
	fc.assert(
		fc.property(anyFacts, (facts) => {
			const reversed = Object.fromEntries(Object.entries(facts).reverse()) as unknown as Facts;
			expect(settled(reversed, facts)).toBe(true);
			expect(settled({ ...facts, place: `${facts.place}!` }, facts)).toBe(false);
		}),
	);
});
