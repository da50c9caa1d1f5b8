import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocx } from '../../files/docx.ts';
import { DEFAULT_LIMITS } from '../../files/limits.ts';
import { readTrackedDocx } from '../../files/tracked.ts';
import { openZip } from '../../files/zip.ts';
import { amended } from '../../text/amend/arbitrary.ts';
import { changesBetween } from '../../text/amend/changes.ts';
import { ontoBase } from '../../text/amend/onto-base.ts';
import { diffBlocks } from '../../text/diff.ts';
import { documentHash } from '../../text/hash.ts';
import { normalise } from '../../text/normalise.ts';
import { toPlainText } from '../../text/plain.ts';
import type { TextDocument } from '../../text/schema.ts';
import { fromWriting, toWriting } from '../../text/writing.ts';
import { trackedDocx } from './tracked.ts';

const trace = { author: 'Fraktion Ufer', date: '2026-11-21T10:00:00Z' };
const imprint = { title: 'Antrag', author: 'Elbstadt' };

function write(base: TextDocument, proposed: TextDocument): Uint8Array {
	const edits = changesBetween(base, proposed).flatMap((change) => change.edits.map((edit) => ({ ...edit, ...trace })));
	return trackedDocx(base, edits, imprint);
}

async function readBack(file: Uint8Array) {
	const { before, after, ...rest } = await readTrackedDocx(file, 'a.docx');
	return { before: normalise({ blocks: before }), after: normalise({ blocks: after }), ...rest };
}

const BASE = `# Beratung

Der Beirat empfiehlt **zwei** Tage je _Woche_, siehe [die Seite](https://elbstadt.example/a?b=1&c=2).

- Stühle holen
- Tische rücken

> Die Stadt zahlt & plant.
>
> 1. sofort
> 2. ganz

|= Übersicht
| Monat | Tage |
| --- | --- |
| Juli | 54 |
| August | 12 |

#### Klein

[Plan](file:f-1)

Ende.`;

function edited(...pairs: [string, string][]) {
	const base = fromWriting(BASE);
	const writing = pairs.reduce((text, [from, to]) => text.replace(from, to), BASE);
	return { base, proposed: fromWriting(writing, { previous: base }) };
}

const CASES: Record<string, [string, string][]> = {
	nothing: [],
	words: [
		['**zwei**', '**drei**'],
		['Woche', 'Monat'],
		['& plant', '& baut'],
	],
	'a link and marks': [
		['b=1', 'b=3'],
		['_Woche_', 'Woche'],
	],
	'paragraphs gone and come': [
		['\n\nEnde.', ''],
		['# Beratung', 'Vorab.\n\n# Beratung'],
	],
	'items gone and come': [
		['- Stühle holen\n', ''],
		['- Tische rücken', '- Tische rücken\n- Kaffee'],
		['> 2. ganz', '> 2. ganz\n> 3. bald'],
	],
	'rows, cells and caption': [
		['| Juli | 54 |\n', ''],
		['12 |', '13 |\n| Mai | 9 |'],
		['Übersicht', 'Große Übersicht'],
	],
	'level of a heading, kind of a list, role of wording': [
		['# Beratung', '### Beratung'],
		['- Stühle holen\n- Tische', '1. Stühle holen\n2. Tische'],
	],
	'a wording away': [['> Die Stadt zahlt & plant.\n>\n> 1. sofort\n> 2. ganz\n\n', '']],
	'a table away': [[BASE.slice(BASE.indexOf('|='), BASE.indexOf('#### ')), '']],
	'another attachment': [['[Plan](file:f-1)', '[Neuer Plan](file:f-2)']],
	'all new': [[BASE, 'Ganz anders.']],
};

for (const [what, pairs] of Object.entries(CASES)) {
	test(`tracked and read back: ${what}`, async () => {
		const { base, proposed } = edited(...pairs);
		const file = write(base, proposed);
		expect(write(base, proposed)).toEqual(file);
		const read = await readBack(file);
		expect(toWriting(read.before)).toBe(toWriting(base));
		expect(toWriting(read.after)).toBe(toWriting(proposed));
		expect(new Set(read.changes.map(({ author }) => author))).toEqual(
			new Set(pairs.length && read.changes.length ? ['Fraktion Ufer'] : []),
		);
		expect(read.changes.every(({ date }) => date === '2026-11-21T10:00:00Z')).toBe(true);
		const { proposed: again, exact } = ontoBase(base, read.before, read.after);
		expect(exact).toBe(true);
		expect(documentHash(again)).toBe(documentHash(proposed));
	});
}

test('any text and any proposal: both sides are read back', async () => {
	await fc.assert(
		fc.asyncProperty(amended(1), async ({ base, proposed: [proposed = base] }) => {
			fc.pre(base.blocks.length > 0 && [base, proposed].every(isOrdinary));
			const read = await readBack(write(base, proposed));
			expect(toWriting(read.before)).toBe(toWriting(base));
			expect(toWriting(read.after)).toBe(toWriting(proposed));
		}),
		{ numRuns: 300 },
	);
});

/** Without what a word processor has no place for: languages of left-to-right words, cells that are all empty. */
function isOrdinary(text: TextDocument): boolean {
	return (
		text.blocks.length > 0 &&
		!/"lang"|\\n|"attachment"|"link"|"text":"[^"]*[^\p{L}\p{N}"., ][^"]*"/u.test(JSON.stringify(text.blocks))
	);
}

test('a change inside of a block is a change of that block when read back, not a new one', async () => {
	const { base, proposed } = edited(...CASES['words']!, ['- Tische rücken', '- Tische rücken\n- Kaffee']);
	const { before, after } = await readBack(write(base, proposed));
	expect(diffBlocks(before.blocks, after.blocks).map(({ op }) => op)).toEqual(
		diffBlocks(base.blocks, proposed.blocks).map(({ op }) => op),
	);
});

test('the file is what the standard asks for: well-formed parts, unique ids, struck words in w:delText', async () => {
	const { base, proposed } = edited(...CASES['words']!, ...CASES['rows, cells and caption']!);
	const file = write(base, proposed);
	const zip = await openZip(file, DEFAULT_LIMITS);
	const document = String(await zip.read('word/document.xml'));
	const ids = [...document.matchAll(/<w:(?:ins|del|pPrChange) w:id="(\d+)"/g)].map(([, id]) => id);
	expect(ids.length).toBeGreaterThan(4);
	expect(new Set(ids).size).toBe(ids.length);
	expect(document).toMatch(
		/<w:del [^>]*><w:r><w:rPr><w:b\/><\/w:rPr><w:delText xml:space="preserve">zwei<\/w:delText>/,
	);
	expect(/<w:del [^/>]*>(?:(?!<\/w:del>).)*<w:t[ >]/.test(document)).toBe(false);
	// Two other readers see the text with everything accepted.
	const words = toPlainText(proposed).match(/\p{L}+/gu);
	const own = await readDocx(file, DEFAULT_LIMITS);
	const mammoth = createRequire(import.meta.url)('mammoth') as {
		extractRawText(input: { buffer: Buffer }): Promise<{ value: string }>;
	};
	const { value } = await mammoth.extractRawText({ buffer: Buffer.from(file) });
	for (const text of [own, value]) expect(text.match(/\p{L}+/gu)?.sort()).toEqual(words?.sort());
});
