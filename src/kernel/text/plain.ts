/** To plain text: for search, mails in plain text, previews. */
import type { Block, Inline, TextDocument } from './schema.ts';

/** The words of a run of text, without marks. */
export function plainOf(content: Inline): string {
	return content.map((run) => run.text).join('');
}

/** The whole text without marks: blocks separated by an empty line, list items with their sign, cells by ` | `. */
export function toPlainText(document: TextDocument): string {
	return document.blocks.map(blockText).join('\n\n');
}

function blockText(block: Block): string {
	switch (block.kind) {
		case 'paragraph':
		case 'heading':
			return plainOf(block.content);
		case 'list':
			return block.items.map((item, at) => `${itemSign(block, at)} ${plainOf(item)}`).join('\n');
		case 'wording':
			return block.blocks.map(blockText).join('\n\n');
		case 'table': {
			const rows = [block.header, ...block.rows].map((row) => row.map(plainOf).join(' | '));
			return [...(block.caption ? [plainOf(block.caption)] : []), ...rows].join('\n');
		}
		case 'attachment':
			return block.title;
	}
}

/** The sign before an item: `-`, or its number and a point. */
export function itemSign(list: { ordered: boolean; start?: number | undefined }, index: number): string {
	return list.ordered ? `${(list.start ?? 1) + index}.` : '-';
}
