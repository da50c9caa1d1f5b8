import type { Format } from './formats.ts';

const HTML_START = /^<(!doctype\s+html|html|head|body|script|iframe|title|meta|link|style|frameset)\b/i;

/**
 * HTML, SVG or XML by the first element, after byte order mark, white space, comments and declarations.
 * Text that merely contains tags later on is text.
 */
export function markupFormat(start: string): Format | null {
	let rest = start.replace(/^\uFEFF?\s+/, '').replace(/^\uFEFF/, '');
	const declared = /^<\?xml\b/i.test(rest);
	rest = rest.replace(/^(\s*(<\?[^>]*>|<!--[\s\S]*?-->))+/, '').trimStart();
	if (/^<!doctype\s+svg\b|^<([\w-]+:)?svg\b/i.test(rest)) return 'svg';
	if (HTML_START.test(rest)) return 'html';
	return declared ? 'xml' : null;
}
