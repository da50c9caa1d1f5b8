import { expect, test } from 'vitest';
import { readDocx } from '../../files/docx.ts';
import { DEFAULT_LIMITS } from '../../files/limits.ts';
import { readOdt } from '../../files/odt.ts';
import { readTrackedDocx } from '../../files/tracked.ts';
import { normalise } from '../../text/normalise.ts';
import { fromWriting, toWriting } from '../../text/writing.ts';
import { docxOf } from './docx.ts';
import { odtOf } from './odt.ts';

const DEEP = `Vorab.

1. Stelle schaffen
  a) im Bürgeramt
  b) im Standesamt
    – halbtags
    – befristet
      1.2 bis Juli
  c) sonst nirgends
2. Bericht geben
  ii. im Mai
  iii. im Juni
  (B) im Juli
    AA) sofort

- Anlagen
  – Plan
  b) Liste
  a) und zurück`;

const outline = (writing: string) => ({
	title: 'Liste',
	author: 'Elbstadt',
	parts: [{ kind: 'text' as const, text: fromWriting(writing) }],
});

const bare = (text: string) =>
	text
		.split('\n')
		.map((line) => line.trim().replace(/^•/, '-').replace(/\s+/g, ' '))
		.filter(Boolean);

test('deeper items go to Word and come back with the same signs and depths', async () => {
	const { before, after } = await readTrackedDocx(docxOf(outline(DEEP)), 'a.docx');
	expect(toWriting(normalise({ blocks: after }))).toBe(DEEP);
	expect(toWriting(normalise({ blocks: before }))).toBe(DEEP);
});

test.each([
	['Word', docxOf, readDocx],
	['OpenDocument', odtOf, readOdt],
] as const)('%s shows each sign as it stands in the text', async (_, write, read) => {
	const found = await read(write(outline(DEEP)), DEFAULT_LIMITS);
	expect(bare(found)).toEqual(bare(DEEP));
});
