import { expect, test } from 'vitest';
import { startApp } from '../support/app.ts';
import { weekOfTrouble } from '../support/administration.ts';
import { goThrough } from '../support/keyboard.ts';
import { peopleOfAllRoles } from '../support/roles.ts';

/** The pages of the town's own technicians, full as after a week of trouble, and with everything unfolded. */
const app = await startApp({ demonstration: true, workers: 0 });
const signIn = await peopleOfAllRoles(app);
await weekOfTrouble(app);

test('what administrators alone open is gone through by keyboard, and read by a screen reader', async () => {
	const [person] = await app.database.sql<{ id: string }>(
		`select id from registry.person where family_name = 'Probe member'`,
	);
	// A second device, so that there is something to end.
	await signIn('administrator');
	const cookie = (await signIn('administrator'))!;
	// Sign-ins of the same minute on the same device look alike in every way: two are left, a day apart.
	await app.database.sql(
		`with newest as (select *, row_number() over (partition by "userId" order by "createdAt" desc) as place from auth."session")
		 delete from auth."session" s using newest n where n."id" = s."id" and n.place > 2`,
	);
	await app.database.sql(
		`update auth."session" old set "createdAt" = old."createdAt" - interval '1 day' from auth."session" new
		 where old."userId" = new."userId" and old."createdAt" < new."createdAt"`,
	);
	const pages = [
		'/betrieb',
		'/systeme',
		'/offene-daten/lizenz',
		'/offene-daten/lizenz?gespeichert',
		'/personen',
		'/personen/rollenregeln',
		`/personen/${person!.id}`,
		`/personen/${person!.id}/zugang`,
		`/personen/${person!.id}/loeschen`,
		'/protokollierung',
		'/datenschutz/verzeichnis',
		'/barrierefreiheit/rueckmeldungen',
		'/konto',
		'/konto/passwort',
		'/konto/zweiter-schritt',
		'/tisch',
		'/verwaltung',
	];
	const { seen, faults } = await goThrough(
		app,
		cookie,
		pages.map((path) => ({ way: path, path })),
		{ unfold: true },
	);
	expect(faults).toEqual([]);
	expect(seen).toBe(pages.length);
});

test('while a system is read, the page follows it and leaves alone what is being typed', async () => {
	const page = await app.newPage({ role: 'office', viewport: { width: 390, height: 844 } });
	await page.goto('/systeme');
	const address = page.locator('input[name="adresse"]');
	await address.fill('https://ris.example/oparl');
	const findings = page.locator('article', { hasText: 'Ratsinformation Nordhafen' }).locator('details');
	await findings.locator('summary').click();
	await address.focus();
	await app.database.sql(
		`update oparl.reading set state = 'done', counts = '{"Paper": {"told": 20001, "kept": 20001, "gone": 0}}' where state = 'running'`,
	);
	await page.getByText('20.001').first().waitFor();
	expect(await page.getByText('wird gelesen').count()).toBe(0);
	expect(await address.inputValue()).toBe('https://ris.example/oparl');
	expect(await address.evaluate((one) => one === document.activeElement)).toBe(true);
	expect(await findings.getAttribute('open')).not.toBeNull();
	expect(await page.locator('[data-again]').getAttribute('data-again')).toBe('');
	await page.context().close();
});

test('on the narrowest phone no page of theirs scrolls sideways, and no long word of a heading is torn', async () => {
	const page = await app.newPage({ role: 'administrator', viewport: { width: 320, height: 720 } });
	const wide: string[] = [];
	for (const path of ['/datenschutz/verzeichnis', '/einbindung/regeln', '/systeme', '/betrieb', '/protokollierung']) {
		await page.goto(path);
		if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wide.push(path);
	}
	expect(wide).toEqual([]);
	await page.goto('/datenschutz/verzeichnis');
	const heading = page.getByRole('heading', { level: 1 });
	expect(await heading.textContent()).toContain('Verarbeitungs\u00ADtätigkeiten');
	// What is taken along is the word alone.
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await heading.selectText();
	await page.keyboard.press('ControlOrMeta+c');
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Verzeichnis der Verarbeitungstätigkeiten');
	await page.context().close();
});
