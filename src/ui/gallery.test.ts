import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../scripts/browser.ts';
import { writeGallery, type GalleryPage } from '../../scripts/gallery.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'mitrat-gallery-'));
let pages: GalleryPage[];
let browser: Browser;

beforeAll(async () => {
	pages = await writeGallery(folder);
	browser = await openBrowser();
});
afterAll(async () => {
	await browser?.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Calls `look` on every page of the gallery in a window of this size. */
async function onEachPage(
	options: {
		width: number;
		height?: number;
		colorScheme?: 'light' | 'dark';
		javaScriptEnabled?: boolean;
		hasTouch?: boolean;
		forcedColors?: 'active';
	},
	look: (page: Page, name: string) => Promise<void>,
): Promise<void> {
	const { width, height = 800, ...rest } = options;
	const context = await browser.newContext({ viewport: { width, height }, ...rest });
	try {
		const page = await context.newPage();
		for (const { locale, name, file } of pages) {
			await page.goto(pathToFileURL(file).href);
			await page.evaluate(() => document.fonts.ready.then(() => undefined));
			await look(page, `${locale}/${name}`);
		}
	} finally {
		await context.close();
	}
}

/** What sticks out of the page sideways: class names of the widest culprits, or nothing. */
const sticksOut = () => {
	const root = document.documentElement;
	if (root.scrollWidth <= root.clientWidth) return [];
	return [...document.querySelectorAll('body *')]
		.filter((e) => {
			const box = e.getBoundingClientRect();
			return (box.right > root.clientWidth + 1 || box.left < -1) && !e.closest('.scroll, .sr');
		})
		.map((e) => `${e.tagName}.${e.className}`);
};

describe('every component, in both directions', () => {
	for (const [colorScheme, widths] of [
		['light', [1280]],
		['dark', [1280, 390]],
	] as const) {
		for (const width of widths) {
			it(`has no finding of axe: ${colorScheme}, ${width} px`, async () => {
				await onEachPage({ width, colorScheme }, async (page, name) => {
					await page.evaluate(axe);
					const findings = await page.evaluate(async () => {
						for (const details of document.querySelectorAll('details')) details.open = true;
						const { violations } = await (
							window as unknown as {
								axe: {
									run(
										o: object,
									): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
								};
							}
						).axe.run({
							runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
						});
						return violations.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 200)} ${v.nodes[0]?.failureSummary}`);
					});
					expect(findings, name).toEqual([]);
				});
			});
		}
	}

	it('fits 320 px, which is also 1280 px at 400 %, without scrolling sideways', async () => {
		await onEachPage({ width: 320 }, async (page, name) => {
			expect(await page.evaluate(sticksOut), name).toEqual([]);
		});
	});

	it('bears the reader’s own text spacing (WCAG 1.4.12) and letters twice as large', async () => {
		await onEachPage({ width: 640 }, async (page, name) => {
			await page.addStyleTag({
				content:
					'* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important } html { font-size: 200% }',
			});
			expect(await page.evaluate(sticksOut), name).toEqual([]);
			expect(await page.evaluate(cutOff), name).toEqual([]);
		});
	});

	it('gives fingers 44 px, or a link within a sentence', async () => {
		await onEachPage({ width: 390, hasTouch: true }, async (page, name) => {
			expect(await page.evaluate(tooSmall), name).toEqual([]);
		});
	});

	it('reads the same without script', async () => {
		await onEachPage({ width: 390, javaScriptEnabled: false }, async (page, name) => {
			expect(await page.evaluate(() => document.querySelectorAll('main h1').length), name).toBe(1);
			await page.locator('details.lang > summary').first().click();
			expect(await page.locator('details.lang a').first().isVisible(), name).toBe(true);
		});
	});

	it('never sends a page to strangers, and fetches no Arabic or Cyrillic letters for a German page', async () => {
		const asked = new Map<string, string[]>();
		const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
		const page = await context.newPage();
		for (const { locale, name, file } of pages.filter((p) => p.name === 'home' || p.name === 'session')) {
			const urls: string[] = [];
			page.removeAllListeners('request');
			page.on('request', (request) => urls.push(request.url()));
			await page.goto(pathToFileURL(file).href);
			await page.evaluate(() => document.fonts.ready.then(() => undefined));
			asked.set(`${locale}/${name}`, urls);
		}
		await context.close();
		for (const urls of asked.values()) expect(urls.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
		for (const name of ['de/home', 'de/session']) {
			const fonts = asked.get(name)!.filter((url) => url.endsWith('.woff2'));
			expect(fonts.length).toBeGreaterThan(0);
			expect(
				// the Chinese name of the Chinese pages is 1.4 kB, fetched where the device has no Chinese font
				fonts.filter((url) => !/fira-sans-latin-[45]00|noto-sans-sc-name-400/.test(url)),
				name,
			).toEqual([]);
		}
		expect(asked.get('ar/home')!.some((url) => url.includes('vazirmatn'))).toBe(true);
	});
});

/** Controls and cells whose text is taller or wider than their box: something does not grow with its letters. */
function cutOff(): string[] {
	return [
		...document.querySelectorAll<HTMLElement>(
			'.btn, button, input, select, textarea, summary, label, .tag, .msg, .brand, .nav a, legend',
		),
	]
		.filter(
			(e) =>
				e.checkVisibility() && getComputedStyle(e).display !== 'inline' && !e.matches('.sr, .skip, .day, [type=file]'),
		)
		.filter((e) => e.scrollHeight > e.clientHeight + 4 || e.scrollWidth > e.clientWidth + 4)
		.map((e) => `${e.tagName}.${e.className} „${e.textContent!.trim().slice(0, 30)}“`);
}

/** Controls smaller than 44 px in height that do not stand in a sentence. */
function tooSmall(): string[] {
	return [...document.querySelectorAll<HTMLElement>('a[href], button, summary, input, select, textarea')]
		.filter((e) => e.checkVisibility() && !e.closest('.sr') && !e.matches('.skip'))
		.filter((e) => {
			const box = (e.closest('.opt') ?? e).getBoundingClientRect();
			const sentence =
				getComputedStyle(e).display === 'inline' && e.parentElement!.textContent!.trim() !== e.textContent!.trim();
			return box.height < 43.5 && !sentence;
		})
		.map(
			(e) =>
				`${e.tagName}.${e.className} „${e.textContent!.trim().slice(0, 30)}“ ${Math.round(e.getBoundingClientRect().height)}`,
		);
}

describe('in forced colours', () => {
	for (const colorScheme of ['light', 'dark'] as const) {
		const options = { width: 1280, forcedColors: 'active', colorScheme } as const;

		it(`every state is drawn, and otherwise than the next: ${colorScheme}`, async () => {
			const seen = new Set<string>();
			await onEachPage(options, async (page, name) => {
				for (const [set, marks] of Object.entries(await drawnStates(page))) {
					seen.add(set);
					expect(marks.length, `${name}, ${set}`).toBeGreaterThan(1);
					expect(new Set(marks).size, `${name}, ${set}: two look the same, or one like nothing`).toBe(marks.length);
				}
			});
			expect([...seen].sort()).toEqual(['seats', 'stations', 'voices']);
		});

		it(`what is chosen, where one is and what has the focus differ by more than colour: ${colorScheme}`, async () => {
			await onEachPage(options, async (page, name) => expect(await page.evaluate(unmarked), name).toEqual([]));
		});
	}
});

/** Pictures of each set of marks on the page, one of each state, and of the empty place last. */
async function drawnStates(page: Page): Promise<Record<string, string[]>> {
	const sets = {
		seats: { all: '.key svg', kind: (e: Element) => e.firstElementChild!.getAttribute('class')! },
		stations: { all: '.line.across li', kind: (e: Element) => e.className.split(' ')[0]! },
		voices: { all: '.gauge i', kind: (e: Element) => e.className },
	};
	const drawn: Record<string, string[]> = {};
	for (const [set, { all, kind }] of Object.entries(sets)) {
		const marks = page.locator(all);
		const kinds = await marks.evaluateAll((found, of) => found.map(new Function(`return ${of}`)()), String(kind));
		const firsts = [...new Set(kinds as string[])].map((of) => kinds.indexOf(of));
		if (firsts.length < 2) continue;
		const clips = await marks.evaluateAll((found) =>
			found.map((e) => {
				const { left, right, y } = e.getBoundingClientRect();
				// A station carries its mark at its beginning.
				const x = getComputedStyle(e).direction === 'rtl' ? Math.max(left, right - 18) : left;
				return { x: Math.floor(x + scrollX) - 1, y: Math.floor(y + scrollY) - 1, width: 20, height: 22 };
			}),
		);
		const picture = async (at: number) =>
			(await page.screenshot({ clip: clips[at]!, fullPage: true })).toString('base64');
		drawn[set] = [];
		for (const at of firsts) drawn[set].push(await picture(at));
		await page.addStyleTag({ content: `${all}, .line li::before, .line li::after { visibility: hidden !important }` });
		drawn[set].push(await picture(firsts[0]!));
	}
	return drawn;
}

/** Marks that forced colours would have taken away; runs in the page. */
const unmarked = () => {
	const canvas = getComputedStyle(document.body).backgroundColor;
	const edges = (e: Element) => {
		const { borderBlockStartWidth, borderBlockEndWidth, borderBlockEndColor, borderBlockStartColor } =
			getComputedStyle(e);
		const drawn = [
			[borderBlockStartWidth, borderBlockStartColor],
			[borderBlockEndWidth, borderBlockEndColor],
		].filter(([width, color]) => parseFloat(width!) > 0 && color !== canvas);
		return drawn.length;
	};
	const missing: string[] = [];
	const say = (e: Element, what: string) => missing.push(`${what}: ${e.outerHTML.slice(0, 120)}`);
	const visible = (e: Element) => e.checkVisibility() && !e.closest('.sr');
	for (const e of document.querySelectorAll('nav [aria-current=page], [data-theme-switch] [aria-pressed=true]'))
		if (visible(e) && edges(e) === 0) say(e, 'current one without an edge');
	for (const e of document.querySelectorAll('.nav a:not([aria-current])'))
		if (visible(e) && edges(e) > 0) say(e, 'another one with an edge');
	for (const e of document.querySelectorAll('.tag, .btn, .in'))
		if (visible(e) && edges(e) === 0) say(e, 'without an edge');
	for (const e of document.querySelectorAll<HTMLElement>(
		'main a[href], main button, main input:not([type=hidden]), main summary',
	)) {
		if (!visible(e)) continue;
		e.focus();
		if (!e.matches(':focus-visible')) continue;
		const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(e);
		if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2 || outlineColor === canvas) say(e, 'focus not shown');
	}
	return missing.slice(0, 10);
};

describe('the script that pages may do without', () => {
	it('stays under 6 kB', () => {
		expect(statSync(join(folder, 'assets', 'enhance.js')).size).toBeLessThan(6000);
	});

	it('focuses the search with /, opens the list with ?, and can be switched off', async () => {
		await onPage('home', async (page) => {
			await page.keyboard.press('/');
			expect(await page.evaluate(() => document.activeElement?.id)).toBe('q');
			await page.keyboard.press('?');
			expect(await page.locator('dialog[data-keys]').isVisible(), 'typing is not a command').toBe(false);
			await page.locator('h1').click();
			await page.evaluate(() => (document.activeElement as HTMLElement).blur());
			await page.keyboard.press('?');
			expect(await page.locator('dialog[data-keys]').isVisible()).toBe(true);
			await page.locator('#keys-on').uncheck();
			await page.keyboard.press('Escape');
			await page.keyboard.press('?');
			expect(await page.locator('dialog[data-keys]').isVisible()).toBe(false);
			await page.reload();
			await page.keyboard.press('/');
			expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('q');
		});
	});

	it('goes where a way of two keys leads', async () => {
		await onPage('home', async (page) => {
			await page.keyboard.press('g');
			await page.keyboard.press('s');
			// The key is answered before the browser has gone there.
			await expect.poll(() => new URL(page.url()).hash, { timeout: 60_000 }).toBe('#weg-0');
		});
	});

	it('closes the language menu on Escape and brings the focus back, and on a press outside', async () => {
		await onPage('session', async (page) => {
			const menu = page.locator('details.lang');
			await menu.locator('summary').click();
			await page.keyboard.press('Escape');
			expect(await menu.getAttribute('open')).toBe(null);
			expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
			await menu.locator('summary').click();
			await page.locator('h1').click();
			expect(await menu.getAttribute('open')).toBe(null);
		});
	});

	it('opens the item an address names', async () => {
		await onPage('session', async (page) => {
			expect(await page.locator('#top-5').getAttribute('open')).toBe(null);
			await page.evaluate(() => (location.hash = 'top-5'));
			await page.locator('#top-5[open]').waitFor();
			expect(await page.locator('#top-5 .body').isVisible()).toBe(true);
		});
	});

	it('begins reading at the list of faults', async () => {
		await onPage('forms', async (page) => {
			expect(await page.evaluate(() => document.activeElement?.id)).toBe('faults');
			await page.locator('#faults a').first().click();
			expect(await page.evaluate(() => document.activeElement?.id)).toBe('mail');
		});
	});

	it('keeps a draft, brings it back, and never over what the server answered', async () => {
		await onPage('forms', async (page) => {
			await page.locator('#name').fill('Ayla Demirkan');
			await page.locator('#sp-2').check();
			await page.locator('#hilfe').uncheck();
			await page.locator('p.note[role=status]:not([hidden])').waitFor();
			await page.reload();
			expect(await page.locator('#name').inputValue(), 'the page shows faults: the server’s answer stands').toBe(
				'Mehmet Gündoğan',
			);
			const html = readFileSync(join(folder, 'de', 'forms.html'), 'utf8').replace(/ data-faults(="[^"]*")?/, '');
			await page.route('**/forms.html', (route) => route.fulfill({ body: html, contentType: 'text/html' }));
			await page.reload();
			expect(await page.locator('#name').inputValue()).toBe('Ayla Demirkan');
			expect(await page.locator('#sp-2').isChecked()).toBe(true);
			expect(await page.locator('#hilfe').isChecked()).toBe(false);
		});
	});

	it('forgets a draft once it was sent and answered, but finds it again when no answer came', async () => {
		await onPage('forms', async (page) => {
			const html = readFileSync(join(folder, 'de', 'forms.html'), 'utf8').replace(/ data-faults(="[^"]*")?/, '');
			let connected = false;
			await page.route('**/forms.html', (route) => {
				if (route.request().method() === 'GET') return route.fulfill({ body: html, contentType: 'text/html' });
				return connected ? route.fulfill({ body: 'ok', contentType: 'text/html' }) : route.abort('aborted');
			});
			const address = pathToFileURL(join(folder, 'de', 'forms.html')).href;
			await page.goto(address);
			await page.locator('#name').fill('Ayla Demirkan');
			const failed = page.waitForEvent('requestfailed');
			await page.locator('form.form .btn').first().click({ noWaitAfter: true });
			await failed;
			await page.reload();
			expect(await page.locator('#name').inputValue()).toBe('Ayla Demirkan');
			connected = true;
			await page.locator('form.form .btn').first().click();
			await page.getByText('ok', { exact: true }).waitFor();
			await page.goto(address);
			expect(await page.locator('#name').inputValue()).toBe('Mehmet Gündoğan');
		});
	});

	it('remembers light or dark on this device', async () => {
		await onPage('home', async (page) => {
			await page.locator('[data-theme-switch] button[value=dark]').click();
			await page.reload();
			expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
			expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(14, 22, 27)');
			await page.locator('[data-theme-switch] button[value=""]').click();
			expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBeUndefined();
		});
	});
});

/** Opens one German page and hands it over. */
async function onPage(name: string, use: (page: Page) => Promise<void>): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	try {
		const page = await context.newPage();
		await page.goto(pathToFileURL(join(folder, 'de', `${name}.html`)).href);
		await use(page);
	} finally {
		await context.close();
	}
}
