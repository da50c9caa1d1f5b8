import { describe, expect, test } from 'vitest';
import { toLines } from './lines.ts';
import { readAgenda } from './agenda.ts';

const read = (source: string, invitation = false) =>
	readAgenda(toLines(source), invitation).items.map((item) => [item.number?.value ?? null, item.title.value]);

describe('agenda', () => {
	test('numbered headings with prose below, and lists inside an item', () => {
		const source =
			'1. Begrüßung\n\nHerr Moll begrüßt alle. Es folgt eine Runde.\n\n2. Berichte\n\nEs wird vereinbart:\n\n1. mehr Zeit\n2. mehr Raum\n\n3. Verschiedenes\n\nKeine Meldungen.';
		expect(read(source)).toEqual([
			['1', 'Begrüßung'],
			['2', 'Berichte'],
			['3', 'Verschiedenes'],
		]);
	});

	test('a list under "Tagesordnung" gives the items, the body their text', () => {
		const source =
			'Tagesordnung:\n1. Eröffnung\n2. Haushalt\n\nTOP 1\nDie Sitzung beginnt pünktlich.\n\nTOP 2\nDer Haushalt wird beraten.';
		const { items } = readAgenda(toLines(source), false);
		expect(items.map((item) => item.text?.value)).toEqual([
			'Die Sitzung beginnt pünktlich.',
			'Der Haushalt wird beraten.',
		]);
	});

	test.each([
		[
			'Punkt 16 der Tagesordnung: Schulen\n\nPunkt 16.1 der Tagesordnung: Schulen: Bau und\nBetrieb\nVorlage: 2023/0001',
			[
				['16', 'Schulen'],
				['16.1', 'Schulen: Bau und Betrieb'],
			],
		],
		[
			'Tagesordnung\nÖ 1\tFragestunde\nÖ 2\tBericht\nN 1\tVergabe',
			[
				['Ö 1', 'Fragestunde'],
				['Ö 2', 'Bericht'],
				['N 1', 'Vergabe'],
			],
		],
		[
			'TOP\tBetreff\tDrucksache\n1\tBegrüßung\t\n2\tImpfen\tDrs. 20/04417\n2a\tNachtrag\t\n3\tSonstiges\t',
			[
				['1', 'Begrüßung'],
				['2', 'Impfen'],
				['2a', 'Nachtrag'],
				['3', 'Sonstiges'],
			],
		],
		[
			'Tagesordnung\n1. Regularien\n1.1 Einladung\n1.2 Protokoll\n2. Berichte',
			[
				['1', 'Regularien'],
				['1.1', 'Einladung'],
				['1.2', 'Protokoll'],
				['2', 'Berichte'],
			],
		],
	])('numbering %#', (source, expected) => expect(read(source)).toEqual(expected));

	test('bullets without numbers', () => {
		expect(read('Tagesordnung\n\n- Ankommen\n- Neues aus der Unterkunft\n\nWir freuen uns.')).toEqual([
			[null, 'Ankommen'],
			[null, 'Neues aus der Unterkunft'],
		]);
	});

	test('an excerpt may start with any number; dates and sessions are no items', () => {
		expect(
			read('13.  Besetzung der Stelle\n\n      Der Punkt wird vertagt.\n\n14.  Ankauf\n\n      Keine Aussprache.'),
		).toEqual([
			['13', 'Besetzung der Stelle'],
			['14', 'Ankauf'],
		]);
		expect(read('31. Plenarsitzung des Rates am\n5. Juni 2019, 14:00 Uhr')).toEqual([]);
	});
});
