import fc from 'fast-check';
import { expect, test } from 'vitest';
import { words } from './arbitrary.ts';
import { fromPlainText } from './from-plain.ts';
import { toPlainText } from './plain.ts';

test('paragraphs, broken lines and lists of an old record', () => {
	const { blocks } = fromPlainText('Der Rat tagt\nim Saal.\n\n- Fest\n- Lesung\n\n3. Drittens\n4. Viertens\n\nEnde.');
	expect(blocks.map((block) => block.kind)).toEqual(['paragraph', 'list', 'list', 'paragraph']);
	expect(blocks[0]).toMatchObject({ content: [{ text: 'Der Rat tagt im Saal.' }] });
	expect(blocks[1]).toMatchObject({ ordered: false, items: [[{ text: 'Fest' }], [{ text: 'Lesung' }]] });
	expect(blocks[2]).toMatchObject({ ordered: true, start: 3 });
});

test('no letter is lost, whatever the text', () => {
	const wordsOf = (text: string) => text.match(/\p{L}+/gu) ?? [];
	const line = fc.stringMatching(/^[-•\d.) A-Za-zÄÖÜäöüß*_<>]{0,40}$/);
	fc.assert(
		fc.property(fc.array(line), (lines) => {
			const text = lines.join('\n');
			expect(wordsOf(toPlainText(fromPlainText(text))).join('')).toEqual(wordsOf(text).join(''));
		}),
	);
});

test('plain text becomes paragraphs and lists', () => {
	const text = `Der Beirat hat in seiner Sitzung lange über die Wartezeiten gespro-
chen und die Verwaltung um eine Antwort gebeten, die Einnahmen- und
Ausgabenseite eingeschlossen.

Elbstadt
Am Markt 1

• erstens
• zweitens, und das geht auf der nächsten Zeile noch ein Stück weiter bis
zum Ende

1) a
2) b

3) c

19. April 2023`;
	expect(toPlainText(fromPlainText(text)))
		.toBe(`Der Beirat hat in seiner Sitzung lange über die Wartezeiten gesprochen und die Verwaltung um eine Antwort gebeten, die Einnahmen- und Ausgabenseite eingeschlossen.

Elbstadt
Am Markt 1

- erstens
- zweitens, und das geht auf der nächsten Zeile noch ein Stück weiter bis zum Ende

1. a
2. b
3. c

19. April 2023`);
	const kinds = fromPlainText(text).blocks.map((block) => block.kind);
	expect(kinds).toEqual(['paragraph', 'paragraph', 'list', 'list', 'paragraph']);
});

test('plain text loses no word and gets no mark', () => {
	fc.assert(
		fc.property(
			fc.array(words).map((lines) => lines.join('\n')),
			(text) => {
				const document = fromPlainText(text);
				expect(JSON.stringify(document)).not.toMatch(/"(bold|emphasis|link)":/);
				const letters = (value: string) => value.normalize('NFD').replace(/[^\p{L}]/gu, '');
				expect(letters(toPlainText(document))).toBe(letters(text.toWellFormed()));
			},
		),
		{ numRuns: 500 },
	);
});
