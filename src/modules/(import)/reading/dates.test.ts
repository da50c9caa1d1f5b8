import { describe, expect, test } from 'vitest';
import { findDates, weekdayOf } from './dates.ts';
import { findSpan, findTimes } from './times.ts';

const iso = (text: string, year: number | null = null) => findDates(text, year).map((date) => date.iso);

describe('dates', () => {
	test.each([
		['am 17.03.2021', '2021-03-17'],
		['Mi., 08.11.23', '2023-11-08'],
		['dem 5. März 2019', '2019-03-05'],
		['AM 4. MAI 2011', '2011-05-04'],
		['vom 07.09 2018', '2018-09-07'],
		['3. Jänner 2020', '2020-01-03'],
		['Stand 2021-12-31', '2021-12-31'],
		['11./12.02.2019', '2019-02-11'],
		['01.04. – 30.06.2022', '2022-04-01'],
	])('%s', (text, expected) => expect(iso(text)).toEqual([expected]));

	test('impossible dates, numbers and paragraphs are none', () => {
		expect(iso('31.02.2021, 45.13.2020, § 3.4.2, VASt. 1.0380.720100, 1.250,00 Euro')).toEqual([]);
	});

	test('a date without a year takes the one that is supplied, and says so', () => {
		const [date] = findDates('bis 30.11.', 2023);
		expect(date).toMatchObject({ iso: '2023-11-30', year: null });
		expect(iso('bis 30.11.')).toEqual([null]);
	});

	test('the weekday before a date is read', () => {
		expect(findDates('Montag, den 2. März 2020')[0]!.weekday).toBe(1);
		expect(weekdayOf('2020-03-02')).toBe(1);
	});
});

describe('times', () => {
	test.each([
		['von - 17:00 bis 19:00 Uhr', '17:00', '19:00'],
		['18:35 - 20:50 Uhr', '18:35', '20:50'],
		['17.30–18.45 Uhr', '17:30', '18:45'],
		['18 Uhr bis ca. 20.15 Uhr', '18:00', '20:15'],
		['um 19 Uhr', '19:00', null],
		['9:00-10:45', '09:00', '10:45'],
	])('%s', (text, start, end) => expect(findSpan(text)).toMatchObject({ start, end }));

	test('dates, ratios and numbers are no times', () => {
		expect(findTimes('12.10.2022, 38 : 3, § 12, 17 Personen')).toEqual([]);
	});
});
