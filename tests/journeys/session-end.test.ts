import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startApp } from '../support/app.ts';
import { axeFindings } from '../support/axe.ts';

const { newPage, database } = await startApp({ demonstration: true, workers: 0 });
const { sql } = database;

/** Minutes until the fixed end of the newest session. */
async function minutesLeft(): Promise<number> {
	const text = `select extract(epoch from "expiresAt" - now()) / 60 as left from auth."session" order by "createdAt" desc limit 1`;
	return Number((await sql<{ left: string }>(text))[0]!.left);
}

async function endsIn(minutes: number): Promise<void> {
	await sql(
		`update auth."session" set "expiresAt" = now() + make_interval(mins => $1) where id = (select id from auth."session" order by "createdAt" desc limit 1)`,
		[minutes],
	);
}

const note = (page: Page) => page.getByText('Ihre Anmeldung endet:');
const stay = (page: Page) => page.getByRole('button', { name: 'Angemeldet bleiben' });
const FORM = '/barrierefreiheit';
const field = (page: Page) => page.locator('textarea').first();

describe('before a session ends its person is warned and can stay', () => {
	test('without script: every page says so half a day before; the answer opens beside, what was typed stays', async () => {
		const page = await newPage({ role: 'member', javaScriptEnabled: false });
		await page.goto(FORM);
		expect(await note(page).isVisible()).toBe(false);
		await endsIn(30);
		await page.goto(FORM);
		expect(await note(page).isVisible()).toBe(true);
		await field(page).fill('Die Rampe am Eingang ist zu steil.');
		const opened = page.context().waitForEvent('page');
		await stay(page).click();
		const answer = await opened;
		await answer.getByText('Sie bleiben angemeldet.').waitFor();
		expect(await field(page).inputValue()).toBe('Die Rampe am Eingang ist zu steil.');
		expect(await minutesLeft()).toBeGreaterThan(23 * 60);
		await page.goto(FORM);
		expect(await note(page).isVisible()).toBe(false);
		await page.context().close();
	});

	test('with script: a page left open speaks up ten minutes before, and stays on without being left', async () => {
		const page = await newPage({ role: 'member' });
		await page.clock.install();
		await page.goto(FORM);
		await field(page).fill('Die Rampe am Eingang ist zu steil.');
		await page.clock.fastForward('23:40:00');
		expect(await note(page).isVisible()).toBe(false);
		await page.clock.fastForward('00:11:00');
		expect(await note(page).isVisible()).toBe(true);
		expect(await axeFindings(page)).toEqual([]);
		await endsIn(9);
		await stay(page).click();
		await page.getByText('Sie bleiben angemeldet bis').waitFor();
		expect(await field(page).inputValue()).toBe('Die Rampe am Eingang ist zu steil.');
		expect(await minutesLeft()).toBeGreaterThan(23 * 60);
		const [cookie] = (await page.context().cookies()).filter(({ name }) => name.endsWith('session_token'));
		expect(cookie!.expires * 1000 - Date.now()).toBeGreaterThan(23 * 3_600_000);
		await page.context().close();
	});

	test('when it is too late to stay, the note says where to go on, and what was typed stays', async () => {
		const page = await newPage({ role: 'member' });
		await page.clock.install();
		await page.goto(FORM);
		await field(page).fill('Die Rampe am Eingang ist zu steil.');
		await page.clock.fastForward('23:51:00');
		await sql('delete from auth."session"');
		await stay(page).click();
		await page.getByText('Bitte melden Sie sich in einem neuen Fenster an.').waitFor();
		expect(await field(page).inputValue()).toBe('Die Rampe am Eingang ist zu steil.');
		await page.context().close();
	});

	test('a form that leads to the sign-in instead of being answered is there again afterwards', async () => {
		const page = await newPage({ role: 'member' });
		await page.goto(FORM);
		await field(page).fill('Die Rampe am Eingang ist zu steil.');
		const refuse = (route: Route) =>
			route.request().method() === 'POST'
				? route.fulfill({ status: 303, headers: { location: '/anmelden' } })
				: route.continue();
		await page.route(`**${FORM}*`, refuse);
		await page.locator('form[data-draft] button[type=submit]').click();
		await page.waitForURL(/\/anmelden/);
		await page.unroute(`**${FORM}*`, refuse);
		await page.goto(FORM);
		expect(await field(page).inputValue()).toBe('Die Rampe am Eingang ist zu steil.');
		await page.context().close();
	});

	test('visitors see nothing of it', async () => {
		const page = await newPage();
		await page.goto(FORM);
		expect(await page.locator('[data-session-left]').count()).toBe(0);
		await page.context().close();
	});
});
