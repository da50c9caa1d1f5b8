/**
 * To Typst markup. Every word stands inside a Typst string literal, never in markup: so nothing that someone typed can
 * become code, whatever signs it holds; only the end of a literal has to be guarded. The result expects the functions
 * `wording(role, body)`, `attachment(title)` and `data-table(sides, header, ..cells)` in scope (the documents room has them).
 */
import { DASH, itemsOf, treeOf, type ItemTree, type ListItem } from './lists.ts';
import { plainOf } from './plain.ts';
import type { Block, Inline, Lang, Run, Table, TextDocument } from './schema.ts';

/**
 * The text as Typst markup. Headings are relative (`depth`): the place of use sets `heading(offset)`; levels that skip
 * one, which PDF/UA forbids, are raised.
 */
export function toTypst(document: TextDocument): string {
	return withoutGaps(document.blocks).map(blockMarkup).join('\n');
}

/** The same blocks with heading levels that start at 1 and never skip one downwards. */
function withoutGaps(blocks: Block[]): Block[] {
	let last = 0;
	return blocks.map((block) => {
		if (block.kind !== 'heading') return block;
		last = Math.min(block.level, last + 1);
		return { ...block, level: last };
	});
}

function blockMarkup(block: Block): string {
	const body = plainBlock(block);
	return block.lang ? `#text(${langArguments(block.lang)})[${body}]` : body;
}

function plainBlock(block: Block): string {
	switch (block.kind) {
		case 'paragraph':
			return `#par${inlineTypst(block.content)}`;
		case 'heading':
			return `#heading(depth: ${block.level})${inlineTypst(block.content)}`;
		case 'list': {
			const items = treeOf(itemsOf(block)).map(itemTypst).join('');
			return block.ordered ? `#enum(start: ${block.start ?? 1})${items}` : `#list${items}`;
		}
		case 'wording':
			return `#wording(${typstString(block.role)})[${block.blocks.map(blockMarkup).join('\n')}]`;
		case 'table': {
			const caption = block.caption ? `#par[#strong${inlineTypst(block.caption)}]\n` : '';
			return `${caption}#data-table(${sidesOf(block)}, ${tuple(block.header)}, ..${tuple(block.rows.flat())})`;
		}
		case 'attachment':
			return `#attachment(${typstString(block.title)})`;
	}
}

/** An item with those below it, as a list whose labels are their signs. */
function itemTypst({ item, inner }: ItemTree<ListItem>): string {
	const own = inlineTypst(item.content);
	if (!inner.length) return own;
	const below = inner.map(itemTypst).join('');
	const signs = inner.map((one) => typstString(one.item.sign)).join(', ');
	const dashes = inner.every((one) => one.item.sign === DASH);
	const list = dashes ? `#list(marker: [${DASH}])${below}` : `#enum(numbering: n => (${signs},).at(n - 1))${below}`;
	return `${own.slice(0, -1)}${list}]`;
}

/** A column of figures stands at its end, one of words at its start. */
function sidesOf(table: Table): string {
	const sides = table.header.map((_, x) => {
		const words = table.rows.map((row) => plainOf(row[x] ?? []).trim()).filter(Boolean);
		return words.length && words.every((word) => /^[+\-−±]?\p{N}[\p{N}\s.,:]*[%€]?$/u.test(word)) ? 'end' : 'start';
	});
	return `(${sides.join(', ')},)`;
}

function tuple(cells: Inline[]): string {
	return `(${cells.map((cell) => `${inlineTypst(cell)},`).join(' ')})`;
}

/** Inline content as one Typst content block, `[…]`. */
export function inlineTypst(content: Inline): string {
	return `[${content.map(runMarkup).join('')}]`;
}

function runMarkup(run: Run): string {
	let body = run.text
		.split('\n')
		.map((line) => (line ? `#${typstString(line)}` : ''))
		.join('#linebreak()');
	if (run.emphasis) body = `#emph[${body}]`;
	if (run.bold) body = `#strong[${body}]`;
	if (run.lang) body = `#text(${langArguments(run.lang)})[${body}]`;
	// A path or an anchor leads nowhere outside the site: on paper its words are enough.
	if (run.link && /^[a-z]+:/i.test(run.link)) body = `#link(${typstString(run.link)})[${body}]`;
	return body;
}

/** `lang`, `region` and `dir` for Typst's `text`, from a language mark. */
export function langArguments(lang: Lang): string {
	const { language, region } = new Intl.Locale(lang.tag);
	const code = /^[a-z]{2,3}$/.test(language) ? language : 'und';
	const place = region && /^[A-Z]{2}$/.test(region) ? typstString(region) : 'none';
	return `lang: ${typstString(code)}, region: ${place}, dir: ${lang.dir === 'rtl' ? 'rtl' : 'ltr'}`;
}

/** A Typst string literal. */
export function typstString(text: string): string {
	const safe = text
		.toWellFormed()
		.replace(/["\\]/g, '\\$&')
		.replace(/\p{Cc}/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
	return `"${safe}"`;
}
