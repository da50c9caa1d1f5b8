import { expect, test } from 'vitest';
import { beginPage, forPage, inLanguage, markWords, markSource, speakAtWork } from '../i18n/current.ts';
import { sourceMarked } from './source-marks.ts';

/** A page as somebody who reads Arabic has it made. */
const page = (make: () => string) =>
	inLanguage('ar', () => {
		beginPage();
		return sourceMarked(make(), 'ar');
	});
const german = markSource;
const AR = 'ar-u-nu-latn';

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

test('addresses and scripts keep the bare words; titles and choices say what they are themselves', () => {
	const html = page(
		() => `<title>${german('Neu')} · Halle</title><a href="mailto:?subject=${encodeURIComponent(german('Neu'))}">x</a>
<script>say("${german('Neu')}")</script><option value="1" selected>${german('Neu')}</option><option>${german('Neu')} قبل</option>
<option>قبل ${german('Neu')}</option><textarea>${german('Neu')}</textarea><textarea>قبل</textarea>`,
	);
	expect(html).toBe(`<title lang="de" dir="ltr">Neu · Halle</title><a href="mailto:?subject=Neu">x</a>
<script>say("Neu")</script><option lang="de" dir="ltr" value="1" selected>Neu</option><option lang="de" dir="ltr">Neu قبل</option>
<option>قبل Neu</option><textarea lang="de" dir="ltr">Neu</textarea><textarea>قبل</textarea>`);
});

test('an element with a German name says that it is German', () => {
	expect(page(() => `<img alt="${german('Neu > alt')}"><input placeholder="${german('Neu')}" value="قبل"/>`)).toBe(
		'<img lang="de" dir="rtl" alt="Neu > alt"><input lang="de" dir="rtl" placeholder="Neu" value="قبل"/>',
	);
	expect(page(() => `<a aria-label="${german('Neu: Büro')}" href="/"><i class="x"></i>${german('Neu')} …</a>`)).toBe(
		'<a lang="de" dir="rtl" aria-label="Neu: Büro" href="/"><i class="x"></i><span lang="de" dir="ltr">Neu</span> …</a>',
	);
});

test('what stands in an element with a German name says that it is in another language', () => {
	const html = page(
		() =>
			`<ul aria-label="${german('Liste')}"><li>قبل <b>بعد</b></li><li lang="en">one</li></ul><p title="${german('Neu')}">قبل ${german('Neu')}</p><p>بعد</p>`,
	);
	expect(html).toBe(
		`<ul lang="de" dir="rtl" aria-label="Liste"><li lang="${AR}">قبل <b>بعد</b></li><li lang="en">one</li></ul>` +
			`<p lang="de" dir="rtl" title="Neu"><span lang="${AR}">قبل </span><span lang="de" dir="ltr">Neu</span></p><p>بعد</p>`,
	);
	expect(
		page(() => `<select title="${german('Wahl')}"><option>قبل</option><option>${german('Neu')}</option></select>`),
	).toBe(
		`<select lang="de" dir="rtl" title="Wahl"><option lang="${AR}">قبل</option><option lang="de" dir="ltr">Neu</option></select>`,
	);
});

test('in what is German already nothing is said twice', () => {
	expect(
		page(
			() =>
				`<div lang="de" dir="ltr"><a title="${german('Neu')}">Antrag</a></div><p lang="en" title="${german('Neu')}">one</p>`,
		),
	).toBe('<div lang="de" dir="ltr"><a title="Neu">Antrag</a></div><p lang="en" title="Neu">one</p>');
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

test('what is read for a page is marked, and what a form is told; what an act writes never', () => {
	inLanguage('ar', () => {
		expect(german('Neu')).toBe('Neu');
		const told = forPage(() => german('Neu'));
		expect(german('Neu')).toBe('Neu');
		markWords();
		expect(german('Neu')).toBe(told);
		expect(sourceMarked(`<p>${told}</p>`, 'ar')).toBe('<p><span lang="de" dir="ltr">Neu</span></p>');
	});
	// Pages of people at work are German as a whole.
	inLanguage(
		'ar',
		() => {
			markWords();
			expect([german('Neu'), forPage(() => german('Neu'))]).toEqual(['Neu', 'Neu']);
		},
		'de',
	);
	expect(forPage(() => german('Neu'))).toBe('Neu');
});
