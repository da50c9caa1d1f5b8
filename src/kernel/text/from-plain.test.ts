import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromPlainText } from './from-plain.ts';
import { toPlainText } from './plain.ts';

test('paragraphs, broken lines and lists of an old record', () => {
	const { blocks } = fromPlainText('Der Rat tagt\nim Saal.\n\n- Fest\n- Lesung\n\n3. Drittens\n4. Viertens\n\nEnde.');
	expect(blocks.map((block) => block.kind)).toEqual(['paragraph', 'list', 'list', 'paragraph']);
	expect(blocks[0]).toMatchObject({ content: [{ text: 'Der Rat tagt im Saal.' }] });
	expect(blocks[1]).toMatchObject({ ordered: false, items: [[{ text: 'Fest' }], [{ text: 'Lesung' }]] });
	expect(blocks[2]).toMatchObject({ ordered: true, start: 3 });
});

test('no word is lost, whatever the text', () => {
	const words = (text: string) => text.match(/\p{L}+/gu) ?? [];
	const line = fc.stringMatching(/^[-•\d.) A-Za-zÄÖÜäöüß*_<>]{0,40}$/);
	fc.assert(
		fc.property(fc.array(line), (lines) => {
			const text = lines.join('\n');
			expect(words(toPlainText(fromPlainText(text)))).toEqual(words(text));
		}),
	);
});
