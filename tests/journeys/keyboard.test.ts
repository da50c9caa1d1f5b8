import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runtime } from '../../src/kernel/runtime.ts';
import { fixturesOf } from '../contract/access-fixtures.ts';
import { pathsOf, rowName } from '../contract/access-paths.ts';
import { readTable } from '../contract/access-table.ts';
import { startApp } from '../support/app.ts';
import { goThrough } from '../support/keyboard.ts';
import { peopleOfAllRoles, type Role } from '../support/roles.ts';
import { waysOf } from '../support/routes.ts';

/**
 * Every page that the office and a member may open, as somebody without a mouse and somebody with a screen reader have it: Tab goes
 * through all that can be used, in the order in which it stands there, and always seen; what a screen reader is told has names.
 */
const table = readTable(readFileSync(fileURLToPath(new URL('../contract/access.md', import.meta.url)), 'utf8'));
const app = await startApp({ demonstration: true, workers: 0 });
const signIn = await peopleOfAllRoles(app);
const fixtures = await fixturesOf(app, signIn);
const gets = (await waysOf(runtime().config.buildDir)).filter(({ method }) => method === 'GET');
/** A page for each address that a role may open: the first example that shows something. */
const pagesOf = (role: Role) =>
	gets.flatMap((way) => {
		const open = pathsOf(way.path, fixtures).find(({ name }) => table.get(rowName(way, name))?.get(role) === '200');
		return open ? [{ way: way.path, path: open.path }] : [];
	});

describe.for(['office', 'member'] as const)('for the role "%s"', (role) => {
	test('every page is gone through by keyboard, and read by a screen reader', { timeout: 900_000 }, async () => {
		const cookie = (await signIn(role))!;
		// Sign-ins of the same minute on the same device look alike in every way.
		await app.database.sql(
			`delete from auth."session" old using auth."session" new
			 where old."userId" = new."userId" and old."createdAt" < new."createdAt"`,
		);
		const { seen, faults } = await goThrough(app, cookie, pagesOf(role));
		expect(seen).toBeGreaterThan(role === 'office' ? 60 : 25);
		expect(faults).toEqual([]);
	});
});

test('skip link, menu, list of keys and the answer to a form have the focus where reading goes on', async () => {
	const page = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim().replaceAll(/\s+/g, ' ') ?? '');
	await page.goto('/einbindung/kontakte');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');

	const menu = page.locator('details.lang');
	await menu.locator('summary').focus();
	await page.keyboard.press('Enter');
	expect(await menu.getAttribute('open')).not.toBeNull();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Escape');
	expect(await menu.getAttribute('open')).toBeNull();
	expect(await focused()).toContain('Deutsch');

	await page.keyboard.press('?');
	await page.locator('dialog[open]').waitFor();
	await page.keyboard.press('Escape');
	expect(await page.locator('dialog[open]').count()).toBe(0);
	expect(await focused()).toContain('Deutsch');

	const topic = page.locator('input[name="topic"]');
	await page.locator('input[name="name"]').fill('Verein am Tor');
	await topic.press('Enter');
	await page.locator('[data-faults]').waitFor();
	expect(await focused()).toContain('worum es ging');
	await topic.fill('Raum für das Fest');
	await topic.press('Enter');
	await page.getByText('Raum für das Fest').waitFor();
	expect(await focused()).toBe('Gespeichert.');
	const remove = page.getByRole('button', { name: 'Eintrag zu Verein am Tor entfernen' });
	await remove.press('Enter');
	await page.getByText('Eintrag entfernt: Verein am Tor').first().waitFor();
	expect(await focused()).toContain('Eintrag entfernt: Verein am Tor');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await remove.waitFor();
	await page.context().close();
});
