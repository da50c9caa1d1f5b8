import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readQuestion, toAddress } from './schema.ts';

const word = fc.string({ minLength: 1, maxLength: 40 });

test('an address says what was asked, whatever was typed', () => {
	const question = fc.record({
		text: fc.string({ maxLength: 60 }),
		chosen: fc.record(
			{ kind: word, body: word, year: word, type: word, topic: word, result: word },
			{ requiredKeys: [] },
		),
		after: fc.constantFrom(
			'',
			'0.9_2026-03-01_0190a1b2-0000-7000-8000-000000000000',
			'0_-infinity_0190a1b2-0000-7000-8000-000000000000',
		),
		everywhere: fc.boolean(),
	});
	fc.assert(
		fc.property(question, (asked) => {
			expect(readQuestion(new URL(toAddress(asked), 'http://x').searchParams)).toEqual(asked);
		}),
	);
});

test('nonsense in an address counts as not said', () => {
	expect(readQuestion(new URLSearchParams('nach=<b>&jahr=&wo=x'))).toEqual({
		text: '',
		chosen: {},
		after: '',
		everywhere: false,
	});
	expect(readQuestion(new URLSearchParams({ q: 'x'.repeat(1000) })).text).toHaveLength(300);
});
