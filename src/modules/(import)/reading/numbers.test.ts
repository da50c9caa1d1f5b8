import { describe, expect, test } from 'vitest';
import { toLines } from './lines.ts';
import { readReferences } from './numbers.ts';

const read = (source: string) => readReferences(toLines(source), [], null, false).map((found) => found.value);

describe('paper numbers', () => {
	test.each([
		['Antrag A0077/19 und Information I0031/19', ['A0077/19', 'I0031/19']],
		['Vorlage: 2021/0815, Änderung 2022/0031/1', ['2021/0815', '2022/0031/1']],
		['Zu VO/2023/123 und BV-12/2021', ['VO/2023/123', 'BV-12/2021']],
		['Drucksache 0456/2024-2029', ['0456/2024-2029']],
		['Drs. 19/12345', ['19/12345']],
		['Vorlage Nr. 731', ['731']],
		['Siehe VII-A-01234 und 20/SVV/0123', ['VII-A-01234', '20/SVV/0123']],
		['Drucksache - 0152/IV (neu)', ['0152/IV']],
	])('%s', (text, expected) => expect(read(text)).toEqual(expected));

	test('spans of years, laws, files, telephones and orders are none', () => {
		for (const text of [
			'Aktionsjahre 2031/2032',
			'DOPPELHAUSHALT 2031/2032',
			'nach § 12/13',
			'Az.: 2023/0815',
			'Tel. 0391/5401234',
			'Dienstanweisung (DA 44/07)',
			'Beschl. v. 14.02.2023, S 4 AY 72/23',
			'Straße 12/13',
		]) {
			expect(read(text), text).toEqual([]);
		}
	});

	test("a document's own scheme is learnt from a labelled place", () => {
		expect(read('Mitteilungsvorlage Nr. 61-12/2019\n\nDazu gab es 61-03/2019 bereits.')).toEqual([
			'61-12/2019',
			'61-03/2019',
		]);
	});
});
