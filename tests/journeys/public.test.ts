import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { startApp } from '../support/app.ts';

const { newPage, url, database } = await startApp({ demonstration: true, workers: 0 });

const [held] = await database.sql<{ slug: string }>(
	`select m.slug from council.meeting m where state = 'minutesSigned' order by date desc limit 1`,
);
const [coming] = await database.sql<{ slug: string }>(`select slug from council.meeting where state = 'invited'`);
const PAGES = [
	'/',
	'/sitzungen',
	`/sitzungen/${held!.slug}`,
	`/sitzungen/${coming!.slug}`,
	'/gremien',
	'/gremien/beirat',
	'/aufgaben',
	'/termine',
	'/suche?q=Dolmetschen',
	'/anmelden',
	'/impressum',
	'/datenschutz',
	'/barrierefreiheit',
	'/gibt-es-nicht',
];

/** Everything that can be opened is open: what is hidden can't be checked. */
async function unfold(page: Page): Promise<void> {
	await page.evaluate(() =>
		document.querySelectorAll<HTMLDetailsElement>('main details').forEach((details) => (details.open = true)),
	);
}

describe.each([
	['de', 'light', 1280],
	['en', 'dark', 1280],
	['ar', 'light', 390],
	['ar', 'dark', 1280],
	['de', 'dark', 390],
] as const)('in %s, %s, %i wide', (locale, colorScheme, width) => {
	test('axe finds nothing on any public page', async () => {
		const page = await newPage({ colorScheme, viewport: { width, height: 900 } });
		const found: Record<string, string[]> = {};
		for (const path of PAGES) {
			const answer = await page.goto(locale === 'de' ? path : `/${locale}${path === '/' ? '' : path}`);
			await unfold(page);
			const findings = await axeFindings(page);
			// An error page without findings says nothing about the page that was meant.
			if (answer?.status() !== (path === '/gibt-es-nicht' ? 404 : 200)) findings.push(`answered ${answer?.status()}`);
			if (findings.length) found[path] = findings;
		}
		expect(found).toEqual({});
		await page.context().close();
	});
});

test('nothing scrolls sideways at 320 pixels, in three scripts', async () => {
	const page = await newPage({ viewport: { width: 320, height: 700 } });
	const wide: string[] = [];
	for (const prefix of ['', '/ar', '/uk']) {
		for (const path of PAGES) {
			await page.goto(prefix + (path === '/' && prefix ? '' : path));
			await unfold(page);
			const sideways = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
			);
			if (sideways > 0) wide.push(`${prefix}${path}: ${sideways}`);
		}
	}
	expect(wide).toEqual([]);
	await page.context().close();
});

test('a keyboard alone: skip link first, then to the next session and its agenda, focus always seen', async () => {
	const page = await newPage();
	await page.goto('/');
	await page.keyboard.press('Tab');
	expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Zum Inhalt springen');
	await page.keyboard.press('Enter');
	expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
	for (let i = 0; i < 40; i++) {
		await page.keyboard.press('Tab');
		const seen = await page.evaluate(() => {
			const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!);
			const box = document.activeElement!.getBoundingClientRect();
			return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && box.bottom > 0 && box.top < innerHeight;
		});
		expect(seen).toBe(true);
		const href = await page.evaluate(() => document.activeElement?.getAttribute('href') ?? '');
		if (href.endsWith(`/sitzungen/${coming!.slug}`)) break;
	}
	await page.keyboard.press('Enter');
	await page.waitForURL(`**/sitzungen/${coming!.slug}`);
	expect(await page.getByRole('heading', { name: 'Tagesordnung', level: 2 }).count()).toBe(1);
	await page.context().close();
});

