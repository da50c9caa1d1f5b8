/**
 * The block format that minutes, papers, guidelines and pages share: its types, as Zod schemas.
 * Pure data, safe for the browser. Functions on it stand in the files beside.
 */
import { z } from 'zod';
import { isLanguageTag } from './lang.ts';
import { isSafeLink } from './link.ts';
import { DEEPEST, signOf } from './lists.ts';

/** The version of the format itself. Raise it when old stored documents need a translation step. */
export const FORMAT_VERSION = 1;

/** Language and direction of a passage, e.g. `{ tag: 'ar', dir: 'rtl' }`. */
export const Lang = z.strictObject({
	tag: z
		.string()
		.max(35)
		.regex(/^[a-z]{2,3}(-|$)/i)
		.refine(isLanguageTag, 'not a language tag'),
	dir: z.enum(['ltr', 'rtl']),
});

/** A run of text with its marks. Line breaks inside a run are `\n`. */
export const Run = z.strictObject({
	text: z.string(),
	bold: z.literal(true).optional(),
	emphasis: z.literal(true).optional(),
	link: z.string().max(2000).refine(isSafeLink, 'not an allowed link').optional(),
	lang: Lang.optional(),
});

export const Inline = z.array(Run);

/** Short, time-ordered, made by `newBlockId`. */
const BlockId = z.string().regex(/^[0-9a-z]{4,32}$/);

const common = {
	id: BlockId,
	/** sha-256 (hex) of the block's canonical content, without its id. Set by `normalise`. */
	hash: z.string().regex(/^[0-9a-f]{64}$/),
	/** Language of the whole block, where it differs from the document's. */
	lang: Lang.optional(),
};

export const Paragraph = z.strictObject({ ...common, kind: z.literal('paragraph'), content: Inline });

/** Levels count from 1 inside the document; each place of use shifts them below its own headings. */
export const Heading = z.strictObject({
	...common,
	kind: z.literal('heading'),
	level: z.int().min(1).max(4),
	content: Inline,
});

/**
 * Where an item stands that belongs below another one. Its sign ("a)", "1.2", "–") is part of the words: other texts refer to it,
 * so nothing counts it.
 */
export const Deeper = z.strictObject({
	depth: z.int().min(1).max(DEEPEST),
	sign: z
		.string()
		.max(12)
		.refine((sign) => signOf(sign) === sign, 'not a sign'),
});

export const List = z.strictObject({
	...common,
	kind: z.literal('list'),
	ordered: z.boolean(),
	/** First number of an ordered list, where it is not 1. */
	start: z.int().min(2).max(9999).optional(),
	items: z.array(Inline).min(1),
	/** One entry for each item, null for the list's own; missing where all are. */
	deeper: z.array(Deeper.nullable()).optional(),
});

/**
 * Words set apart from the text around: `operative` is binding wording (a resolution, a motion), `quote` someone's
 * words in the record. Holds paragraphs and lists, which keep ids of their own.
 */
export const Wording = z.strictObject({
	...common,
	kind: z.literal('wording'),
	role: z.enum(['operative', 'quote']),
	blocks: z.array(z.discriminatedUnion('kind', [Paragraph, List])).min(1),
});

/** Every row has as many cells as `header`. */
export const Table = z.strictObject({
	...common,
	kind: z.literal('table'),
	caption: Inline.optional(),
	header: z.array(Inline).min(1).max(20),
	rows: z.array(z.array(Inline)).max(2000),
});

/** A stored file that belongs here. `file` is the id under which the files room knows it. */
export const Attachment = z.strictObject({
	...common,
	kind: z.literal('attachment'),
	file: z.string().regex(/^[\w-]{1,100}$/),
	title: z.string().min(1).max(500),
});

export const Block = z
	.discriminatedUnion('kind', [Paragraph, Heading, List, Wording, Table, Attachment])
	.refine((block) => block.kind !== 'table' || block.rows.every((row) => row.length === block.header.length), {
		message: 'a row of the table has another number of cells than its header',
	})
	.refine(
		(block) => (block.kind === 'wording' ? block.blocks : [block]).every((one) => one.kind !== 'list' || fits(one)),
		{
			message: 'the depths of a list do not fit its items',
		},
	);

/** The first item is the list's own, and none is more than one step below the one before. */
function fits({ items, deeper }: List): boolean {
	if (!deeper) return true;
	const depth = (at: number) => deeper[at]?.depth ?? 0;
	return deeper.length === items.length && items.every((_, at) => depth(at) <= (at ? depth(at - 1) + 1 : 0));
}

/** A whole text. Anything that leaves the text room went through `normalise` before. */
export const TextDocument = z.strictObject({
	version: z.literal(FORMAT_VERSION),
	blocks: z.array(Block).max(5000),
});

export type Lang = z.infer<typeof Lang>;
export type Run = z.infer<typeof Run>;
export type Inline = z.infer<typeof Inline>;
export type Paragraph = z.infer<typeof Paragraph>;
export type Heading = z.infer<typeof Heading>;
export type List = z.infer<typeof List>;
export type Deeper = z.infer<typeof Deeper>;
export type Wording = z.infer<typeof Wording>;
export type Table = z.infer<typeof Table>;
export type Attachment = z.infer<typeof Attachment>;
export type Block = z.infer<typeof Block>;
export type TextDocument = z.infer<typeof TextDocument>;

/** What one types in code or reads from somewhere: ids and hashes may be missing, `normalise` adds them. */
export type DraftBlock = { [K in Block['kind']]: DraftOf<Extract<Block, { kind: K }>> }[Block['kind']];
type DraftOf<B extends Block> = B extends Wording
	? Loose<Omit<B, 'blocks'>> & { blocks: (DraftOf<Paragraph> | DraftOf<List>)[] }
	: Loose<B>;
type Loose<B extends { id: string; hash: string }> = Omit<B, 'id' | 'hash'> & { id?: string; hash?: string };
export interface DraftDocument {
	version?: typeof FORMAT_VERSION;
	blocks: DraftBlock[];
}
