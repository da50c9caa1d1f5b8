/** One form for equal texts: only normalised documents are stored, hashed and compared. */
import { blockHash } from './hash.ts';
import { newBlockId } from './id.ts';
import { isLanguageTag } from './lang.ts';
import { isSafeLink } from './link.ts';
import type { Block, DraftBlock, DraftDocument, Inline, Lang, List, Paragraph, Run, TextDocument } from './schema.ts';
import { FORMAT_VERSION } from './schema.ts';

export interface NormaliseOptions {
	/** Where new ids come from; `newBlockId` if nothing is said. */
	newId?: () => string;
}

/**
 * Brings a text into its one form: Unicode NFC, no control characters, runs with equal marks joined, white space
 * trimmed, empty blocks dropped, table rows filled up to the header, missing or doubled ids made new, hashes computed.
 * Links that are not allowed lose the link and keep their words. Idempotent. Throws nothing on typed input.
 */
export function normalise(document: DraftDocument, options: NormaliseOptions = {}): TextDocument {
	const seen = new Set<string>();
	const seal = <B extends DraftBlock>(block: B): B & { id: string; hash: string } => {
		const id = block.id && !seen.has(block.id) ? block.id : (options.newId ?? newBlockId)();
		seen.add(id);
		return { ...block, id, hash: blockHash(block) };
	};
	const blocks = document.blocks.flatMap((block): Block[] => {
		const tidy = tidyBlock(block);
		if (!tidy) return [];
		if (tidy.kind !== 'wording') return [seal(tidy) as Block];
		const outer = seal(tidy);
		return [{ ...outer, blocks: tidy.blocks.map((inner) => seal(inner) as Paragraph | List) } as Block];
	});
	return { version: FORMAT_VERSION, blocks };
}

/** The block in its one form, or nothing when it holds no words. */
function tidyBlock(block: DraftBlock): DraftBlock | undefined {
	const base = { id: block.id, ...tidyLang(block.lang) };
	switch (block.kind) {
		case 'paragraph': {
			const content = tidyInline(block.content);
			return content.length ? { ...base, kind: 'paragraph', content } : undefined;
		}
		case 'heading': {
			const content = tidyInline(oneLine(block.content));
			return content.length ? { ...base, kind: 'heading', level: block.level, content } : undefined;
		}
		case 'list': {
			const items = block.items.map(tidyInline).filter((item) => item.length);
			const start = block.ordered && block.start && block.start > 1 ? { start: block.start } : {};
			return items.length ? { ...base, kind: 'list', ordered: block.ordered, ...start, items } : undefined;
		}
		case 'wording': {
			const blocks = block.blocks.map(tidyBlock).filter((inner) => inner !== undefined);
			const simple = blocks as Extract<DraftBlock, { kind: 'wording' }>['blocks'];
			return blocks.length ? { ...base, kind: 'wording', role: block.role, blocks: simple } : undefined;
		}
		case 'table':
			return tidyTable(block, base);
		case 'attachment': {
			const title = tidyText(block.title).replace(/\s+/g, ' ').trim() || block.file;
			return { ...base, kind: 'attachment', file: block.file, title };
		}
	}
}

function tidyTable(table: Extract<DraftBlock, { kind: 'table' }>, base: object): DraftBlock | undefined {
	const width = Math.max(table.header.length, ...table.rows.map((row) => row.length));
	const full = (row: Inline[]): Inline[] => Array.from({ length: width }, (_, at) => tidyInline(row[at] ?? []));
	const header = full(table.header);
	const rows = table.rows.map(full).filter((row) => row.some((cell) => cell.length));
	if (!rows.length && !header.some((cell) => cell.length)) return undefined;
	const caption = tidyInline(oneLine(table.caption ?? []));
	return { ...base, kind: 'table', ...(caption.length ? { caption } : {}), header, rows };
}

