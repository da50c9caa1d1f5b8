/** One form for equal texts: only normalised documents are stored, hashed and compared. */
import { blockHash } from './hash.ts';
import { newBlockId } from './id.ts';
import { tidyItems } from './normalise-items.ts';
import { oneLine, tidyInline, tidyLang, tidyText } from './normalise-inline.ts';
import type { Block, DraftBlock, DraftDocument, Inline, List, Paragraph, TextDocument } from './schema.ts';
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
			const start = block.ordered && block.start && block.start > 1 ? { start: block.start } : {};
			const items = tidyItems(block);
			return items && { ...base, kind: 'list', ordered: block.ordered, ...start, ...items };
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
