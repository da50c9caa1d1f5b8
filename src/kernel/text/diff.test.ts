import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textDocument } from './arbitrary.ts';
import { diffBlocks } from './diff.ts';
import type { BlockDiff, Line, Words } from './diff.ts';
import { diffToHtml } from './diff-html.ts';
import { plainOf } from './plain.ts';
import type { Block } from './schema.ts';
import { fromWriting } from './writing.ts';

const labels = { insertStart: '[neu', insertEnd: 'neu]', deleteStart: '[weg', deleteEnd: 'weg]', moved: 'verschoben' };

function edit(before: string, after: string) {
	const first = fromWriting(before);
	return diffBlocks(first.blocks, fromWriting(after, { previous: first }).blocks);
}

/** The difference in short: `{-gone-}` and `{+come+}`. */
function short(rows: BlockDiff[]): string {
	return rows.map((row) => (row.moved ? '~' : '') + shortRow(row)).join(' ¶ ');
}

function shortRow(row: BlockDiff): string {
	if (row.op !== 'change') return sign(row.op, 'content' in row.block ? plainOf(row.block.content) : row.block.kind);
	if ('inner' in row) return `(${short(row.inner)})`;
	return row.lines.map(shortLine).join(' / ');
}

function shortLine(line: Line): string {
	return line.cells.map((words) => words.map((part) => sign(part.op, plainOf(part.content))).join('')).join(' | ');
}

function sign(op: Words['op'], text: string): string {
	return op === 'same' ? text : op === 'insert' ? `{+${text}+}` : `{-${text}-}`;
}

test('words inside a block', () => {
	expect(
		short(edit('Der Beirat empfiehlt zwei Tage je Woche.', 'Der Beirat empfiehlt drei volle Tage je Woche.')),
	).toBe('Der Beirat empfiehlt {-zwei-}{+drei volle+} Tage je Woche.');
});

test('blocks that came, went and moved', () => {
	const rows = edit(
		'# A\n\nEins zwei drei.\n\nVier fünf sechs.\n\nSieben.',
		'# A\n\nVier fünf sechs.\n\nEins zwei drei.\n\nNeun zehn.',
	);
	expect(short(rows)).toMatch(/^A ¶ (~Vier fünf sechs\. ¶ Eins zwei drei\.|Vier fünf sechs\. ¶ ~Eins zwei drei\.) ¶ /);
	expect(short(rows)).toContain('{-Sieben.-}');
	expect(short(rows)).toContain('{+Neun zehn.+}');
});

test('items of a list, cells of a table, paragraphs of a wording', () => {
	expect(
		short(edit('- Stühle holen\n- Tische rücken', '- Kaffee kochen\n- Stühle holen\n- Tische wieder rücken')),
	).toBe('{+Kaffee kochen+} / Stühle holen / Tische {+wieder +}rücken');
	expect(short(edit('| Monat | Tage |\n| Juli | 54 |', '| Monat | Tage |\n| Juli | 53 |\n| August | 47 |'))).toBe(
		'Monat | Tage |  / Juli | {-54-}{+53+} / {+August+} | {+47+}',
	);
	expect(short(edit('> Der Beirat empfiehlt:\n>\n> 1. eins', '> Der Rat empfiehlt:\n>\n> 1. eins'))).toBe(
		'(Der {-Beirat-}{+Rat+} empfiehlt: ¶ list)',
	);
});

test('Chinese words are told apart without spaces', () => {
	expect(short(edit('委员会建议提供现场口译。', '委员会建议提供电话口译。'))).toBe(
		'委员会建议提供{-现场-}{+电话+}口译。',
	);
});

test('from any text to any other: both can be read from the difference', () => {
	fc.assert(
		fc.property(textDocument, textDocument, fc.boolean(), (a, c, kin) => {
			const b = kin
				? { ...c, blocks: c.blocks.map((block, at) => ({ ...block, id: a.blocks[at]?.id ?? block.id })) }
				: c;
			const rows = diffBlocks(a.blocks, b.blocks);
			const ids = (side: 'insert' | 'delete') =>
				rows.flatMap((row) =>
					row.op === 'change'
						? [side === 'insert' ? row.after.id : row.before.id]
						: row.op === side || row.op === 'same'
							? [row.block.id]
							: [],
				);
			expect(ids('insert')).toEqual(b.blocks.map((block) => block.id));
			for (const row of rows) if (row.op === 'change' && 'lines' in row) checkLines(row.before, row.after, row.lines);
			expect(diffBlocks(b.blocks, b.blocks).every((row) => row.op === 'same' && !row.moved)).toBe(true);
		}),
		{ numRuns: 500 },
	);
});

function checkLines(before: Block, after: Block, lines: Line[]) {
	const side = (left: Words['op']) =>
		lines
			.map((line) =>
				line.cells
					.map((words) =>
						words
							.filter((part) => part.op !== left)
							.map((part) => plainOf(part.content))
							.join(''),
					)
					.join(''),
			)
			.join('');
	expect(side('delete')).toBe(allWords(after));
	expect(side('insert')).toBe(allWords(before));
}

function allWords(block: Block): string {
	switch (block.kind) {
		case 'paragraph':
		case 'heading':
			return plainOf(block.content);
		case 'list':
			return block.items.map(plainOf).join('');
		case 'table':
			return [[...block.header, block.caption ?? []], ...block.rows].flat().map(plainOf).join('');
		case 'attachment':
			return block.title;
		case 'wording':
			return '';
	}
}

test('a difference is read aloud as such', () => {
	const html = diffToHtml(edit('Zwei Tage.\n\nWeg damit, bitte.', 'Drei Tage.'), { labels });
	expect(html).toBe(
		'<p><del><span class="visually-hidden"> [weg </span>Zwei<span class="visually-hidden"> weg] </span></del>' +
			'<ins><span class="visually-hidden"> [neu </span>Drei<span class="visually-hidden"> neu] </span></ins> Tage.</p>\n' +
			'<del><span class="visually-hidden"> [weg </span><p>Weg damit, bitte.</p><span class="visually-hidden"> weg] </span></del>',
	);
});
