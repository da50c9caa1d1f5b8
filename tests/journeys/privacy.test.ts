import { expect, test } from 'vitest';
import { verifyAudit } from '../../src/kernel/audit/verify.ts';
import { OPERATOR } from '../../src/kernel/access/actor.ts';
import { contextFor, endRequest } from '../../src/kernel/request.ts';
import { allTowns } from '../../src/kernel/towns.ts';
import { axeFindings } from '../support/axe.ts';
import { startApp } from '../support/app.ts';

const { newPage, database, signIn, url } = await startApp({ demonstration: true, workers: 0 });
const WITHOUT_SCRIPT = { javaScriptEnabled: false };

const [member] = await database.sql<{ id: string; name: string; email: string; account: string }>(
	`select p.id, concat_ws(' ', nullif(p.given_name, ''), p.family_name) as name, u."email", u."id" as account
	 from auth."user" u join registry.person p on p.account_id = u."id" where u."demonstration" = 'member'`,
);
const { id, name, email, account } = member!;

test('a member downloads and corrects her data and asks for erasure; an administrator erases her; the log verifies', async () => {
	const page = await newPage({ role: 'member', ...WITHOUT_SCRIPT });
	await page.goto('/konto');
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: 'Zum Lesen herunterladen (HTML)' }).click(),
	]);
	expect(await text(file)).toContain(email);
	await page.getByLabel('Telefon').fill('0391 555');
	await page.locator('form[action="?/berichtigen"]').getByRole('button', { name: 'Speichern' }).click();
	expect(await page.getByRole('status').innerText()).toContain('Ihre Angaben sind gespeichert');
	expect(await page.getByLabel('Telefon').inputValue()).toBe('0391 555');
	await page.getByRole('button', { name: 'Antrag auf Löschung senden' }).click();
	expect(await page.getByRole('status').innerText()).toContain('Ihr Antrag auf Löschung');

	const office = await newPage({ role: 'administrator', ...WITHOUT_SCRIPT });
	await office.goto('/tisch');
	await office.locator(`a[href="/personen/${id}#auskunft"]`).first().click();
	const [letter] = await Promise.all([
		office.waitForEvent('download'),
		office.getByRole('button', { name: 'Für andere Programme herunterladen (JSON)' }).click(),
	]);
	const { tables } = JSON.parse(await text(letter)) as { tables: { table: string; rows: { phone?: string }[] }[] };
	expect(tables.find(({ table }) => table === 'registry.person')!.rows[0]!.phone).toBe('0391 555');
	await office.getByRole('link', { name: 'Löschen vorbereiten' }).click();
	expect(await office.getByRole('heading', { level: 1 }).innerText()).toBe(`${name} löschen`);
	await office.getByRole('button', { name: 'Endgültig löschen' }).click();
	expect(await office.locator('#faults').innerText()).toContain('Bitte bestätigen Sie');
	expect(await database.sql('select 1 from auth."user" where "id" = $1', [account])).toHaveLength(1);
	await office.getByLabel('Ich habe geprüft').check();
	await office.getByRole('button', { name: 'Endgültig löschen' }).click();
	expect(await office.getByRole('status').innerText()).toContain('Die Person ist gelöscht');
	expect(await office.locator('main').innerText()).not.toContain(name);

	expect(await database.sql('select 1 from auth."user" where "id" = $1', [account])).toEqual([]);
	await page.goto('/konto');
	expect(new URL(page.url()).pathname).toBe('/anmelden');
	await office.goto('/protokollierung');
	await office.getByRole('button', { name: 'Jetzt nachrechnen' }).click();
	expect(await office.getByRole('status').innerText()).toContain('Alles unverändert');
	expect(await verified()).toBe(true);
	await Promise.all([page.context().close(), office.context().close()]);
});

test('the record of processing is read as page, PDF and table; the administrator starts a retention run', async () => {
	const page = await newPage({ role: 'administrator', ...WITHOUT_SCRIPT });
	await page.goto('/datenschutz/verzeichnis');
	await page.getByRole('button', { name: 'Jetzt ausführen' }).click();
	expect(await page.getByRole('status').innerText()).toContain('Der Löschlauf ist fertig');
	await page.context().close();
	const headers = { cookie: await signIn('office') };
	const pdf = await fetch(`${url}/datenschutz/verzeichnis.pdf`, { headers });
	expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
	const table = await fetch(`${url}/datenschutz/verzeichnis.csv`, { headers });
	expect(await table.text()).toContain('registry.person');
});

test.each([
	['member', '/konto'],
	['administrator', '/datenschutz/verzeichnis'],
	['administrator', '/personen/PERSON'],
	['administrator', '/personen/PERSON/loeschen'],
] as const)('axe finds nothing for the %s on %s', async (role, path) => {
	const [other] = await database.sql<{ id: string }>(
		`select p.id from registry.person p join registry.membership m on m.person_id = p.id where p.family_name <> '' limit 1`,
	);
	// The demonstration's member was erased above.
	const page = await newPage({ role: role === 'member' ? 'chair' : role, viewport: { width: 390, height: 900 } });
	const answer = await page.goto(path.replace('PERSON', other!.id));
	expect([answer!.status(), await axeFindings(page)]).toEqual([200, []]);
	await page.context().close();
});

async function verified(): Promise<boolean> {
	const [town] = await allTowns();
	const ctx = contextFor(town!, OPERATOR);
	try {
		return (await verifyAudit(ctx)).ok;
	} finally {
		await endRequest(ctx);
	}
}

async function text(download: { createReadStream: () => Promise<AsyncIterable<Buffer>> }): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of await download.createReadStream()) parts.push(part);
	return Buffer.concat(parts).toString();
}
