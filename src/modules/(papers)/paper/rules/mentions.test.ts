import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidates, numbersIn } from './mentions.ts';
import { writeReference, type Scheme } from './reference.ts';

const scheme = (prefix: string, more: Partial<Scheme> = {}): Scheme => ({
	id: prefix || 'none',
	prefix,
	digits: 4,
	yearDigits: 2,
	separator: '/',
	suffixSeparator: '/',
	...more,
});
const SCHEMES = ['DS', 'A', 'F', 'S', 'I'].map((prefix) => scheme(prefix));
const today = Temporal.PlainDate.from('2026-11-21');
const found = (text: string) => numbersIn(text, SCHEMES, today).map(({ reference }) => reference);

test('numbers are found however they are written in a text, in their order', () => {
	expect(found('Mit der I0254/15 liegt ein Bericht vor; DS 0450/18 und A 0193 – 22/1 gelten fort.')).toEqual([
		'I0254/15',
		'DS0450/18',
		'A0193/22/1',
	]);
	expect(found('gemäß A0012/2024 vom 3.5.')).toEqual(['A0012/24']);
	expect(found('zum Antrag A0193/22, zur Anfrage F0377/23.')).toEqual(['A0193/22', 'F0377/23']);
});

test('dates, file numbers, bare figures and words are no numbers of papers', () => {
	expect(found('am 12/22 in Raum A 12, Az. 32/0193-22, GAS0193/22, a0193/22, BGBl. I S. 2022, § 12 S. 1')).toEqual([]);
	expect(found('A0000/22 gibt es nicht')).toEqual([]);
});

test('every number that a scheme writes is found in any text around it', () => {
	const around = fc.constantFrom('', ' ', 'Siehe ', '(', '„', 'Zu\n', ', ');
	fc.assert(
		fc.property(
			fc.constantFrom(...SCHEMES),
			fc.integer({ min: 1, max: 123_456 }),
			fc.integer({ min: 1980, max: 2036 }),
			fc.option(fc.integer({ min: 1, max: 40 })),
			around,
			(one, number, year, suffix, before) => {
				const reference = writeReference(one, { year, number, suffix });
				const text = `${before}${reference}. Danach`;
				const [first, ...rest] = numbersIn(text, SCHEMES, today);
				expect(rest).toEqual([]);
				expect(first).toMatchObject({ schemeId: one.id, number, year, suffix, reference });
				expect(text.slice(first!.start, first!.end)).toBe(reference);
			},
		),
	);
});

test('whatever is found in a text by the schemes is among the forms that are looked up before they are known', () => {
	const schemes: Scheme[] = [
		{ id: '1', prefix: 'DS', digits: 4, yearDigits: 2, separator: '/', suffixSeparator: '/' },
		{ id: '2', prefix: 'A', digits: 4, yearDigits: 2, separator: '/', suffixSeparator: '/' },
		{ id: '3', prefix: 'VO', digits: 3, yearDigits: 4, separator: '-', suffixSeparator: '-' },
		{ id: '4', prefix: 'BV', digits: 5, yearDigits: 0, separator: '', suffixSeparator: '/' },
	];
	const today = Temporal.PlainDate.from('2026-11-21');
	const text = 'Zu A0193/22, DS 12 – 25/3, VO007-2024, BV01234 und Seite 3 von 4 am 5.6.';
	const found = numbersIn(text, schemes, today).map(({ reference }) => reference);
	expect(found).toHaveLength(4);
	expect(candidates(text)).toEqual(expect.arrayContaining(found));
	expect(candidates('Donnerstags bis 20 Uhr, Seite 3, im Raum 2 am 24. Dezember 2026')).toEqual([]);
	const scheme = fc.constantFrom(...schemes);
	fc.assert(
		fc.property(
			scheme,
			fc.integer({ min: 1, max: 9999 }),
			fc.integer({ min: 2000, max: 2099 }),
			fc.option(fc.integer({ min: 1, max: 99 })),
			(one, number, year, suffix) => {
				const reference = writeReference(one, { year: one.yearDigits ? year : 0, number, suffix });
				for (const { reference: read } of numbersIn(`Siehe ${reference}.`, schemes, today))
					expect(candidates(`Siehe ${reference}.`)).toContain(read);
			},
		),
	);
});
