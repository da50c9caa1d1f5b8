import { describe, expect, test } from 'vitest';
import { readDocument } from '../reading/read.ts';
import { hasClosedPart, withPublicity } from './publicity.ts';

const minutes = (agenda: string) => `Gemeinde Nordkirchdorf
Niederschrift über die 4. Sitzung des Integrationsrates am 12.05.2021 um 18:00 Uhr im Rathaus

Anwesend: Frau Adler, Herr Bozkurt, Frau Cho

${agenda}`;

function publicOf(agenda: string): (boolean | null | undefined)[] {
	const text = minutes(agenda);
	return withPublicity(text, readDocument({ name: 'n.txt', text })).agenda.map((item) => item.public);
}

describe('which items of old minutes the public may see', () => {
	test('those under the heading of the closed part stay inside', () => {
		expect(
			publicOf(
				'Öffentlicher Teil\n\n1. Begrüßung\nHerr Bozkurt begrüßt.\n\n2. Bericht\nEs wird berichtet.\n\nNichtöffentlicher Teil\n\n3. Personalangelegenheit\nFrau Cho wird gewählt.\n\n4. Verschiedenes\nNichts.',
			),
		).toEqual([true, true, false, false]);
	});

	test('numbers with N are closed, numbers with Ö are not', () => {
		expect(
			publicOf(
				'Ö 1 Begrüßung\nHerr Bozkurt begrüßt.\n\nÖ 2 Bericht\nEs wird berichtet.\n\nN 1 Grundstück am Markt\nEs wird beraten.',
			),
		).toEqual([true, true, false]);
	});

	test('a record without parts is public throughout', () => {
		expect(
			publicOf('1. Begrüßung\nHerr Bozkurt begrüßt.\n\n2. Bericht über die öffentliche Sprechstunde\nGut besucht.'),
		).toEqual([true, true]);
	});

	test('in doubt an item stays inside: a title that speaks of a closed meeting is for a person to look at', () => {
		expect(
			publicOf('1. Begrüßung\nHerr Bozkurt begrüßt.\n\n2. Bericht aus der nichtöffentlichen Sitzung\nGut.').at(-1),
		).toBe(false);
	});

	test('one closed item is enough for the original to stay inside', () => {
		const item = { number: '1', title: 'x', text: null };
		expect(
			hasClosedPart([
				{ ...item, public: true },
				{ ...item, public: false },
			]),
		).toBe(true);
		expect(hasClosedPart([{ ...item, public: true }, item])).toBe(false);
	});
});
