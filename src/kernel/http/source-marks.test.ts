import { expect, test } from 'vitest';
import { beginPage, inLanguage, markSource, speakAtWork } from '../i18n/current.ts';
import { sourceMarked } from './source-marks.ts';

/** A page as somebody who reads Arabic has it made. */
const page = (make: () => string) =>
	inLanguage('ar', () => {
		beginPage();
		return sourceMarked(make());
	});
const german = markSource;

test('German words in an Arabic page become an element that says so', () => {
	expect(page(() => `<p>قبل ${german('Sitzung anlegen')}.</p>`)).toBe(
		'<p>قبل <span lang="de" dir="ltr">Sitzung anlegen</span>.</p>',
	);
});

test('words within words are one element', () => {
	expect(page(() => `<p>${german(`Entfernen: ${german('Büro')}`)}</p>`)).toBe(
		'<p><span lang="de" dir="ltr">Entfernen: Büro</span></p>',
	);
});

test('attributes, titles, scripts and choices keep the bare words', () => {
	const html = page(
		() => `<title>${german('Neu')}</title><a title="${german('Neu > alt')}" href="mailto:?subject=${encodeURIComponent(german('Neu'))}">x</a>
<script>say("${german('Neu')}")</script><option value="1" selected>${german('Neu')}</option><textarea>${german('Neu')}</textarea>`,
	);
	expect(html).toBe(`<title>Neu</title><a title="Neu > alt" href="mailto:?subject=Neu">x</a>
<script>say("Neu")</script><option lang="de" dir="ltr" value="1" selected>Neu</option><textarea>Neu</textarea>`);
});

test('what was cut leaves no element open', () => {
	expect(page(() => `<p>${german('Eine lange Zeile').slice(0, 6)}</p><p>${german('Zeile').slice(3)}</p>`)).toBe(
		'<p><span lang="de" dir="ltr">Eine </span></p><p>ile</p>',
	);
});

test('pages in German, Plain German and English, pages of people at work and everything that is no page have no marks', () => {
	for (const locale of ['de', 'de-simple', 'en'] as const)
		inLanguage(locale, () => {
			beginPage();
			expect(german('Neu')).toBe('Neu');
		});
	expect(inLanguage('ar', () => german('Neu'))).toBe('Neu');
	expect(german('Neu')).toBe('Neu');
	inLanguage('ar', () => {
		beginPage();
		speakAtWork();
		expect(german('Neu')).toBe('Neu');
	});
});
