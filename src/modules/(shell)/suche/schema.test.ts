import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readQuestion, toAddress } from './schema.ts';

const word = fc.string({ minLength: 1, maxLength: 40 });

test('an address says what was asked, whatever was typed', () => {
	const question = fc.record({
		text: fc.string({ maxLength: 60 }),
		chosen: fc.record({ kind: word, body: word, year: word }, { requiredKeys: [] }),
		page: fc.integer({ min: 1, max: 500 }),
	});
	fc.assert(
		fc.property(question, (asked) => {
			expect(readQuestion(new URL(toAddress(asked), 'http://x').searchParams)).toEqual(asked);
		}),
	);
});

test('nonsense in an address counts as not said', () => {
	expect(readQuestion(new URLSearchParams('seite=-3&jahr='))).toEqual({ text: '', chosen: {}, page: 1 });
	expect(readQuestion(new URLSearchParams('seite=1.5')).page).toBe(1);
	expect(readQuestion(new URLSearchParams({ q: 'x'.repeat(1000) })).text).toHaveLength(300);
});
