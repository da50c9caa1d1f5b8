/** Words in a text that lead somewhere: not stored with it, found anew for each reader. Pure. */
import { escapeHtml } from './escape.ts';
import { isSafeLink } from './link.ts';

/** Addresses by the words as they stand in the text: `{ 'A0193/22': '/vorlagen/a0193-22' }`. */
export type WordLinks = Readonly<Record<string, string>>;

/** A text as HTML, with links where its words lead somewhere. Longer words come before shorter ones, only whole ones count. */
export function linkedHtml(text: string, links: WordLinks = {}): string {
	const words = Object.keys(links).filter((word) => word && isSafeLink(links[word]!));
	if (!words.length) return escapeHtml(text);
	const parts = words.sort((a, b) => b.length - a.length).map((word) => RegExp.escape(word));
	const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${parts.join('|')})(?![\p{L}\p{N}])`, 'gu');
	let html = '';
	let done = 0;
	for (const match of text.matchAll(pattern)) {
		html += escapeHtml(text.slice(done, match.index));
		html += `<a href="${escapeHtml(links[match[0]]!)}">${escapeHtml(match[0])}</a>`;
		done = match.index + match[0].length;
	}
	return html + escapeHtml(text.slice(done));
}
