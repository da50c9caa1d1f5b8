import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startApp } from '../support/app.ts';
import { axeFindings } from '../support/axe.ts';

const { newPage, url, database } = await startApp({ demonstration: true, workers: 2 });
const minutes = fileURLToPath(new URL('files/niederschrift-nordhafen.txt', import.meta.url));

async function upload(page: Page, files: Parameters<Page['setInputFiles']>[1]): Promise<void> {
	await page.goto('/einlesen');
	await page.getByLabel('Dateien', { exact: true }).setInputFiles(files);
	await page.getByRole('button', { name: 'Einlesen' }).click();
	await page.waitForURL(/\/einlesen\/./);
}

const textFile = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

describe('old minutes become a public record, without script', () => {
	test('VOR-24~: numbers in an uploaded text are recognised and shown with the item that names them', async () => {
		const page = await newPage({ role: 'office', javaScriptEnabled: false });
		await upload(page, minutes);
		expect(await page.title()).toContain('Niederschrift prüfen');
		expect(await page.getByLabel('Erwähnte Vorlagen').inputValue()).toBe('A0077/22');
		await page.context().close();
	});

	test('SIT-03~ SIT-05~: what is typed wrong is kept, mended, and the session computes nine of fifteen', async () => {
		const page = await newPage({ role: 'office', javaScriptEnabled: false });
		await upload(page, minutes);
		// The same file again is recognised: it leads to the document that is there.
		expect(page.url()).toContain('?bekannt');

		await page.getByLabel('Ende', { exact: true }).first().fill('25:99');
		await page.getByRole('button', { name: 'Zwischenstand sichern' }).click();
		expect(await page.locator('#faults').innerText()).toContain('25:99');
		expect(await page.getByLabel('Ende', { exact: true }).first().inputValue()).toBe('25:99');
		await page.getByLabel('Ende', { exact: true }).first().fill('19:20');
		await page.getByRole('button', { name: 'Zwischenstand sichern' }).click();
		expect(await page.getByRole('status').first().innerText()).toContain('Gesichert');

		expect(await page.getByText('15 Sitze: 7 entsandt, 8 aus der Einwohnerschaft').count()).toBe(1);
		await page.getByLabel('Regeln für ein neues Gremium').selectOption('st-beirat-2019');
		await page.getByRole('button', { name: 'Übernehmen' }).click();
		await page.waitForURL(/\/sitzungen\/2022-06-14$/);
		expect((await page.locator('.seat-table').textContent())!.match(/entschuldigt/g)).toHaveLength(3);
		await page.context().close();

		const visitor = await newPage({ javaScriptEnabled: false });
		await visitor.goto('/sitzungen/2022-06-14');
		expect(await visitor.getByRole('heading', { level: 1 }).innerText()).toBe('3. öffentliche Sitzung');
		expect(await visitor.getByText('17:30 bis 19:20 Uhr').count()).toBeGreaterThan(0);
		const side = visitor.locator('.side');
		expect(await side.getByText('9 von 15 anwesend, nötig sind 8').count()).toBe(1);
		expect(await side.locator('.key').innerText()).toMatch(/anwesend 6\s+vertreten 3\s+nicht da 3\s+ohne Angabe 3/);
		const seats = await visitor.locator('.seat-table').evaluate((table) => table.textContent!.replace(/\s+/g, ' '));
		expect(seats).toMatch(/Greta Holm\s*Rote Liste\s*vertreten durch Silke Ammon/);
		// Why somebody was away is told to members and office alone.
		expect(seats).not.toContain('entschuldigt');
		expect(seats.match(/ohne Angabe/g)).toHaveLength(3);
		await visitor.context().close();
	});

	test('GRE-06 QUE-11: a guest of the administration is on the list by function and never changes the quorum', async () => {
		const page = await newPage({ javaScriptEnabled: false });
		await page.goto('/sitzungen/2022-06-14');
		const html = await page.content();
		expect(html).toContain('Amt für Soziales');
		expect(html).not.toContain('Sandmann</');
		const others = await page.locator('section[aria-labelledby="weitere"]').evaluate((part) => part.textContent);
		expect(others).not.toContain('Berit');
		expect(await page.getByText('9 von 15 anwesend, nötig sind 8').count()).toBe(1);
		await page.context().close();
	});

	test('GRE-04: residents’ seats stand apart from delegated ones, and both are exported with their days', async () => {
		const page = await newPage({ javaScriptEnabled: false });
		await page.goto('/gremien');
		await page.getByRole('link', { name: 'Beirat für Zusammenleben' }).click();
		const sections = page.locator('section.sec');
		expect(await sections.filter({ hasText: 'Entsandt von den Fraktionen' }).locator('li').count()).toBe(7);
		expect(await sections.filter({ hasText: 'Einwohnerinnen und Einwohner' }).locator('li').count()).toBe(8);
		const href = await page.getByRole('link', { name: /CSV/ }).first().getAttribute('href');
		const csv = await (await fetch(url + href!)).text();
		const rows = csv.trim().split('\r\n');
		expect(rows[0]).toContain('startDate;endDate');
		expect(rows.filter((row) => row.includes(';delegated;'))).toHaveLength(7);
		expect(rows.filter((row) => row.includes(';resident;') && row.includes('2022-06-14'))).toHaveLength(8);
		await page.context().close();
	});

	test('SIT-29: dates named in the minutes become entries of the calendar with their place', async () => {
		const page = await newPage({ javaScriptEnabled: false });
		await page.goto('/termine?monat=2022-07');
		await page
			.getByRole('link', { name: /Hafenfest/ })
			.first()
			.click();
		await page.waitForURL(/\/sitzungen\/2022-06-14/);
		expect(await page.locator('.side').getByText('Kaiplatz').count()).toBeGreaterThan(0);
		await page.goto('/termine?monat=2022-07');
		expect(await page.locator('main').innerText()).toMatch(/Hafenfest[^\n]*Kaiplatz/);
		const feed = (await (await fetch(`${url}/sitzungen.ics`)).text()).replaceAll(/\r\n[ \t]/g, '');
		const entry = feed.split('BEGIN:VEVENT').find((part) => part.includes('Hafenfest'));
		expect(entry).toMatch(/LOCATION:[^\r]*Kaiplatz/);
		await page.context().close();
	});

	test('taking the same minutes over twice, or reading them as a visitor, is refused', async () => {
		const page = await newPage({ role: 'office', javaScriptEnabled: false });
		await upload(page, minutes);
		expect(await page.getByText('Diese Unterlage ist schon übernommen.').count()).toBe(1);
		expect(await page.getByRole('button', { name: 'Übernehmen' }).count()).toBe(0);
		const address = new URL(page.url()).pathname;
		await page.context().close();
		expect((await fetch(url + address)).status).toBe(404);
		expect((await fetch(`${url}/einlesen`)).status).toBe(404);
	});
});

