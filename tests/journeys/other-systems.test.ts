/** Another council system is taken over by the office, and shows on the town's pages. */
import { afterAll, expect, test } from 'vitest';
import { until } from '../../src/server/testing.ts';
import { tellMore } from '../../src/modules/(oparl)/harvest/fake-more.fixture.ts';
import { fakeServer } from '../../src/modules/(oparl)/harvest/fake-server.fixture.ts';
import { walkServer } from '../../scripts/oparl/walk.ts';
import { startApp } from '../support/app.ts';
import { axeFindings } from '../support/axe.ts';

const app = await startApp({ demonstration: true, env: { MITRAT_ASK_LOCAL: 'yes' } });
const server = await fakeServer({ page: 2 });
tellMore(server.town, server.base);
afterAll(() => server.close());

test('the office reads another system, sees what came of it, and everybody finds its sessions and papers', async () => {
	const page = await app.newPage({ role: 'office' });
	await page.goto(`${app.url}/systeme`);
	await page.getByLabel('Adresse des Systems').fill(server.base);
	await page.getByRole('button', { name: 'Lesen' }).click();
	await page.getByText('antwortet kein OParl-System').first().waitFor();
	await page.getByLabel('Adresse des Systems').fill(server.url);
	await page.getByRole('button', { name: 'Lesen' }).click();
	await page.getByText('Das System wird gelesen.').waitFor();
	const state = () => app.database.sql<{ state: string }>(`select state from oparl.reading`);
	await until(async () => (await state())[0]?.state === 'done');
	await page.goto(`${app.url}/systeme`);
	await page.getByRole('heading', { name: 'Stadt Seltenau (Ratsinformation Seltenau)' }).waitFor();
	expect(await page.getByRole('row', { name: /^Vorlagen/ }).innerText()).toMatch(/Vorlagen\s+4\s+4\s+0/);
	expect(await axeFindings(page)).toEqual([]);

	const stranger = await app.newPage();
	const [meeting] = await app.database.sql<{ slug: string }>(
		`select slug from council.meeting where title = '1. Sitzung des Rates'`,
	);
	await stranger.goto(`${app.url}/sitzungen/${meeting!.slug}`);
	await stranger.getByRole('heading', { name: '1. öffentliche Sitzung' }).waitFor();
	await stranger.getByText('Übernommen aus Stadt Seltenau (Ratsinformation Seltenau)').first().waitFor();
	expect(await stranger.getByRole('link', { name: 'Dort ansehen' }).getAttribute('href')).toBe(
		`${server.base}/web/meeting/1`,
	);
	await stranger.getByRole('link', { name: 'Einladung' }).first().waitFor();
	expect(await axeFindings(stranger)).toEqual([]);
	await stranger.goto(`${app.url}/vorlagen/vo-0001-21`);
	await stranger.getByText('Übernommen aus Stadt Seltenau').waitFor();
	await stranger.goto(`${app.url}/ar/vorlagen/vo-0001-21`);
	await stranger.getByText('منقول من').first().waitFor();
	await stranger.goto(`${app.url}/suche?q=Spielplatz+Anger`);
	await stranger
		.getByRole('link', { name: /Spielplatz am Anger, Teil 1/ })
		.first()
		.waitFor();
	expect((await stranger.goto(`${app.url}/systeme`))!.status()).toBe(404);
});

test('a system that was read is asked for what changed', async () => {
	const page = await app.newPage({ role: 'office' });
	await page.goto(`${app.url}/systeme`);
	await page.getByRole('button', { name: 'Auf Änderungen lesen' }).click();
	await page.getByText('Das System wird gelesen.').waitFor();
	const readings = () =>
		app.database.sql<{ whole: boolean }>(`select whole from oparl.reading where state = 'done' order by id`);
	await until(async () => (await readings()).length === 2);
	expect((await readings()).map(({ whole }) => whole)).toEqual([true, false]);
});

test('the office stops a reading and lets it go on; who did so stands in the log', async () => {
	let goOn = (): void => undefined;
	const held = new Promise<void>((resolve) => (goOn = resolve));
	server.wrongs.before = (path) => (path.includes('/paper') ? held : Promise.resolve());
	const page = await app.newPage({ role: 'office' });
	await page.goto(`${app.url}/systeme`);
	await page.getByRole('button', { name: 'Auf Änderungen lesen' }).click();
	const state = async () =>
		(await app.database.sql<{ state: string }>('select state from oparl.reading order by started_at desc limit 1'))[0]!
			.state;
	await until(async () => (await state()) === 'running');
	await page.goto(`${app.url}/systeme`);
	await page.getByRole('button', { name: 'Anhalten' }).click();
	await page.waitForLoadState();
	server.wrongs.before = undefined;
	goOn();
	await until(async () => (await state()) === 'cancelled');
	await page.goto(`${app.url}/systeme`);
	await page.getByRole('button', { name: 'Fortsetzen' }).click();
	await until(async () => (await state()) === 'done');

	const administrator = await app.newPage({ role: 'administrator' });
	await administrator.goto(`${app.url}/protokollierung?art=oparl.source`);
	const told = (name: string) =>
		administrator.getByRole('row').filter({ hasText: 'Anderes System' }).filter({ hasText: name });
	await told('Lesen angehalten').first().waitFor();
	expect(await told('Lesen angehalten').count()).toBe(1);
	expect(await told('Lesen begonnen').count()).toBe(4);
	const entries = await app.database.sql<{ act: string; account: boolean; address: string; whole: boolean }>(
		`select act, account_id is not null as account, plain->>'address' as address, (plain->>'whole')::boolean as whole
			from kernel.audit_entry where kind = 'oparl.source' order by at`,
	);
	const asked = { act: 'readingAsked', account: true, address: server.url, whole: false };
	expect(entries).toEqual([
		asked,
		asked,
		asked,
		{ ...asked, act: 'readingStopped', address: null, whole: null },
		asked,
	]);
});

test('the check of OParl finds no broken rule in a town that was taken over', async () => {
	// For two seconds after a change there is no Last-Modified.
	while (!(await fetch(`${app.url}/oparl/v1.1/system`)).headers.has('last-modified'));
	const { findings } = await walkServer(`${app.url}/oparl/v1.1/system`, new Map());
	expect(findings.list).toEqual([]);
	expect(findings.counts).toMatchObject({ System: 1, Paper: expect.any(Number), Meeting: expect.any(Number) });
});
