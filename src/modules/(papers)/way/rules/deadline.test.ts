import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportDayIn } from './deadline.ts';

test.each([
	['Die Verwaltung berichtet bis spätestens Ende 2022 über Ergebnisse', '2022-12-31', 'bis spätestens Ende 2022'],
	['bis zum 30.06.2027', '2027-06-30', 'bis zum 30.06.2027'],
	['Sie berichtet bis 30. Juni 2027.', '2027-06-30', 'bis 30. Juni 2027'],
	['bis Ende Februar 2028', '2028-02-29', 'bis Ende Februar 2028'],
	['bis zum Ende des II. Quartals 2027', '2027-06-30', 'bis zum Ende des II. Quartals 2027'],
	['bis Ende des II. Quartals 2027', '2027-06-30', 'bis Ende des II. Quartals 2027'],
	['bis Jahresende 2026', '2026-12-31', 'bis Jahresende 2026'],
	['bis 31.02.2027', null, null],
	['am 3. März 2027 und bis auf Weiteres', null, null],
	['bis 1. Mai 2028, erstmals bis 1. Mai 2027', '2027-05-01', 'bis 1. Mai 2027'],
])('%s', (text, day, words) => {
	const found = reportDayIn(text);
	expect(found).toEqual(day ? { day, words } : null);
});

test('every day written the German way is read as that day', () => {
	const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
	fc.assert(
		fc.property(days, (date) => {
			const day = Temporal.PlainDate.from(date.toISOString().slice(0, 10));
			const text = `Es wird bis spätestens ${day.day}.${day.month}.${day.year} berichtet.`;
			expect(reportDayIn(text)?.day).toBe(day.toString());
		}),
	);
});

test('no text makes it fail, and what is found is a day', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			const found = reportDayIn(`bis ${text}`);
			expect(found === null || Temporal.PlainDate.from(found.day).toString() === found.day).toBe(true);
		}),
	);
});
