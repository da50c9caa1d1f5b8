/** For property tests: texts of plain words and edits that people make in them. */
import fc from 'fast-check';
import { normalise } from '../normalise.ts';
import type { Block, DraftBlock, Inline, TextDocument } from '../schema.ts';
import { textDocument } from '../arbitrary.ts';

const WORDS = [
	'Der',
	'Beirat',
	'empfiehlt',
	'zwei',
	'drei',
	'Tage',
	'je',
	'Woche',
	'im',
	'Bürgerbüro',
	'委员会',
	'بند',
];
const sentence = fc
	.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 })
	.map((words): Inline => [{ text: `${words.join(' ')}.` }]);
const items = fc.array(sentence, { minLength: 1, maxLength: 4 });
const paragraph = fc.record({ kind: fc.constant('paragraph' as const), content: sentence });
const list = fc.record({ kind: fc.constant('list' as const), ordered: fc.boolean(), items });

const plainBlock: fc.Arbitrary<DraftBlock> = fc.oneof(
	{ arbitrary: paragraph, weight: 4 },
	{ arbitrary: list, weight: 2 },
	fc.record({ kind: fc.constant('heading' as const), level: fc.integer({ min: 1, max: 3 }), content: sentence }),
	fc.record({
		kind: fc.constant('wording' as const),
		role: fc.constant('operative' as const),
		blocks: fc.array(fc.oneof(paragraph, list), { minLength: 1, maxLength: 3 }),
	}),
	fc.record({
		kind: fc.constant('table' as const),
		header: fc.tuple(sentence, sentence),
		rows: fc.array(fc.tuple(sentence, sentence), { maxLength: 3 }),
	}),
);

/** A text of ordinary sentences. */
export const plainText: fc.Arbitrary<TextDocument> = fc
	.array(plainBlock, { minLength: 1, maxLength: 6 })
	.map((blocks) => normalise({ blocks }));

type Act = { act: number; at: number; word: number; block: DraftBlock; to: number };

const acts: fc.Arbitrary<Act[]> = fc.array(
	fc.record({ act: fc.nat(7), at: fc.nat(50), word: fc.nat(50), to: fc.nat(50), block: plainBlock }),
	{ minLength: 1, maxLength: 4 },
);

/** Somebody's proposal: the text with some changes, its blocks keep their ids. */
function edited(base: TextDocument, changes: Act[]): TextDocument {
	let blocks: DraftBlock[] = structuredClone(base.blocks);
	for (const change of changes) blocks = perform(blocks, change);
	return normalise({ blocks });
}

function perform(blocks: DraftBlock[], { act, at, word, to, block }: Act): DraftBlock[] {
	if (!blocks.length) return [block];
	const place = at % blocks.length;
	const chosen = blocks[place] as Block;
	if (chosen.kind === 'list' && !chosen.items.length) return blocks;
	if (chosen.kind === 'wording' && !chosen.blocks.length) return blocks;
	switch (act) {
		case 0:
			return blocks.toSpliced(place, 1);
		case 1:
			return blocks.toSpliced(place, 0, block);
		case 2:
			return blocks.toSpliced(place, 1).toSpliced(to % blocks.length, 0, chosen);
		case 3:
			return blocks.with(place, { ...block, id: chosen.id });
		default:
			return blocks.with(place, { ...inside(chosen, word, to), id: chosen.id });
	}
}

/** A word more, less or another; an item or a row away or doubled; another level. */
function inside(block: Block, word: number, to: number): DraftBlock {
	switch (block.kind) {
		case 'paragraph':
			return { ...block, content: reworded(block.content, word, to) };
		case 'heading':
			return word % 3 ? { ...block, content: reworded(block.content, word, to) } : { ...block, level: (to % 4) + 1 };
		case 'list': {
			const at = word % block.items.length;
			const deeper = block.deeper ?? block.items.map(() => null);
			const place = word % 2 ? { depth: (word % 3) + 1, sign: ['a)', 'b)', '–'][word % 3]! } : null;
			if (to % 6 === 0) return { ...block, items: block.items.toSpliced(at, 1), deeper: deeper.toSpliced(at, 1) };
			if (to % 6 === 1) {
				const items = block.items.toSpliced(at, 0, [{ text: WORDS[to % 12] ?? '' }]);
				return { ...block, items, deeper: deeper.toSpliced(at, 0, place) };
			}
			if (to % 6 === 2) return { ...block, ordered: !block.ordered };
			if (to % 6 === 3) return { ...block, deeper: deeper.with(at, place) };
			return { ...block, items: block.items.with(at, reworded(block.items[at] ?? [], word, to)) };
		}
		case 'wording': {
			const at = word % block.blocks.length;
			const inner = block.blocks[at];
			if (!inner || to % 5 === 0 || (inner.kind === 'list' && !inner.items.length))
				return { ...block, blocks: block.blocks.toSpliced(at, 1) };
			return { ...block, blocks: block.blocks.with(at, inside(inner, to, word) as typeof inner) };
		}
		case 'table': {
			if (to % 4 === 0) return { ...block, rows: block.rows.toSpliced(word % (block.rows.length + 1), 1) };
			if (to % 4 === 1) return { ...block, caption: [{ text: WORDS[word % 12] ?? '' }] };
			return { ...block, header: block.header.with(0, reworded(block.header[0] ?? [], word, to)) };
		}
		case 'attachment':
			return { ...block, title: `${block.title} ${word}` };
	}
}

function reworded(content: Inline, word: number, to: number): Inline {
	const words = content
		.map((run) => run.text)
		.join('')
		.split(' ');
	const at = word % words.length;
	const fresh = WORDS[to % WORDS.length] ?? '';
	const next =
		to % 3 === 0 ? words.toSpliced(at, 1) : to % 3 === 1 ? words.toSpliced(at, 0, fresh) : words.with(at, fresh);
	return [{ text: next.join(' ') || 'nichts' }];
}

/** A text and some proposals on it. */
export const amended = (count: number) =>
	fc
		.tuple(
			fc.oneof({ arbitrary: plainText, weight: 4 }, textDocument),
			fc.array(acts, { minLength: count, maxLength: count }),
		)
		.map(([base, all]) => ({ base, proposed: all.map((changes) => edited(base, changes)) }));

/** Two texts that have nothing to do with each other but some ids. */
export const strangers = fc.tuple(textDocument, textDocument, fc.boolean()).map(([base, other, kin]) => ({
	base,
	proposed: kin
		? normalise({ blocks: other.blocks.map((block, at) => ({ ...block, id: base.blocks[at]?.id ?? block.id })) })
		: other,
}));
