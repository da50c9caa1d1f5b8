/** To HTML: escaped, no attribute that comes from the text except checked links and languages. */
import { escapeHtml } from './escape.ts';
import { isSafeLink } from './link.ts';
import { DASH, itemsOf, treeOf, type ItemTree } from './lists.ts';
import { linkedHtml, type WordLinks } from './links.ts';
import { plainOf } from './plain.ts';
import type { Block, Inline, Lang, Run, TextDocument } from './schema.ts';

export { escapeHtml } from './escape.ts';

export interface HtmlOptions {
	/** Added to each heading's level; 1 by default, because a page has its own `h1`. */
	headingOffset?: number;
	/** Gives each block `id="b-<block id>"`, so that a link or a comment can point to it. */
	anchors?: boolean;
	/** The address of an attached file; without it, its title stands there as words. */
	attachmentHref?: (file: string) => string | undefined;
	/** Words that lead somewhere, outside of the text's own links. */
	links?: WordLinks;
}

/** The text as an HTML fragment. */
export function toHtml(document: TextDocument, options: HtmlOptions = {}): string {
	return document.blocks.map((block) => blockHtml(block, options)).join('\n');
}

/** One block as HTML. */
export function blockHtml(block: Block, options: HtmlOptions): string {
	const attributes = blockAttributes(block, options);
	switch (block.kind) {
		case 'paragraph':
			return `<p${attributes}>${inlineHtml(block.content, options.links)}</p>`;
		case 'heading': {
			const name = headingName(block.level, options);
			return `<${name}${attributes}>${inlineHtml(block.content, options.links)}</${name}>`;
		}
		case 'list': {
			const items = itemsOf(block).map(({ content, ...place }) => ({
				...place,
				html: itemHtml(content, options.links),
			}));
			return listHtml(block, attributes, nestedHtml(items));
		}
		case 'wording': {
			const inner = block.blocks.map((part) => blockHtml(part, options)).join('\n');
			return wordingHtml(block.role, attributes, inner);
		}
		case 'table': {
			const head = block.header.map((cell) => `<th scope="col">${inlineHtml(cell, options.links)}</th>`).join('');
			const rows = block.rows.map(
				(row) => `<tr>${row.map((cell) => `<td>${inlineHtml(cell, options.links)}</td>`).join('')}</tr>`,
			);
			return tableHtml(attributes, block.caption ? inlineHtml(block.caption, options.links) : '', head, rows.join(''));
		}
		case 'attachment': {
			const href = options.attachmentHref?.(block.file);
			const title = escapeHtml(block.title);
			const body = href && isSafeLink(href) ? `<a href="${escapeHtml(href)}">${title}</a>` : title;
			return `<p class="attachment"${attributes}>${body}</p>`;
		}
	}
}

interface HtmlItem {
	html: string;
	depth: number;
	/** What stands before a deeper item; empty where a browser's own dash or the words say it. */
	sign: string;
	/** Its words have the sign already. */
	signed?: boolean;
}

/** Items as `li`, deeper ones in lists of their own with the signs that they carry. The list's own are counted by the browser. */
export function nestedHtml(items: readonly HtmlItem[]): string {
	const write = (nodes: ItemTree<HtmlItem>[], own: boolean): string =>
		nodes
			.map(({ item, inner }) => {
				const sign = own || item.signed || item.sign === DASH ? '' : `${escapeHtml(item.sign)} `;
				const dashes = inner.every((one) => one.item.sign === DASH);
				const below = inner.length ? `<ul${dashes ? '' : ' class="deeper"'}>${write(inner, false)}</ul>` : '';
				return `<li>${sign}${item.html}${below}</li>`;
			})
			.join('');
	return write(treeOf(items), true);
}

/** What a deeper item began with when it still was a line of the item above: "a)", "1.2", "iv.", "–". */
const DEEPER = /^\s*(?:\p{Ll}{1,4}[.)]|\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3})+\.?|[-–•])\s+\S/u;

/** An item; in older texts, lines that begin as deeper items do are shown as a list of their own, with their numbers. */
function itemHtml(item: Inline, links: WordLinks | undefined): string {
	const [first = [], ...deeper] = linesOf(item);
	if (!deeper.length || !deeper.every((line) => DEEPER.test(plainOf(line)))) return inlineHtml(item, links);
	const nested = deeper.map((line) => `<li>${inlineHtml(line, links)}</li>`).join('');
	return `${inlineHtml(first, links)}<ul class="deeper">${nested}</ul>`;
}

function linesOf(content: Inline): Inline[] {
	const lines: Inline[] = [[]];
	for (const run of content) {
		const [first = '', ...rest] = run.text.split('\n');
		if (first) lines.at(-1)!.push({ ...run, text: first });
		for (const text of rest) lines.push(text ? [{ ...run, text }] : []);
	}
	return lines;
}

/** The element of a heading: `h2` for level 1, never below `h6`. */
export function headingName(level: number, options: HtmlOptions): string {
	return `h${Math.min(6, level + (options.headingOffset ?? 1))}`;
}

/** A list around finished items. */
export function listHtml(
	list: { ordered: boolean; start?: number | undefined },
	attributes: string,
	items: string,
): string {
	if (!list.ordered) return `<ul${attributes}>${items}</ul>`;
	return `<ol${list.start ? ` start="${list.start}"` : ''}${attributes}>${items}</ol>`;
}

/** Wording around finished blocks. */
export function wordingHtml(role: string, attributes: string, inner: string): string {
	return `<blockquote class="${role === 'quote' ? 'quote' : 'wording'}"${attributes}>${inner}</blockquote>`;
}

/** A table around finished cells. */
export function tableHtml(attributes: string, caption: string, head: string, rows: string): string {
	const title = caption ? `<caption>${caption}</caption>` : '';
	return `<table${attributes}>${title}<thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

/** `id`, `lang` and `dir` of a block, with a leading space each. */
export function blockAttributes(block: Block, options: HtmlOptions): string {
	return (options.anchors ? ` id="b-${escapeHtml(block.id)}"` : '') + langAttributes(block.lang);
}

function langAttributes(lang: Lang | undefined): string {
	return lang ? ` lang="${escapeHtml(lang.tag)}" dir="${lang.dir === 'rtl' ? 'rtl' : 'ltr'}"` : '';
}

/** Inline content as HTML. */
export function inlineHtml(content: Inline, links?: WordLinks): string {
	return content.map((run) => runHtml(run, links)).join('');
}

function runHtml(run: Run, links?: WordLinks): string {
	let body = (run.link ? escapeHtml(run.text) : linkedHtml(run.text, links)).replaceAll('\n', '<br>');
	if (run.emphasis) body = `<em>${body}</em>`;
	if (run.bold) body = `<strong>${body}</strong>`;
	if (run.lang) body = `<span${langAttributes(run.lang)}>${body}</span>`;
	if (run.link && isSafeLink(run.link)) body = `<a href="${escapeHtml(run.link)}" rel="noopener">${body}</a>`;
	return body;
}
