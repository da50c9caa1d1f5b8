import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHtml } from './html.ts';
import { linkedHtml } from './links.ts';
import { fromWriting } from './writing.ts';

const links = { 'A0193/22': '/vorlagen/a0193-22', 'A0193/22/1': '/vorlagen/a0193-22-1' };

test('words that lead somewhere become links, whole ones and the longer ones first', () => {
	expect(linkedHtml('Zu A0193/22 und A0193/22/1.', links)).toBe(
		'Zu <a href="/vorlagen/a0193-22">A0193/22</a> und <a href="/vorlagen/a0193-22-1">A0193/22/1</a>.',
	);
	expect(linkedHtml('XA0193/22 A0193/221', links)).toBe('XA0193/22 A0193/221');
	expect(linkedHtml('A1 & <b>', { A1: 'javascript:alert(1)' })).toBe('A1 &amp; &lt;b&gt;');
});

test('in a text each place is linked, but not inside a link that somebody wrote', () => {
	const text = fromWriting('**A0193/22** und [siehe A0193/22](https://example.org/)');
	const html = toHtml(text, { links });
	expect(html).toContain('<strong><a href="/vorlagen/a0193-22">A0193/22</a></strong>');
	expect(html).toContain('<a href="https://example.org/" rel="noopener">siehe A0193/22</a>');
});

test('whatever stands in a text, only its own words are read, and no sign becomes markup', () => {
	const word = fc.stringMatching(/^[A-Z]\d{1,4}\/\d\d$/);
	fc.assert(
		fc.property(fc.array(fc.oneof(fc.string(), word)), word, (parts, known) => {
			const text = parts.join(' ');
			const html = linkedHtml(text, { [known]: '/ziel' });
			const bare = html.replaceAll('<a href="/ziel">', '').replaceAll('</a>', '');
			expect(bare).toBe(linkedHtml(text));
			expect(bare).not.toMatch(/[<>"']/);
		}),
	);
});
