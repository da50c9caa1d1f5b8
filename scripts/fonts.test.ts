import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { chineseCodes } from './fonts.ts';
import { cutFont } from './fonts/cut.ts';

const whole = readFileSync(
	new URL('400Regular/FiraSans_400Regular.ttf', import.meta.resolve('@expo-google-fonts/fira-sans/package.json')),
);
const folder = new URL('../src/ui/fonts/', import.meta.url);
const words: Record<string, string[]> = {
	latin: [
		'AVATAR Te. „Wo“ 11:17',
		'Straße Übung ÀÉÎÕ',
		'Şişli İğdır ğüzel ı',
		'Țară și Ștefan ăâî',
		'Łódź Čeština Ærø',
		'1.117,50 € – „ja“ …',
		'fifty fjord',
	],
	'latin-more': ['ĽĎĶ', 'ēūņģ', 'őů', '‰†'],
	vietnamese: ['ữếộợ', 'ẢẤỬƠ'],
	cyrillic: ['Україна', 'ґїєі', 'ГАЗЕТА', 'Тут', 'объём'],
	greek: ['Αθήνα', 'ΤΑΥ', 'ώϊ'],
};
let browser: Browser;
let page: Page;

beforeAll(async () => {
	browser = await openBrowser();
	page = await browser.newPage();
	await load('whole', whole);
});
afterAll(async () => browser?.close());

/** Puts a font into the page under a name; rejects where the browser refuses its tables. */
async function load(name: string, font: Buffer): Promise<void> {
	await page.evaluate(
		async ([name, data]) => {
			const face = new FontFace(name!, `url(data:font/woff2;base64,${data})`);
			document.fonts.add(await face.load());
		},
		[name, font.toString('base64')],
	);
}

/** Width of a text in CSS pixels at 100 px; with tabular figures where asked. */
const width = (font: string, text: string, tabular = false) =>
	page.evaluate(
		([font, text, tabular]) => {
			const span = document.body.appendChild(document.createElement('span'));
			span.style.cssText = `font:100px '${font}',monospace;white-space:pre;font-variant-ligatures:none;font-variant-numeric:${tabular ? 'tabular-nums' : 'normal'}`;
			span.textContent = text as string;
			const { width } = span.getBoundingClientRect();
			span.remove();
			return width;
		},
		[font, text, tabular] as const,
	);

describe('the shipped fonts', () => {
	for (const [script, samples] of Object.entries(words)) {
		it(`set ${script} letters, pairs and figures exactly as the whole font does`, async () => {
			await load(script, readFileSync(new URL(`fira-sans-${script}-400.woff2`, folder)));
			for (const text of samples) expect(await width(script, text), text).toBeCloseTo(await width('whole', text), 1);
			if (script === 'latin') {
				expect(await width(script, '1111')).not.toBe(await width(script, '0000'));
				expect(await width(script, '1111', true)).toBe(await width(script, '0000', true));
				expect(await width(script, 'AVAVA'), 'letters are drawn together').toBeLessThan(5 * (await width(script, 'A')));
			}
		});
	}

	it('say which of the wanted characters the font really has', () => {
		expect(cutFont(whole, [0x2603, 0x41, 0x41]).codes).toEqual([0x41]);
	});

	it('leave room: a page in one script fetches less than 32 kB of them', () => {
		const sizes = readdirSync(folder).filter((name) => /^fira-sans-latin-\d/.test(name));
		expect(sizes).toHaveLength(2);
		expect(sizes.reduce((sum, name) => sum + readFileSync(new URL(name, folder)).length, 0)).toBeLessThan(32_000);
	});

	it('hold what the Chinese texts are written in, and the language’s name in a piece of its own', async () => {
		const han = readFileSync(
			new URL(
				'400Regular/NotoSansSC_400Regular.ttf',
				import.meta.resolve('@expo-google-fonts/noto-sans-sc/package.json'),
			),
		);
		const file = (name: string) => readFileSync(new URL(`noto-sans-sc-${name}-400.woff2`, folder));
		expect(file('name').length).toBeLessThan(2_000);
		expect(file('texts').length).toBeLessThan(130_000);
		const codes = chineseCodes();
		expect(cutFont(han, codes).codes).toEqual(codes);
		await load('han-name', file('name'));
		await load('han-texts', file('texts'));
		expect(await lacking('han-name', [...'中文'])).toEqual([]);
		const signs = codes.map((code) => String.fromCodePoint(code));
		// New texts bring new characters now and then: those come from the device until the fonts are cut anew.
		expect((await lacking('han-texts', signs)).length / signs.length).toBeLessThan(0.05);
		expect(await lacking('han-texts', [...'星期三阿拉伯语乌克兰昨天']), 'written by the platform').toEqual([]);
		expect(await lacking('han-texts', ['龘'])).toEqual(['龘']);
	});
});

/** Characters that the font does not draw: they look like one that no font has. */
async function lacking(font: string, signs: string[]): Promise<string[]> {
	return page.evaluate(
		([font, signs]) => {
			const context = Object.assign(document.createElement('canvas'), { width: 40, height: 40 }).getContext('2d', {
				willReadFrequently: true,
			})!;
			const drawn = (family: string, sign: string) => {
				context.clearRect(0, 0, 40, 40);
				context.font = `30px ${family}`;
				context.fillText(sign, 2, 32);
				return context.getImageData(0, 0, 40, 40).data.join();
			};
			return signs.filter((sign) => drawn(`'${font}'`, sign) === drawn(`'${font}'`, '\u{E000}'));
		},
		[font, signs] as const,
	);
}