describe('what a resident sees of a session, without script', () => {
	test('SIT-02: planned and actual times, room and accessibility stand on the page and in the calendar', async () => {
		const page = await newPage({ javaScriptEnabled: false });
		await page.goto('/sitzungen');
		expect(await page.getByText('17:00 bis 19:00 Uhr').count()).toBeGreaterThan(0);
		await page.goto(`/sitzungen/${held!.slug}`);
		const facts = await page.locator('dl.facts').innerText();
		expect(facts).toContain('17:04 bis 18:52 Uhr');
		expect(facts).toContain('Ratssaal');
		expect(facts).toContain('Hörschleife');
		await page.goto(`/sitzungen/${coming!.slug}`);
		const href = await page.getByRole('link', { name: 'Diesen Termin speichern' }).getAttribute('href');
		const calendar = (await (await fetch(url + href!)).text()).replace(/\r\n[ \t]/g, '');
		expect(calendar).toContain('BEGIN:VEVENT');
		expect(calendar).toMatch(/LOCATION:.*Ratssaal/);
		expect(calendar).toContain('Hörschleife');
		await page.context().close();
	});

	test('GRE-23: what an advisory body adopts is called a recommendation, never a decision', async () => {
		const page = await newPage({ javaScriptEnabled: false });
		await page.goto(`/sitzungen/${held!.slug}`);
		const results = await page.locator('.agenda .result').allInnerTexts();
		expect(results.some((text) => text.includes('Geändert empfohlen'))).toBe(true);
		expect(results.join(' ')).not.toMatch(/beschlossen|Beschluss gefasst/i);
		await page.goto('/gremien/beirat');
		expect(await page.getByText('Es gibt Empfehlungen, es entscheidet nicht.').count()).toBe(1);
		await page.context().close();
	});

	test('a closed item shows that it was there and why it is shut, and nothing else', async () => {
		const [item] = await database.sql<{ title: string; text: string }>(
			`select i.title, i.text::text from council.agenda_item i
			join council.meeting m on m.id = i.meeting_id where m.slug = $1 and not i.public`,
			[held!.slug],
		);
		const html = await (await fetch(`${url}/sitzungen/${held!.slug}`)).text();
		expect(html).toContain('Personalangelegenheit');
		expect(html).toContain('§ 52 Abs. 2 KVG LSA');
		const [words] = /"text": "([^"]{10,})"/.exec(item!.text) ?? [item!.text];
		expect(html).not.toContain(words);
		expect(html).not.toContain('Nachbesetzung');
	});

	test('QUE-03: a translation says that the German text is binding, and official wording is marked as German', async () => {
		const page = await newPage({ javaScriptEnabled: false });
		await page.goto(`/ar/sitzungen/${held!.slug}`);
		expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
		expect(await page.locator('html').getAttribute('lang')).toMatch(/^ar/);
		const wording = page.locator('.wording').first();
		expect(await wording.getAttribute('lang')).toBe('de');
		const notes = await page.locator('.note').count();
		expect(notes).toBeGreaterThan(0);
		expect(await page.locator('footer').innerText()).toMatch(/[\u0600-\u06ff]/);
		await page.context().close();
	});

	test('QUE-01~: a search finds every way of writing a word', async () => {
		const page = await newPage({ javaScriptEnabled: false });
		for (const word of [
			'Ausländerbehörde',
			'Auslaenderbehoerde',
			'Ausländer*innenbehörde',
			'Behörde',
			'Auslenderbehörde',
		]) {
			await page.goto('/');
			await page.getByRole('searchbox').first().fill(word);
			await page.keyboard.press('Enter');
			await page.waitForURL(/\/suche\?/);
			const text = await page.locator('main').innerText();
			expect(text, word).toMatch(/Ausländerbehörde/);
		}
		await page.context().close();
	});
});

test('unchanged pages answer 304, a change answers anew, and what stays inside changes no ETag', async () => {
	const path = `${url}/sitzungen/${held!.slug}`;
	const first = await fetch(path);
	const etag = first.headers.get('etag')!;
	expect(etag).toMatch(/^"\d+-\d{8}-/);
	expect((await fetch(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
	const member = await newPage({ role: 'member' });
	await member.goto('/konto');
	expect((await fetch(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
	await member.context().close();
});

test('strict headers, no version banner, no cookie for visitors', async () => {
	const { headers } = await fetch(`${url}/`);
	expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self'(?!.*unsafe-inline)/);
	expect(headers.get('x-content-type-options')).toBe('nosniff');
	expect(headers.get('server')).toBeNull();
	expect(headers.get('x-powered-by')).toBeNull();
	expect(headers.getSetCookie()).toEqual([]);
	// Anybody can claim TLS; without a trusted proxy it does not count.
	const claimed = await fetch(`${url}/`, { headers: { 'x-forwarded-proto': 'https' } });
	expect(claimed.headers.get('strict-transport-security')).toBeNull();
	const text = await (await fetch(`${url}/.well-known/security.txt`)).text();
	expect(text).toMatch(/^Contact: /m);
	expect(text).toMatch(/^Expires: /m);
});