/** Joins equal neighbours, trims both ends, keeps bold and emphasis off the white space around their words. */
export function tidyInline(content: Inline): Inline {
	const bare = holdTogether(content.flatMap(splitEdges));
	const joined: Inline = [];
	for (const run of bare) {
		const last = joined.at(-1);
		if (last && sameMarks(last, run)) last.text += run.text;
		else if (run.text) joined.push(run);
	}
	// Joined text can compose anew (a letter and its accent in two runs) and can end in white space: until it rests.
	const trimmed = trimEnds(joined.map((run) => ({ ...run, text: tidyText(run.text) })));
	return sameInline(trimmed, content) ? trimmed : tidyInline(trimmed);
}

/** A bold or emphasised run as its leading white space, its words, its trailing white space. */
function splitEdges(run: Run): Inline {
	const [, lead = '', words = '', trail = ''] = /^([ \n]*)(.*?)([ \n]*)$/s.exec(tidyText(run.text)) ?? [];
	const outer = {
		...(run.link && isSafeLink(run.link) ? { link: run.link } : {}),
		...tidyLang(run.lang),
	};
	const inner = {
		...(run.bold ? { bold: true as const } : {}),
		...(run.emphasis ? { emphasis: true as const } : {}),
		...outer,
	};
	const parts = [
		{ text: lead, ...outer },
		{ text: words, ...inner },
		{ text: trail, ...outer },
	];
	return parts.filter((part) => part.text);
}

/** A language tag in its usual writing (`AR` is `ar`); one that is none is left out. */
function tidyLang(lang: Lang | undefined): { lang?: Lang } {
	if (!lang || !isLanguageTag(lang.tag)) return {};
	return { lang: { tag: new Intl.Locale(lang.tag).toString(), dir: lang.dir } };
}

/** White space alone carries a link or a language only between two runs that carry the same. */
function holdTogether(runs: Inline): Inline {
	return runs.map((run, at) => {
		if (/\S/.test(run.text)) return run;
		const [before, after] = [runs[at - 1], runs[at + 1]];
		const { link, lang, ...rest } = run;
		const keepLink = link && before?.link === link && after?.link === link;
		const keepLang = lang && before?.lang?.tag === lang.tag && after?.lang?.tag === lang.tag;
		return { ...rest, ...(keepLink ? { link } : {}), ...(keepLang ? { lang } : {}) };
	});
}

// Control characters, byte order marks and the two bidi overrides: the last let shown words differ from stored ones.
const UNWANTED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff\ufff9-\uffff\u202d\u202e]/g;

function tidyText(text: string): string {
	return text
		.replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n')
		.replace(/[\t\v\f]/g, ' ')
		.replace(UNWANTED, '')
		.toWellFormed()
		.normalize('NFC')
		.replace(/ *\n */g, '\n')
		.replace(/ {2,}/g, ' ')
		.replace(/\n{2,}/g, '\n');
}

function trimEnds(content: Inline): Inline {
	const trimmed = content.map((run, at) => {
		let text = run.text;
		const before = content[at - 1]?.text;
		if (at === 0) text = text.replace(/^[ \n]+/, '');
		else if (before && /[ \n]$/.test(before)) text = text.replace(before.endsWith('\n') ? /^[ \n]+/ : /^ +/, '');
		if (at === content.length - 1) text = text.replace(/[ \n]+$/, '');
		else if (/^\n/.test(content[at + 1]?.text ?? '')) text = text.replace(/ +$/, '');
		return { ...run, text };
	});
	return trimmed.filter((run) => run.text);
}

function oneLine(content: Inline): Inline {
	return content.map((run) => ({ ...run, text: run.text.replace(/[\r\n]+/g, ' ') }));
}

/** Whether two runs carry the same marks. */
export function sameMarks(a: Run, b: Run): boolean {
	return (
		a.bold === b.bold &&
		a.emphasis === b.emphasis &&
		a.link === b.link &&
		a.lang?.tag === b.lang?.tag &&
		a.lang?.dir === b.lang?.dir
	);
}

function sameInline(a: Inline, b: Inline): boolean {
	return a.length === b.length && a.every((run, at) => run.text === b[at]?.text && sameMarks(run, b[at]));
}

/** An empty text. */
export function emptyDocument(): TextDocument {
	return { version: FORMAT_VERSION, blocks: [] };
}

/** Whether a text holds no words at all. */
export function isEmpty(document: TextDocument): boolean {
	return document.blocks.length === 0;
}
