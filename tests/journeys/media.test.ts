import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { startApp } from '../support/app.ts';

const { newPage, database } = await startApp({ demonstration: true, workers: 0 });
const [held] = await database.sql<{ slug: string }>(
	`select m.slug from council.meeting m where state = 'minutesSigned' order by date desc limit 1`,
);
const session = `/sitzungen/${held!.slug}`;

describe('on paper', () => {
	for (const colorScheme of ['light', 'dark'] as const) {
		test(`a page prints what it says and nothing to press, dark on white: ${colorScheme}`, async () => {
			const page = await newPage({ colorScheme, role: 'office' });
			for (const path of [
				'/',
				session,
				`/ar${session}`,
				'/gremien/beirat',
				'/aufgaben',
				'/tisch',
				'/barrierefreiheit',
			]) {
				await page.goto(path);
				await page.emulateMedia({ media: 'print', colorScheme });
				expect(await page.evaluate(stillThere), path).toEqual([]);
				expect(await page.evaluate(faint), path).toEqual([]);
				expect(await page.locator('main h1').isVisible()).toBe(true);
				await page.emulateMedia({ media: 'screen', colorScheme });
				// The same marks are there on the screen: the list of what to look for is not empty.
				expect((await page.evaluate(stillThere)).length, path).toBeGreaterThan(3);
			}
			await page.context().close();
		});
	}

	test('what is folded on the screen stands on paper, without script, too', async () => {
		for (const javaScriptEnabled of [true, false]) {
			const page = await newPage({ javaScriptEnabled });
			await page.goto(session);
			const table = page.locator('.seat-table').first();
			expect(await table.isVisible()).toBe(false);
			await page.emulateMedia({ media: 'print' });
			expect(await shown(page, '.seat-table')).toBe(true);
			await page.context().close();
		}
	});

	test('the address of a file stands behind its name', async () => {
		const page = await newPage();
		await page.goto(session);
		const behind = () =>
			page
				.locator('.file a')
				.first()
				.evaluate((a) => getComputedStyle(a, '::after').content);
		expect(await behind()).toBe('none');
		await page.emulateMedia({ media: 'print' });
		expect(await behind()).toMatch(/ – .*\/sitzungen\/2/);
		await page.context().close();
	});
});

/** Whether the first of these takes room on the page; folded content takes none. */
function shown(page: Page, selector: string): Promise<boolean> {
	return page
		.locator(selector)
		.first()
		.evaluate((e) => e.checkVisibility({ contentVisibilityAuto: true }) && e.getBoundingClientRect().height > 20);
}

/** What leads or acts and is of no use on paper, as far as it is seen; runs in the page. */
const stillThere = () => {
	const seen = (e: Element) => e.checkVisibility() && e.getBoundingClientRect().width > 1;
	const kinds = 'nav, footer, .skip, .lang, .account, main button, main .btn';
	return [...document.querySelectorAll(kinds)].filter(seen).map((e) => e.outerHTML.slice(0, 100));
};

/** Text with less than 4.5 : 1 against white paper; runs in the page. */
const faint = () => {
	const light = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
	const luminance = (color: string) => {
		const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((n) => light(Number(n) / 255));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const weak: string[] = [];
	for (const e of document.querySelectorAll('main :is(p, a, li, td, th, h1, h2, h3, dd, dt, span, time, strong)')) {
		const ownText = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent!.trim());
		if (!ownText || !e.checkVisibility() || e.closest('svg')) continue;
		const { color } = getComputedStyle(e);
		if (!color.startsWith('rgb(') || 1.05 / (luminance(color) + 0.05) < 4.5) weak.push(e.outerHTML.slice(0, 100));
	}
	return weak;
};
