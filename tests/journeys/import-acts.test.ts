import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startWorkers } from '../../src/kernel/jobs/workers.ts';
import { startApp } from '../support/app.ts';
import { axeFindings } from '../support/axe.ts';
import { townTables } from '../support/catalog.ts';

/** Nothing is read in the background but while a test lets it. */
const { newPage, database } = await startApp({ demonstration: true, workers: 0 });
const { sql } = database;
// What the demonstration has left to do, its files above all, is nothing of an import's: each test would wait for it.
await sql('delete from graphile_worker._private_jobs');
const minutes = readFileSync(new URL('files/niederschrift-nordhafen.txt', import.meta.url), 'utf8');

const textFile = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const motion = (number: string, subject: string) =>
	`Antrag ${number}\nFraktion Hafenpartei\nBetreff: ${subject}\nDer Stadtrat möge beschließen: ${subject}.`;

async function upload(page: Page, files: Parameters<Page['setInputFiles']>[1]): Promise<void> {
	await page.goto('/einlesen');
	await page.getByLabel('Dateien', { exact: true }).setInputFiles(files);
	await page.getByRole('button', { name: 'Einlesen' }).click();
	await page.waitForURL(/\/einlesen\/./);
}

/** Lets the queue run until nothing is left in it. */
async function runJobs(): Promise<void> {
	const workers = await startWorkers(1);
	try {
		const left = async () => (await sql<{ n: number }>('select count(*)::int as n from graphile_worker.jobs'))[0]!.n;
		await expect.poll(left, { timeout: 60_000 }).toBe(0);
	} finally {
		await workers.stop();
	}
}

const again = (page: Page) => page.goto(page.url().replace(/\?.*/, ''));
const progress = (page: Page) => page.getByRole('status').first().innerText();

describe.each([
	['with script', true],
	['without script', false],
])('%s', (_, javaScriptEnabled) => {
	test('the reading of many files is cancelled, nothing is read then, and it goes on where it stopped', async () => {
		const page = await newPage({ role: 'office', javaScriptEnabled });
		const mark = javaScriptEnabled ? 'a' : 'b';
		await upload(
			page,
			[1, 2, 3].map((n) => textFile(`${mark}${n}.txt`, motion(`A020${n}/24`, `Bank ${mark}${n} am Kai`))),
		);
		expect(await progress(page)).toContain('0 von 3');
		await page.getByRole('button', { name: 'Abbrechen' }).click();
		await page.getByText('Abgebrochen', { exact: false }).first().waitFor();
		await runJobs();
		await again(page);
		expect(await progress(page)).toContain('0 von 3');
		const states = () =>
			sql<{ state: string }>('select state from import.document where name like $1', [`${mark}_.txt`]).then((rows) =>
				rows.map(({ state }) => state),
			);
		expect(await states()).toEqual(['waiting', 'waiting', 'waiting']);

		await page.getByRole('button', { name: 'Weiterlesen' }).click();
		await page.getByRole('button', { name: 'Anhalten' }).click();
		await page.getByRole('button', { name: 'Weiterlesen' }).click();
		await page.getByRole('button', { name: 'Anhalten' }).waitFor();
		await runJobs();
		await again(page);
		expect(await progress(page)).toContain('3 von 3');
		expect(await states()).toEqual(['read', 'read', 'read']);
		await page.context().close();
	});

	test('everything certain is accepted in one act, doubts stay open, and the act is undone in one', async () => {
		const page = await newPage({ role: 'office', javaScriptEnabled });
		const text = minutes.replace('14.06.2022', javaScriptEnabled ? '16.06.2022' : '17.06.2022');
		await upload(page, textFile('viele-angaben.txt', text));
		const [document] = await sql<{ id: string }>('select id from import.document order by created_at desc limit 1');
		const decisions = async () =>
			Object.entries(
				(await sql<{ decisions: object }>('select decisions from import.document where id = $1', [document!.id]))[0]!
					.decisions,
			);
		const boxes = (within: string) => page.locator(`section[aria-labelledby=${within}] input[name^="ok:"]`);
		const [sure, doubtful] = [await boxes('sicher').count(), await boxes('zweifelhaft').count()];
		expect(sure).toBeGreaterThan(10);
		expect(doubtful).toBeGreaterThan(0);
		// One is decided by hand before, and stays as it is.
		if (javaScriptEnabled) await page.locator('form.review.live').waitFor();
		await page.locator('[data-finding="/date"]').click();
		await page.locator('input[name="left:/date"]').check();
		if (javaScriptEnabled) await expect.poll(async () => (await decisions()).length, { timeout: 60_000 }).toBe(1);

		await page.getByRole('button', { name: 'Alle sicheren annehmen' }).click();
		const said = page.locator('[data-sure-state]');
		await expect.poll(() => said.innerText()).toContain(`${sure - 1} sichere Angaben sind angenommen`);
		await expect.poll(async () => (await decisions()).length, { timeout: 60_000 }).toBe(sure);
		const kinds = (await decisions()).map(([, decision]) => decision);
		expect([
			kinds.filter((kind) => kind === 'accepted').length,
			kinds.filter((kind) => kind === 'left').length,
		]).toEqual([sure - 1, 1]);
		expect(
			await boxes('zweifelhaft').evaluateAll((all) => all.filter((box) => (box as HTMLInputElement).checked)),
		).toEqual([]);

		await page.getByRole('button', { name: 'Rückgängig machen' }).click();
		await expect.poll(() => said.innerText()).toContain('Zurückgenommen');
		await expect.poll(decisions, { timeout: 60_000 }).toEqual([['/date', 'left']]);
		expect(await page.getByRole('button', { name: 'Rückgängig machen' }).isVisible()).toBe(false);
		await page.context().close();
	});
});