test('a closed part of old minutes stays inside, and so does the original', async () => {
	const page = await newPage({ role: 'office', javaScriptEnabled: false });
	const text = readFileSync(minutes, 'utf8')
		.replace('14.06.2022', '20.09.2022')
		.replace('3. öffentlichen', '4. öffentlichen')
		.replace(
			'F.d.R.d.P.',
			'Nichtöffentlicher Teil\n\n5. Besetzung der Stabsstelle\n\nFrau Geheimnis wird vorgeschlagen.\n\nF.d.R.d.P.',
		);
	await upload(page, textFile('mit-nichtoeffentlichem-teil.txt', text));
	expect(await page.getByText('Dieser Punkt steht im nichtöffentlichen Teil').count()).toBe(1);
	await page.getByRole('button', { name: 'Übernehmen' }).click();
	await page.waitForURL(/\/sitzungen\/2022-09-20$/);
	expect(await page.content()).toContain('Besetzung der Stabsstelle');
	const original = await page.getByRole('link', { name: 'Original der Niederschrift' }).getAttribute('href');
	await page.context().close();
	const html = await (await fetch(`${url}/sitzungen/2022-09-20`)).text();
	expect(html).toContain('Nichtöffentlicher Punkt');
	expect(html).not.toContain('Stabsstelle</');
	expect(html).not.toContain('Geheimnis');
	expect(html).not.toContain(original);
	expect((await fetch(url + original!)).status).toBe(404);
	const found = await (await fetch(`${url}/suche?q=Geheimnis`)).text();
	expect(found).not.toContain('2022-09-20');
});

