import { afterAll, describe, expect, test } from 'vitest';
import { fromWriting } from '../text/writing.ts';
import { closeEngine } from './engine.ts';
import { hasPoppler, metaOf, poppler, structure, wordsByPdfJs, wordsByPoppler } from './inspect.fixture.ts';
import { renderPdf } from './render.ts';
import type { RenderOptions, TemplateData } from './render.ts';
import {
	arabicMinutes,
	chineseMinutes,
	germanMinutes,
	invitation,
	report,
	ukrainianMinutes,
} from './samples.fixture.ts';

afterAll(closeEngine);

function options(locale: string, change: Partial<RenderOptions> = {}): RenderOptions {
	return {
		locale,
		title: 'Niederschrift der 5. Sitzung',
		author: 'Elbstadt',
		standard: 'ua-1',
		date: Temporal.PlainDate.from('2026-10-28'),
		...change,
	};
}

function minutesWith(text: string): TemplateData<'minutes'> {
	const items = [{ number: '1', title: 'Punkt', text: fromWriting(text) }];
	return {
		letterhead: { town: 'Elbstadt' },
		pageLabel: '{page}',
		heading: 'Sitzung',
		agenda: { heading: 'Tagesordnung', parts: [{ items }] },
	};
}

test('deeper items of lists are lists inside of items, with the signs that the text gives them', async () => {
	const lists = async (text: string) => {
		const pdf = await renderPdf('minutes', minutesWith(text), options('de-DE'));
		const count = (name: string) => structure(pdf).filter((one) => one === name).length;
		return { words: (await wordsByPdfJs(pdf)).join(' '), lists: count('L'), items: count('LI'), labels: count('Lbl') };
	};
	const flat = await lists('Ein Satz.');
	const deep = await lists('1. Stelle\n  a) im Amt\n    – halbtags\n  c) sonst\n2. Bericht\n  1.2 im Mai');
	expect(deep.lists - flat.lists).toBe(4);
	expect(deep.items - flat.items).toBe(6);
	expect(deep.labels - flat.labels).toBe(6);
	expect(deep.words).toMatch(/1\. +Stelle +a\) +im Amt +– +halbtags +c\) +sonst +2\. +Bericht +1\.2 +im Mai/);
});

describe('German minutes', async () => {
	const pdf = await renderPdf('minutes', germanMinutes, options('de-DE'));

	test('carry title, author, language and standard', async () => {
		const file = Buffer.from(pdf).toString('latin1');
		expect(await metaOf(pdf)).toMatchObject({
			Title: 'Niederschrift der 5. Sitzung',
			Author: 'Elbstadt',
			Language: 'de-DE',
		});
		expect(file).toContain('/DisplayDocTitle true');
		expect(file).toContain('<pdfuaid:part>1</pdfuaid:part>');
	});

	test('are read back word for word by pdf.js', async () => {
		const pages = await wordsByPdfJs(pdf);
		expect(pages[0]).toContain('5. öffentliche Sitzung');
		expect(pages.join(' ')).toContain('9 von 15 anwesend, nötig sind 8');
		expect(pages.join(' ')).toContain('vertreten durch Petra Lüdersen');
		expect(pages.join(' ')).toContain('an allen Öffnungstagen Dolmetschen am Telefon anzubieten');
		pages.forEach((page, at) => expect(page).toContain(`Seite ${at + 1} von ${pages.length}`));
	});

	test('name the town on every page', async () => {
		for (const page of await wordsByPdfJs(pdf)) expect(page).toContain('Elbstadt');
	});

	test.skipIf(!hasPoppler)('have a tree of headings, lists and tables with heads', () => {
		const names = structure(pdf);
		const headings = names.filter((name) => /^H\d$/.test(name));
		expect(headings.slice(0, 8)).toEqual(['H1', 'H2', 'H3', 'H3', 'H2', 'H2', 'H3', 'H4']);
		expect(headings.every((name, at) => at === 0 || Number(name[1]) <= Number(headings[at - 1]?.[1]) + 1)).toBe(true);
		expect(names.filter((name) => name === 'Table')).toHaveLength(5);
		expect(names.filter((name) => name === 'TH').length).toBeGreaterThan(10);
		for (const name of ['L', 'LI', 'Lbl', 'LBody', 'THead', 'TBody', 'TR', 'TD', 'P', 'Link'])
			expect(names).toContain(name);
	});

	test.skipIf(!hasPoppler)('are tagged, without script or form, and embed every font', () => {
		const info = poppler('pdfinfo', pdf);
		expect(info).toMatch(/Tagged:\s+yes/);
		expect(info).toMatch(/JavaScript:\s+no/);
		expect(info).toMatch(/CreationDate:\s+Wed Oct 28/);
		const fonts = poppler('pdffonts', pdf).split('\n').slice(2).filter(Boolean);
		expect(fonts.length).toBeGreaterThan(1);
		for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+FiraSans-\w+\s.*\s+yes yes yes\s/);
	});
});

