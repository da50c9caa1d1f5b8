/** Random texts for property tests: full of the signs that some syntax somewhere gives a meaning. */
import fc from 'fast-check';
import { normalise } from './normalise.ts';
import type { DraftBlock, Inline, TextDocument } from './schema.ts';

const SIGNS = [
	...'abÄß1 9.\n*_[](){}<>|#-"\'\\`$@&=~/:;,!?%^+•–',
	'**',
	'__',
	'1. ',
	'- ',
	'> ',
	'>> ',
	'# ',
	'| ',
	'](',
	']{',
	'{ar}',
	'<br>',
	'<script>',
	'#let x = 1',
	'#"',
	'//',
	'/*',
	'file:a1',
	'Kolleg*innen',
	'Kolleg_innen',
	'بندًا',
	'委员会',
	'ґанок',
	'🎉',
	'\u200c',
	'\u0301',
	'\u202e',
	'\u0000',
	'\ud800',
	'\\u{22}',
];

export const words: fc.Arbitrary<string> = fc
	.array(fc.constantFrom(...SIGNS), { maxLength: 14 })
	.map((all) => all.join(''));

const run = fc.record(
	{
		text: words,
		bold: fc.constant(true as const),
		emphasis: fc.constant(true as const),
		link: fc.constantFrom(
			'https://elbstadt.example/a_(b)?c=[1]*2',
			'/sitzungen/12',
			'mailto:rat@elbstadt.example',
			'#b',
		),
		lang: fc.constantFrom(
			{ tag: 'ar', dir: 'rtl' } as const,
			{ tag: 'ar', dir: 'ltr' } as const,
			{ tag: 'zh-Hans', dir: 'ltr' } as const,
		),
	},
	{ requiredKeys: ['text'] },
);

export const inline: fc.Arbitrary<Inline> = fc.array(run, { maxLength: 5 });

const lang = fc.option(fc.constantFrom({ tag: 'fa', dir: 'rtl' } as const, { tag: 'de', dir: 'ltr' } as const), {
	nil: undefined,
	freq: 4,
});
const items = fc.array(inline, { minLength: 1, maxLength: 4 });
const paragraph = fc.record({ kind: fc.constant('paragraph' as const), content: inline, lang });
const place = fc.record({
	depth: fc.integer({ min: 1, max: 3 }),
	sign: fc.constantFrom('–', 'a)', 'b)', 'i.', 'iv)', '(c)', '1.', '2)', '1.2', '10.1.', 'aa)'),
});
const list = fc.record({
	kind: fc.constant('list' as const),
	ordered: fc.boolean(),
	start: fc.option(fc.integer({ min: 2, max: 40 }), { nil: undefined }),
	items,
	deeper: fc.option(fc.array(fc.option(place, { nil: null }), { maxLength: 4 }), { nil: undefined }),
	lang,
});

const block: fc.Arbitrary<DraftBlock> = fc.oneof(
	paragraph,
	list,
	fc.record({ kind: fc.constant('heading' as const), level: fc.integer({ min: 1, max: 4 }), content: inline, lang }),
	fc.record({
		kind: fc.constant('wording' as const),
		role: fc.constantFrom('operative' as const, 'quote' as const),
		blocks: fc.array(fc.oneof(paragraph, list), { minLength: 1, maxLength: 3 }),
		lang,
	}),
	fc.record({
		kind: fc.constant('table' as const),
		caption: fc.option(inline, { nil: undefined }),
		header: items,
		rows: fc.array(items, { maxLength: 3 }),
		lang,
	}),
	fc.record({ kind: fc.constant('attachment' as const), file: fc.constantFrom('a1', '0192-x'), title: words, lang }),
);

/** A random text, normalised. */
export const textDocument: fc.Arbitrary<TextDocument> = fc
	.array(block, { maxLength: 6 })
	.map((blocks) => normalise({ blocks }));
