import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textDocument } from './arbitrary.ts';
import { brokenHashes, documentHash } from './hash.ts';
import { toHtml } from './html.ts';
import { newBlockId } from './id.ts';
import { directionOf } from './lang.ts';
import { isSafeLink } from './link.ts';
import { normalise } from './normalise.ts';
import { TextDocument } from './schema.ts';
import { fromWriting } from './writing.ts';

test('a normalised text fits the schema, rests, and its hashes hold', () => {
	fc.assert(
		fc.property(textDocument, (document) => {
			expect(TextDocument.parse(document)).toEqual(document);
			expect(normalise(document)).toEqual(document);
			expect(brokenHashes(document)).toEqual([]);
		}),
		{ numRuns: 300 },
	);
});

test('a changed word is found by its hash', () => {
	const document = fromWriting('Der Beirat empfiehlt.\n\n> Zwei Tage je Woche.');
	const forged = structuredClone(document);
	const wording = forged.blocks[1];
	if (wording?.kind !== 'wording' || wording.blocks[0]?.kind !== 'paragraph') throw new Error('unexpected text');
	wording.blocks[0].content = [{ text: 'Drei Tage je Woche.' }];
	expect(brokenHashes(forged)).toEqual([wording.id, wording.blocks[0].id]);
	expect(documentHash(forged)).not.toBe(documentHash(document));
});

test('the hash is that of the words, whatever their ids and however they were composed', () => {
	const composed = fromWriting('Bürgerbüro');
	const decomposed = fromWriting('Bu\u0308rgerbu\u0308ro');
	expect(documentHash(decomposed)).toBe(documentHash(composed));
	expect(decomposed.blocks[0]?.id).not.toBe(composed.blocks[0]?.id);
	// Written down once: a later release must not change the hash of a signed text.
	expect(documentHash(composed)).toBe('5f8381240186f9779ced14f1b5b1a7eae8f92d076c8e07622cc6eb41f0af8b71');
});

test('doubled ids become different ids', () => {
	const twin = { kind: 'paragraph' as const, id: 'same1', content: [{ text: 'a' }] };
	const ids = normalise({ blocks: [twin, { kind: 'wording', role: 'quote', blocks: [twin] }] }).blocks.flatMap(
		(block) => (block.kind === 'wording' ? [block.id, ...block.blocks.map((inner) => inner.id)] : [block.id]),
	);
	expect(new Set(ids).size).toBe(3);
	expect(ids[0]).toBe('same1');
});

test('ids rise, also many in one millisecond and when the clock goes back', () => {
	const now = Date.now();
	const ids = Array.from({ length: 5000 }, (_, at) => newBlockId(at === 2500 ? now - 1000 : now));
	expect(new Set(ids).size).toBe(ids.length);
	expect([...ids].sort()).toEqual(ids);
	expect(ids[0]).toMatch(/^[0-9a-z]{13}$/);
});

test('only allowed links are links', () => {
	const good = [
		'https://a.example/x?y=1#z',
		'http://a.example',
		'mailto:a@b.example',
		'tel:+49391',
		'/sitzungen/12',
		'#punkt-4',
	];
	const bad = [
		'javascript:alert(1)',
		'JAVASCRIPT:x',
		' https://a.example',
		'java\tscript:x',
		'//a.example',
		'/\\a.example',
		'data:text/html,x',
		'https:///a',
		'vbscript:x',
		'',
		'https://a.example/"onclick="',
		'sitzungen',
	];
	expect(good.filter((link) => !isSafeLink(link))).toEqual([]);
	expect(bad.filter(isSafeLink)).toEqual([]);
});

test('HTML holds only our own elements and attributes', () => {
	fc.assert(
		fc.property(textDocument, (document) => {
			const html = toHtml(document, { anchors: true, attachmentHref: (file) => `/dateien/${file}` });
			const tags = html.match(/<[^>]*>/g) ?? [];
			const known =
				/^<\/?(p|h[2-6]|ul|ol|li|blockquote|table|caption|thead|tbody|tr|th|td|strong|em|span|a|br)( (class|id|lang|dir|start|scope|href|rel)="[^"<>]*")*>$/;
			expect(tags.filter((tag) => !known.test(tag))).toEqual([]);
			// Outside our tags no sign is left that could begin or end one.
			expect(html.replace(/<[^>]*>/g, '')).not.toMatch(/[<>"']/);
		}),
		{ numRuns: 300 },
	);
});

test('HTML carries languages, links, levels and numbers', () => {
	const document = fromWriting(
		'# Lage\n\n{ar}\nيوصي المجلس\n\n{list}\n4. vier\n5. fünf\n\n[Anlage](file:a1)\n\n> **Der** Beirat',
	);
	expect(toHtml(document, { attachmentHref: (file) => `/dateien/${file}` })).toBe(
		[
			'<h2>Lage</h2>',
			'<p lang="ar" dir="rtl">يوصي المجلس</p>',
			'<ol start="4"><li>vier</li><li>fünf</li></ol>',
			'<p class="attachment"><a href="/dateien/a1">Anlage</a></p>',
			'<blockquote class="wording"><p><strong>Der</strong> Beirat</p></blockquote>',
		].join('\n'),
	);
});

test('direction is that of the script', () => {
	expect(['ar', 'fa', 'he', 'ckb', 'ku-Arab', 'ur'].map(directionOf)).toEqual(Array(6).fill('rtl'));
	expect(['de', 'de-simple', 'ku', 'zh-Hans', 'uk', 'no language'].map(directionOf)).toEqual(Array(6).fill('ltr'));
});