describe('other scripts', () => {
	test.each([
		['Ukrainian', ukrainianMinutes, 'uk', ['5-те відкрите засідання', 'Об’їзд, ґанок, її досвід.', 'Сторінка 1 з 1']],
		[
			'Chinese',
			chineseMinutes,
			'zh-Hans',
			['第五次公开会议', '委员会建议市议会在市民办公室每周两天提供现场口译', '融合与移民事务委员会'],
		],
	])('%s is read back by pdf.js', async (_, data, locale, words) => {
		const pdf = await renderPdf('minutes', data, options(locale));
		// pdf.js puts spaces where Typst sets air between Chinese and Latin letters.
		const text = (await wordsByPdfJs(pdf)).join(' ').replace(/(?<=[\u3000-\u9fff]) | (?=[\u3000-\u9fff])/g, '');
		for (const phrase of words) expect(text).toContain(phrase);
		expect((await metaOf(pdf))['Language']).toBe(locale === 'uk' ? 'uk' : 'zh');
	});

	test.skipIf(!hasPoppler)('Arabic is read back with its letters in order, lam-alef too', async () => {
		const pdf = await renderPdf('minutes', arabicMinutes, options('ar'));
		const text = wordsByPoppler(pdf);
		for (const phrase of [
			'الجلسة العلنية الخامسة',
			'مجلس الاندماج والهجرة',
			'جدول الأعمال والنتائج',
			'النصاب مكتمل',
			'يوصي المجلس بأن تتوفر ترجمة شفوية في مكتب المواطنين يومين في الأسبوع',
		]) {
			expect(text).toContain(phrase);
		}
		expect(text).toContain('Dolmetschen vor Ort anzubieten');
	});

	test('Arabic and Persian pages run from right to left', async () => {
		for (const locale of ['ar', 'fa']) {
			const pdf = await renderPdf('minutes', arabicMinutes, options(locale));
			const file = Buffer.from(pdf).toString('latin1');
			expect(file).toContain('/Direction /R2L');
			expect((await metaOf(pdf))['Language']).toBe(locale);
		}
	});

	test('a passage in another language says so in the tree', async () => {
		const pdf = await renderPdf('minutes', arabicMinutes, options('ar'));
		expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/Lang \(de\)/);
	});
});

test.each(['ua-1', 'a-2a'] as const)('every template can be made as %s', async (standard) => {
	const german = options('de-DE', { standard });
	const { text, letterhead, pageLabel, subject, closing } = invitation;
	const { kind, heading, agenda } = germanMinutes;
	const all = [
		await renderPdf('minutes', germanMinutes, german),
		await renderPdf('minutes', arabicMinutes, options('ar', { standard })),
		await renderPdf('invitation', invitation, german),
		await renderPdf('agenda', { letterhead, pageLabel, kind, heading, agenda }, german),
		await renderPdf('letter', { text, letterhead, pageLabel, subject, closing }, german),
		await renderPdf('report', report, german),
	];
	const mark = standard === 'ua-1' ? '<pdfuaid:part>1</pdfuaid:part>' : '<pdfaid:conformance>A</pdfaid:conformance>';
	for (const pdf of all) expect(Buffer.from(pdf).toString('latin1')).toContain(mark);
});

test('equal input gives equal bytes', async () => {
	const [one, two] = [
		await renderPdf('report', report, options('de')),
		await renderPdf('report', report, options('de')),
	];
	expect(Buffer.compare(one, two)).toBe(0);
});

test('signs that no font has are shown as empty squares, and the document is made', async () => {
	const pdf = await renderPdf('minutes', minutesWith('Danke 🎉 und ሰላም, 👨‍👩‍👧 "quoted" \\ ok'), options('de'));
	expect((await wordsByPdfJs(pdf)).join(' ')).toMatch(/Danke □ und □+, □.* "quoted" \\ ok/);
});

test('headings in a text that skip a level are raised, not refused', async () => {
	const pdf = await renderPdf(
		'minutes',
		minutesWith('### Tief\n\nText\n\n# Hoch\n\n#### Sehr tief\n\nText'),
		options('de'),
	);
	expect((await wordsByPdfJs(pdf)).join(' ')).toContain('Sehr tief');
});

test('a draft shows its watermark outside the text that is read aloud', async () => {
	const pdf = await renderPdf('minutes', { ...germanMinutes, watermark: 'Entwurf' }, options('de'));
	expect((await wordsByPdfJs(pdf))[0]).toContain('Entwurf');
	if (hasPoppler) expect(poppler('pdfinfo', pdf, '-struct-text')).not.toContain('Entwurf');
});

test('wrong data is refused with the name of the field', async () => {
	const broken = {
		...germanMinutes,
		agenda: { heading: 'Tagesordnung', parts: [{ items: [{ title: 'ohne Nummer' }] }] },
	};
	await expect(renderPdf('minutes', broken as never, options('de'))).rejects.toMatchObject({
		name: 'DocumentError',
		reason: 'data',
		message: expect.stringMatching(/minutes[^]*agenda\.parts\[0\]\.items\[0\]\.number/),
	});
	await expect(renderPdf('report', report, options('keine Sprache'))).rejects.toMatchObject({ reason: 'data' });
});

test('after its process was ended the next document starts a new one', async () => {
	const lost = renderPdf('report', report, options('de'));
	const [result] = await Promise.allSettled([lost, Promise.resolve().then(closeEngine)]);
	expect(result).toMatchObject({ status: 'rejected', reason: { name: 'DocumentError', reason: 'engine' } });
	expect((await renderPdf('report', report, options('de'))).length).toBeGreaterThan(1000);
});