test('a taking over that breaks off half-way leaves nothing, and goes through when tried again', async () => {
	const page = await newPage({ role: 'office', javaScriptEnabled: false });
	await upload(page, textFile('bricht-ab.txt', minutes.replace('14.06.2022', '21.06.2022')));
	const address = page.url();
	// The very last row of the transaction is refused: everything before is written by then.
	await sql(
		`create function public.break_off() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$`,
	);
	await sql(
		`create trigger break_off before update on import.document for each row when (new.state = 'taken') execute function public.break_off()`,
	);
	// The review itself is saved before, in a transaction of its own.
	await page.getByLabel('Regeln für ein neues Gremium').selectOption('st-beirat-2019');
	await page.getByRole('button', { name: 'Zwischenstand sichern' }).click();
	const before = await everything();
	await page.getByLabel('Regeln für ein neues Gremium').selectOption('st-beirat-2019');
	await page.getByRole('button', { name: 'Übernehmen', exact: true }).click();
	expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toContain('öffentliche Sitzung');
	expect(await everything()).toEqual(before);

	await sql('drop trigger break_off on import.document; drop function public.break_off()');
	await page.goto(address);
	await page.getByLabel('Regeln für ein neues Gremium').selectOption('st-beirat-2019');
	await page.getByRole('button', { name: 'Übernehmen', exact: true }).click();
	await page.waitForURL(/\/sitzungen\/2022-06-21/);
	const after = await everything();
	expect(after['council.meeting']).toBe(before['council.meeting']! + 1);
	expect(after['registry.person']).toBeGreaterThan(before['registry.person']!);
	await page.context().close();
});

/** How many rows each table holds, except those that tell of the saving of the review and of the try itself. */
async function everything(): Promise<Record<string, number>> {
	const tables = (await townTables(sql))
		.map(({ name }) => name)
		.filter((name) => !/^kernel\.(audit|change)/.test(name));
	const counts = tables.map((name) => `select '${name}' as name, count(*)::int as n from ${name}`);
	const rows = await sql<{ name: string; n: number }>(counts.join(' union all '));
	return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}

test('a reviewed motion is found by those who review, by its number and by its words; before the review by nobody', async () => {
	const page = await newPage({ role: 'office', javaScriptEnabled: false });
	const found = async (query: string) => {
		await page.goto(`/suche?q=${encodeURIComponent(query)}`);
		return page
			.locator('main')
			.getByRole('link', { name: /Trinkbrunnen/ })
			.count();
	};
	await upload(page, textFile('brunnen.txt', motion('A0345/24', 'Trinkbrunnen auf dem Schulhof der Lindenschule')));
	const address = page.url();
	expect(await found('A0345/24')).toBe(0);
	await page.goto(address);
	await page.getByRole('button', { name: 'Als geprüft ablegen' }).click();
	await page.getByText('Als geprüft abgelegt').first().waitFor();
	for (const query of ['A0345/24', 'Trinkbrunnen', 'Brunnen Lindenschule'])
		expect(await found(query), query).toBeGreaterThan(0);
	await page.context().close();
	const visitor = await newPage({ javaScriptEnabled: false });
	await visitor.goto('/suche?q=A0345%2F24');
	expect(await visitor.locator('main').getByText('Trinkbrunnen').count()).toBe(0);
	await visitor.context().close();
});

describe.each([
	['de', 'light', 1280],
	['en', 'dark', 390],
] as const)('inner pages in %s, %s, %i wide', (locale, colorScheme, width) => {
	test('axe finds nothing on any of them', async () => {
		const [read] = await sql<{ id: string; batch_id: string }>(
			`select id, batch_id from import.document where state = 'read' limit 1`,
		);
		const [person] = await sql<{ id: string }>('select id from registry.person order by created_at limit 1');
		const pages = {
			office: [
				'/einlesen',
				`/einlesen/${read!.id}`,
				`/einlesen/stapel/${read!.batch_id}`,
				'/tisch',
				'/konto',
				'/konto/passwort',
				'/konto/zweiter-schritt',
				'/barrierefreiheit/rueckmeldungen',
				'/abmelden',
			],
			administrator: [
				'/personen',
				`/personen/${person!.id}`,
				`/personen/${person!.id}/loeschen`,
				'/datenschutz/verzeichnis',
				'/protokollierung',
				'/tisch',
			],
			member: ['/tisch', '/aufgaben', '/konto'],
		} as const;
		const findings: Record<string, string[]> = {};
		for (const [role, paths] of Object.entries(pages)) {
			const page = await newPage({ role: role as keyof typeof pages, colorScheme, viewport: { width, height: 900 } });
			for (const path of paths) {
				const answer = await page.goto(locale === 'de' ? path : `/${locale}${path}`);
				await page.evaluate(() =>
					document.querySelectorAll<HTMLDetailsElement>('main details').forEach((e) => (e.open = true)),
				);
				const found = await axeFindings(page);
				if (answer?.status() !== 200) found.push(`answered ${answer?.status()}`);
				if (found.length) findings[`${role} ${path}`] = found;
			}
			await page.context().close();
		}
		expect(findings).toEqual({});
	});
});
