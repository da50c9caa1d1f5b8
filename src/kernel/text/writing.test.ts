import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textDocument, words } from './arbitrary.ts';
import { documentHash } from './hash.ts';
import { toPlainText } from './plain.ts';
import { fromWriting, toWriting } from './writing.ts';
import type { DraftBlock, TextDocument } from './schema.ts';

function bare(document: TextDocument) {
	return JSON.parse(
		JSON.stringify(document.blocks, (key, value) => (key === 'id' || key === 'hash' ? undefined : value)),
	);
}

test('what is written and read again is the same text', () => {
	fc.assert(
		fc.property(textDocument, (document) => {
			const again = fromWriting(toWriting(document));
			expect(bare(again)).toEqual(bare(document));
			expect(documentHash(again)).toBe(documentHash(document));
		}),
		{ numRuns: 600 },
	);
});

test('anything typed is read, and rests after one round', () => {
	fc.assert(
		fc.property(
			fc.array(words).map((lines) => lines.join('\n')),
			(typed) => {
				const once = fromWriting(typed);
				expect(bare(fromWriting(toWriting(once)))).toEqual(bare(once));
			},
		),
		{ numRuns: 500 },
	);
});

test('long runs of open signs are read in passing', () => {
	for (const sign of ['[', '**', '_a ', '*', '](', '[a](b', '`']) {
		const document = fromWriting(sign.repeat(20_000));
		expect(toPlainText(document).length).toBeGreaterThanOrEqual(4_000);
	}
});

function kinds(typed: string) {
	return bare(fromWriting(typed)).map((block: DraftBlock) => block.kind);
}

test('lists, headings and wording begin without an empty line before', () => {
	expect(
		kinds('Wir haben beschlossen:\n- eins\n- zwei\n## Danach\n> Der Beirat empfiehlt:\n>\n> 1. a\n> 2. b'),
	).toEqual(['paragraph', 'list', 'heading', 'wording']);
});

test('a list goes on over empty lines', () => {
	expect(bare(fromWriting('1. eins\n\n2. zwei\n\n3. drei'))).toEqual([
		{ kind: 'list', ordered: true, items: [[{ text: 'eins' }], [{ text: 'zwei' }], [{ text: 'drei' }]] },
	]);
});

test('a date is no list, a star in a word is a letter', () => {
	expect(bare(fromWriting('19. April 2023\nKolleg*innen und Bürger_innen *alle* 2 * 3'))).toEqual([
		{ kind: 'paragraph', content: [{ text: '19. April 2023\nKolleg*innen und Bürger_innen *alle* 2 * 3' }] },
	]);
});

test('marks nest', () => {
	expect(bare(fromWriting('**fett _und betont_** [der [Rat]{ar}](https://elbstadt.example/a)'))).toEqual([
		{
			kind: 'paragraph',
			content: [
				{ text: 'fett', bold: true },
				{ text: ' ' },
				{ text: 'und betont', bold: true, emphasis: true },
				{ text: ' ' },
				{ text: 'der ', link: 'https://elbstadt.example/a' },
				{ text: 'Rat', link: 'https://elbstadt.example/a', lang: { tag: 'ar', dir: 'rtl' } },
			],
		},
	]);
});

test('a link to a script stays letters', () => {
	expect(toPlainText(fromWriting('[hier](javascript:alert(1))'))).toBe('[hier](javascript:alert(1))');
	expect(bare(fromWriting('[hier](//boese.example)'))[0].content).toEqual([{ text: '[hier](//boese.example)' }]);
});

test('blocks keep their ids while the text is edited', () => {
	const first = fromWriting('# Lage\n\nEin Termin liegt 31 Tage entfernt.\n\nDie Behörde nennt drei Gründe dafür.');
	const [heading, , third] = first.blocks;
	const second = fromWriting(
		'Ganz neu ist dieser Satz.\n\n# Lage\n\nDie Behörde nennt vier gute Gründe dafür.\n\nEin Termin liegt 31 Tage entfernt.',
		{ previous: first },
	);
	expect(second.blocks.map((block) => block.id).slice(1)).toEqual([heading?.id, third?.id, first.blocks[1]?.id]);
	expect(first.blocks.map((block) => block.id)).not.toContain(second.blocks[0]?.id);
});
