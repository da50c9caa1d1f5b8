import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { districtOf, districtsIn, LONGEST_NAME, readDistricts, sameName } from './list.ts';

describe('a list of districts as it is pasted', () => {
	test('has a district a line, a short name behind a semicolon or a tab, each name once', () => {
		const read = readDistricts(
			'  Nordhafen ; NH\n\nAltstadt\r\nnordhafen\nSiedlung  am Ziegelteich\tZiegelteich\n;leer',
		);
		expect(read.districts).toEqual([
			{ name: 'Nordhafen', shortName: 'NH' },
			{ name: 'Altstadt', shortName: '' },
			{ name: 'Siedlung am Ziegelteich', shortName: 'Ziegelteich' },
		]);
		expect(read.long).toEqual([]);
	});

	test('says in which line a name is too long', () => {
		const text = ['Altstadt', 'x'.repeat(LONGEST_NAME + 1), 'Nordhafen', `Süd;${'y'.repeat(21)}`].join('\n');
		expect(readDistricts(text)).toMatchObject({
			districts: [{ name: 'Altstadt' }, { name: 'Nordhafen' }],
			long: [2, 4],
		});
	});

	test('loses no name, whatever the lines end with', () => {
		const name = fc.stringMatching(/^[A-ZÄÖÜ][a-zäöüß]{1,12}( [a-zäöü]{1,6})?$/);
		fc.assert(
			fc.property(fc.array(name, { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\n\n'), (names, end) => {
				const read = readDistricts(names.join(end)).districts.map((one) => sameName(one.name));
				expect(read).toEqual([...new Set(names.map(sameName))]);
			}),
		);
	});
});

describe('a district that a text names', () => {
	const list = [
		{ id: 'n', name: 'Nordhafen', shortName: 'NH' },
		{ id: 'a', name: 'Altstadt', shortName: '' },
		{ id: 'g', name: 'St. Georgen', shortName: '' },
		{ id: 's', name: 'Stadtteil Süd', shortName: '' },
	];
	const named = (text: string, town?: string) => districtOf(list, text, town)?.id ?? null;

	test('is found however its name is written', () => {
		expect(
			['Nordhafen', ' nordhafen ', 'Stadtteil Nordhafen', 'OT Nordhafen', 'NH'].map((text) => named(text)),
		).toEqual(Array(5).fill('n'));
		expect(['St.Georgen', 'ST. GEORGEN', 'Ortsteil St. Georgen'].map((text) => named(text))).toEqual(
			Array(3).fill('g'),
		);
		expect([named('Süd'), named('Stadtteil Süd')]).toEqual(['s', 's']);
		expect(named('Altstadt, Elbstadt', 'Elbstadt')).toBe('a');
	});

	test('is none where something merely lies there', () => {
		for (const text of ['', 'Stadtteil', 'Schule Nordhafen', 'Nordhafenstraße 3', 'Altstadt, Rathaus', 'Elbstadt'])
			expect(named(text, 'Elbstadt'), text).toBeNull();
	});

	test('several in one field are found in their order, each once, others left out', () => {
		const ids = (text: string) => districtsIn(list, text).map(({ id }) => id);
		expect(ids('Altstadt, Nordhafen und St. Georgen')).toEqual(['a', 'n', 'g']);
		expect(ids('Stadtteile NH; Weststadt sowie nordhafen')).toEqual(['n']);
		expect(ids('gesamte Stadt')).toEqual([]);
	});

	test('is found by its own name, wherever it stands in the list', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray(list, { minLength: 1 }), (some) => {
				for (const one of some) expect(districtOf(some, one.name)).toBe(one);
			}),
		);
	});
});
