import { describe, expect, test } from 'vitest';
import { toLines } from './lines.ts';
import { readReferences } from './numbers.ts';

const read = (source: string) => readReferences(toLines(source), [], null, false).map((found) => found.value);

describe('paper numbers', () => {
	test.each([
		['Antrag A0134/21 und Information I0126/21', ['A0134/21', 'I0126/21']],
		['Vorlage: 2023/1264, Änderung 2025/0009/1', ['2023/1264', '2025/0009/1']],
		['Zu VO/2023/123 und BV-12/2021', ['VO/2023/123', 'BV-12/2021']],
		['Drucksache 0456/2024-2029', ['0456/2024-2029']],
		['Drs. 19/12345', ['19/12345']],
		['Vorlage Nr. 456', ['456']],
		['Siehe VII-A-01234 und 20/SVV/0123', ['VII-A-01234', '20/SVV/0123']],
		['Drucksache - 0152/IV (neu)', ['0152/IV']],
	])('%s', (text, expected) => expect(read(text)).toEqual(expected));

	test('spans of years, laws, files, telephones and orders are none', () => {
		for (const text of [
			'Modellstadt 2025/2026',
			'DOPPELHAUSHALT 2015/2016',
			'nach § 12/13',
			'Az.: 2023/0815',
			'Tel. 0391/5401234',
			'Dienstanweisung (DA 90/03)',
			'Beschl. v. 30.07.2024, S 11 AY 15/24',
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
