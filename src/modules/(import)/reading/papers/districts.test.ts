import { describe, expect, test } from 'vitest';
import { districtsField } from './districts.ts';

describe('parts of the town in the head of a paper', () => {
	test.each([
		['beside a colon', 'Stadt Auental\n\nAntrag A0001/20\nOrtsteil: Mühlgrund\n\nBegründung:\nSo.', 'Mühlgrund'],
		[
			'in a table',
			'Beschlussvorlage\nDatum\t01.02.2020\nBetroffene Stadtteile\tMühlgrund, Unterau\n',
			'Mühlgrund, Unterau',
		],
		[
			'under its heading',
			'Beschlussvorlage\nStadtteile\nMühlgrund und Unterau\nDatum\n01.02.2020\n',
			'Mühlgrund und Unterau',
		],
	])('are read %s', (_, text, printed) => {
		expect(districtsField(text)).toBe(printed);
	});

	test('are none where only the words speak of them', () => {
		expect(districtsField('Antrag A0001/20\n\nDer Ortsteil Mühlgrund wächst. Im Ortsteil gibt es keinen Laden.')).toBe(
			'',
		);
		expect(districtsField(`Antrag A0001/20\n${'Zeile.\n'.repeat(80)}Ortsteil: Mühlgrund\n`)).toBe('');
	});
});
