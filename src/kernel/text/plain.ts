/** To plain text: for search, mails in plain text, previews. */
import { itemsOf } from './lists.ts';
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
			return itemsOf(block)
				.map(({ content, depth, sign }) => `${'  '.repeat(depth)}${sign} ${plainOf(content)}`)
				.join('\n');
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
