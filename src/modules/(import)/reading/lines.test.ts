import { describe, expect, test } from 'vitest';
import { toLines } from './lines.ts';
import { joinLines, range } from './text.ts';

const texts = (source: string) => toLines(source).map((line) => line.text);

describe('lines', () => {
	test('markdown marks go, offsets still lead to the original', () => {
		const source = '## **Bericht** der *Leitung*\n';
		const [line] = toLines(source);
		expect(line!.text).toBe('Bericht der Leitung');
		expect(line!.heading).toBe(2);
		const { start, end } = range(line!)!;
		expect(source.slice(start, end)).toBe('Bericht** der *Leitung');
	});

	test('gender stars stay', () => {
		expect(texts('Migrant*innen und Helfer*innen')).toEqual(['Migrant*innen und Helfer*innen']);
	});

	test('a header on every page stays only once, also in the middle of a sentence', () => {
		const source =
			'RAT DER STADT AUENTAL\n\nErster Satz geht\n\nRAT DER STADT AUENTAL\n\nhier weiter.\n\nRAT DER STADT AUENTAL\n\nEnde.';
		expect(texts(source)).toEqual(['RAT DER STADT AUENTAL', 'Erster Satz geht', 'hier weiter.', 'Ende.']);
		expect(toLines(source)[2]!.pageBreak).toBe(true);
	});

	test('page numbers go, a bare number under a label stays', () => {
		expect(texts('Antrag\n114\n\nText eins.\n\n– 2 –\n\nText zwei.\n\nSeite 3 von 4')).toEqual([
			'Antrag',
			'114',
			'Text eins.',
			'Text zwei.',
		]);
	});

	test('cells of TAB rows and of pipe tables are the same', () => {
		const cells = (source: string) => toLines(source)[0]!.cells.map((cell) => cell.text);
		expect(cells('Lea Tann\t\tja')).toEqual(['Lea Tann', '', 'ja']);
		expect(cells('| Lea Tann |  | ja |')).toEqual(['Lea Tann', '', 'ja']);
	});

	test('spread words are read as one', () => {
		expect(texts('E I N L A D U N G')).toEqual(['EINLADUNG']);
		expect(texts('P R O T O K O L L der Sitzung')).toEqual(['PROTOKOLL der Sitzung']);
	});

	test('struck-through text is left out', () => {
		expect(texts('Das gilt ~~nicht~~ weiter.')).toEqual(['Das gilt weiter.'.replace('gilt ', 'gilt ')]);
	});

	test('hyphens at line ends: taken out before small letters, kept before capitals and before "und"', () => {
		const join = (source: string) => joinLines(toLines(source)).text;
		expect(join('Die Verwal-\ntung')).toBe('Die Verwaltung');
		expect(join('das IQ-\nProjekt')).toBe('das IQ-Projekt');
		expect(join('Bürger-\nund Vereinsarbeit')).toBe('Bürger- und Vereinsarbeit');
	});
});