describe('what can’t be read says why, and nothing is half-saved', () => {
	test.each([
		['leer.txt', '', /leer/],
		['geheim.docx', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', /lesen wir nicht|Passwort|beschädigt/],
		['bild.png', '\x89PNG\r\n\x1a\n', /lesen wir nicht|beschädigt|Scan/],
	])('%s', async (name, bytes, sentence) => {
		const page = await newPage({ role: 'office', javaScriptEnabled: false });
		await page.goto('/einlesen');
		await page
			.getByLabel('Dateien', { exact: true })
			.setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes, 'latin1') });
		await page.getByRole('button', { name: 'Einlesen' }).click();
		await page.goto('/einlesen');
		const row = page.locator('tr', { hasText: name });
		expect(await row.innerText()).toMatch(sentence);
		expect(await row.innerText()).toContain('nicht lesbar');
		await page.context().close();
	});

	test('24 bytes of text are no minutes: the kind is unknown and can be chosen, or the file put away and taken back', async () => {
		const page = await newPage({ role: 'office', javaScriptEnabled: false });
		await upload(page, textFile('zettel.txt', 'Milch, Brot, Kerzen, Tee'));
		expect(await page.getByText('keine Niederschrift und keine Vorlage erkannt').count()).toBe(1);
		await page.getByRole('button', { name: 'Weglegen' }).click();
		expect(await page.getByText('Weggelegt.').count()).toBe(1);
		await page.getByRole('button', { name: 'Zurückholen' }).click();
		expect(await page.getByRole('button', { name: 'Weglegen' }).count()).toBe(1);
		await page.context().close();
	});
});

test('a document of two megabytes arrives whole', async () => {
	const page = await newPage({ role: 'office', javaScriptEnabled: false });
	await upload(page, textFile('lang.txt', 'Der Rat sprach über Bäume und Wege.\n\n'.repeat(50_000)));
	expect(await page.title()).toContain('prüfen');
	const [row] = await database.sql<{ size: number }>(`select size from kernel.file where name = 'lang.txt'`);
	expect(Number(row!.size)).toBeGreaterThan(1_900_000);
	await page.context().close();
});

test('many files: a bar, what failed beside what was read, and nothing read twice', async () => {
	const page = await newPage({ role: 'office', javaScriptEnabled: false });
	const papers = Array.from({ length: 6 }, (_, n) =>
		textFile(
			`antrag-${n}.txt`,
			`Antrag A010${n}/24\nFraktion Hafenpartei\nBetreff: Bänke am Kai ${n}\nDer Stadtrat möge beschließen: Es werden Bänke aufgestellt.`,
		),
	);
	await upload(page, [
		...papers,
		{ name: 'foto.png', mimeType: 'image/png', buffer: Buffer.from('\x89PNG\r\n\x1a\nfoto', 'latin1') },
	]);
	await expect
		.poll(async () => (await page.goto(page.url().replace(/\?.*/, '')), page.getByRole('status').first().innerText()), {
			timeout: 60_000,
			interval: 500,
		})
		.toContain('7 von 7');
	expect(await page.getByText('Alle Dateien sind gelesen.').count()).toBe(1);
	expect(await page.getByText(/konnten? wir nicht lesen/).count()).toBe(1);
	const rows = await database.sql<{ n: number }>(
		`select count(*)::int as n from import.document where name like 'antrag-%'`,
	);
	expect(rows[0]!.n).toBe(6);
	await page.context().close();
});

test('with script, keys decide and go on, and the page saves by itself', async () => {
	const page = await newPage({ role: 'office' });
	await upload(
		page,
		textFile(
			'kurz.txt',
			readFileSync(minutes, 'utf8').replace('14.06.2022', '15.06.2022').replace('3. öffentlichen', '4. öffentlichen'),
		),
	);
	await page.locator('form.review').waitFor();
	const first = page.locator('[data-finding]').first();
	// The page is alive when a key moves the mark.
	await expect
		.poll(
			async () => (
				await page.keyboard.press('ArrowUp'),
				page.keyboard.press('ArrowDown'),
				page.locator('[data-finding].now').count()
			),
			{ timeout: 60_000 },
		)
		.toBeGreaterThan(0);
	await page.keyboard.press('ArrowUp');
	const saved = page.waitForResponse((answer) => answer.url().includes('?/sichern'));
	await page.keyboard.press('x');
	expect((await saved).ok()).toBe(true);
	await page.reload();
	expect(await page.locator('input[name^="left:"]:checked').count()).toBe(1);
	expect(await first.isVisible()).toBe(true);
	expect(await axeFindings(page)).toEqual([]);
	await page.context().close();
});
