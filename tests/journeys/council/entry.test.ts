import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';

const { newPage, database, url } = await startApp({ demonstration: true, workers: 0 });
const WITHOUT_SCRIPT = { javaScriptEnabled: false };

const day = (offset: number) => Temporal.Now.plainDateISO('Europe/Berlin').add({ days: offset }).toString();
const office = () => newPage({ role: 'office', ...WITHOUT_SCRIPT });
const main = (page: Page) => page.locator('main').innerText();

async function openCall(page: Page): Promise<void> {
	await page.goto('/gremien/beirat/bewerbungen');
	await page.getByLabel('Erster Tag').fill(day(-1));
	await page.getByLabel('Letzter Tag').fill(day(20));
	await page.getByRole('button', { name: 'Frist speichern' }).click();
	expect(await main(page)).toContain('Bewerben kann man sich bis');
}

test('GRE-18: an application without the confirmed declaration can’t move to formally checked', async () => {
	const clerk = await office();
	await openCall(clerk);
	const applicant = await newPage(WITHOUT_SCRIPT);
	await applicant.goto('/gremien/beirat/bewerbung');
	await applicant.getByRole('button', { name: 'Bewerbung absenden' }).click();
	expect(await applicant.locator('#faults').innerText()).toContain('Bitte schreiben Sie Ihren Namen.');
	await applicant.getByLabel('Vorname und Name').fill('Zeynep Akgün-Muster');
	await applicant.getByLabel('Ich bin mindestens 18 Jahre alt.').check();
	await applicant.getByRole('button', { name: 'Bewerbung absenden' }).click();
	expect(await applicant.getByRole('status').innerText()).toContain('Ihre Bewerbung ist angekommen');
	expect(await main(applicant)).toContain('noch nicht vollständig');

	await clerk.goto('/gremien/beirat/bewerbungen');
	const card = () => clerk.locator('article', { hasText: 'Zeynep Akgün-Muster' });
	expect(await card().innerText()).toContain('Es fehlen 3 Bestätigungen');
	await card().getByRole('button', { name: 'Formal geprüft' }).click();
	expect(await clerk.locator('#faults').innerText()).toContain('Noch nicht formal geprüft');
	expect(await card().innerText()).toContain('eingegangen');

	for (const box of await applicant.getByRole('checkbox').all()) await box.check();
	await applicant.getByRole('button', { name: 'Bestätigen' }).click();
	expect(await applicant.getByRole('status').innerText()).toContain('Ihre Bestätigung ist gespeichert');
	await clerk.goto('/gremien/beirat/bewerbungen');
	await card().getByRole('button', { name: 'Formal geprüft' }).click();
	expect(await card().innerText()).toContain('formal geprüft');

	// On to the appointment: a designated member, without any right before the body constitutes itself.
	await card().getByRole('button', { name: 'Vorschlagen' }).click();
	await card().getByRole('button', { name: 'Bestellt durch den Stadtrat' }).click();
	expect(await card().innerText()).toContain('bestellt');
	expect(await card().getByRole('button').count()).toBe(0);
	const [member] = await database.sql<{ from: string | null }>(
		`select m.from_date::text as from from registry.membership m join registry.person p on p.id = m.person_id
		 where p.family_name = 'Akgün-Muster'`,
	);
	expect(member).toEqual({ from: null });
	await Promise.all([clerk.context().close(), applicant.context().close()]);
});

test('an applicant takes the application back, and what was written goes at once; the wrong address shows nothing', async () => {
	const clerk = await office();
	await openCall(clerk);
	const applicant = await newPage(WITHOUT_SCRIPT);
	await applicant.goto('/uk/gremien/beirat/bewerbung');
	await applicant.locator('#name').fill('Vergissmein Nicht');
	await applicant.locator('#motivation').fill('Хочу допомагати');
	await applicant.locator('main form button[type=submit]').click();
	expect(await applicant.getByRole('status').innerText()).toContain('Дякуємо');
	await applicant.locator('details summary').last().click();
	await applicant.locator('form[action="?/zurueckziehen"] button').click();
	expect(await main(applicant)).toContain('відкликано');
	expect(await database.sql(`select 1 from council.application where name like 'Vergissmein%'`)).toEqual([]);
	const strange = await fetch(`${url}/bewerbung/${'x'.repeat(32)}`);
	expect(strange.status).toBe(404);
	await Promise.all([clerk.context().close(), applicant.context().close()]);
});

test('GRE-15: a new term has dated steps from the call to the constituting session, overdue ones are shown', async () => {
	const page = await office();
	await page.goto('/gremien/beirat/neue-wahlperiode');
	await page.getByRole('button', { name: 'Plan anlegen' }).click();
	expect(await page.locator('#faults').innerText()).toContain('Bitte geben Sie einen Tag an.');
	await page.getByLabel('Tag der Wahl des Stadtrats').fill(day(-7 * 7));
	await page.getByRole('button', { name: 'Plan anlegen' }).click();
	const text = await main(page);
	expect(text).toContain('Schritte: 0 von 10 erledigt');
	expect(text).toContain('2 Schritte sind überfällig');
	expect(text.indexOf('Aufruf zur Bewerbung veröffentlichen')).toBeLessThan(
		text.indexOf('Konstituierende Sitzung mit Wahl des Vorstands'),
	);
	const days = await page.locator('time').evaluateAll((all) => all.map((one) => one.getAttribute('datetime')!));
	expect(days).toEqual(days.toSorted());
	expect(days).toContain(day(-7));
	await page.goto('/tisch');
	expect(await main(page)).toContain('Schritt zur neuen Wahlperiode überfällig');
	await page.goto('/gremien/beirat/neue-wahlperiode');
	await page.getByRole('button', { name: 'Als erledigt vermerken' }).first().click();
	expect(await main(page)).toContain('Schritte: 1 von 10 erledigt');
	expect(await main(page)).toContain('Ein Schritt ist überfällig');
	await page.context().close();
});

test('GRE-17: at the set number of unexcused absences the office gets a notice and the member a letter; nobody is excluded', async () => {
	const page = await office();
	await page.goto('/gremien/beirat/regeln');
	await page.locator('form[action="?/neu"] [name="from"]').fill(day(-350));
	await page.locator('[name="attendance.unexcused"]').fill('2');
	await page.locator('[name="attendance.withinMonths"]').fill('12');
	await page.locator('[name="attendance.consequence"]').selectOption('hearing');
	await page.getByRole('button', { name: 'Fassung speichern' }).click();
	expect(new URL(page.url()).hash).toBe('#versionen');
	const [who] = await database.sql<{ name: string; person: string }>(
		`select a.name, a.person_id as person from council.attendance a join council.meeting m on m.id = a.meeting_id
		 where a.voting and a.status = 'excused' and m.date > (now() at time zone 'Europe/Berlin')::date - interval '11 months'
		 group by 1, 2 having count(*) >= 2 order by 1 limit 1`,
	);
	const administrator = await newPage({ role: 'administrator', ...WITHOUT_SCRIPT });
	await administrator.goto(`/personen/${who!.person}`);
	await administrator.locator('form[action="?/einladen"] [name="email"]').fill('mitglied@post.example');
	await administrator.locator('form[action="?/einladen"] button').click();
	await administrator.context().close();
	await page.goto('/gremien/beirat/anwesenheit');
	const judge = async () => {
		const row = page.locator('form', { has: page.getByRole('button', { name: 'Als unentschuldigt werten' }) });
		const mine = page.locator('.entry, article, li, div').filter({ hasText: who!.name }).filter({ has: row }).last();
		await mine.getByRole('button', { name: 'Als unentschuldigt werten' }).click();
	};
	const letters = () =>
		database.sql<{ text: string }>(
			`select text from kernel.mail where to_address = 'mitglied@post.example' and text like '%Sitz%'`,
		);
	await judge();
	expect(await letters()).toEqual([]);
	await judge();
	expect((await letters())[0]!.text).toContain('Ihr Sitz bleibt Ihnen');
	expect(await main(page)).toContain('Von selbst wird niemand ausgeschlossen.');
	await page.goto('/tisch');
	expect(await main(page)).toContain(`${who!.name}: unentschuldigtes Fehlen`);
	const seats = await database.sql(
		`select 1 from registry.membership where person_id = $1 and voting_right and until_date is null`,
		[who!.person],
	);
	expect(seats.length).toBeGreaterThan(0);
	await page.context().close();
});

test('GRE-19: a new member sees the onboarding list with the instruction on duties, the office sees who has done what', async () => {
	const member = await newPage({ role: 'member', ...WITHOUT_SCRIPT });
	await member.goto('/gremien/beirat/einstieg');
	const text = await main(member);
	expect(text).toContain('Hinweis auf die Pflichten des Ehrenamts (Verpflichtung)');
	expect(text).toContain('vermerkt die Geschäftsstelle');
	const name = (await member.locator('h2 bdi').innerText()).trim();
	expect(await member.locator('h2 bdi').count()).toBe(1);
	await member.getByRole('button', { name: 'Satzung und Geschäftsordnung gelesen' }).click();
	expect(await main(member)).toContain('1 von 5');

	const clerk = await office();
	await clerk.goto('/gremien/beirat/einstieg');
	const row = () => clerk.locator('details', { hasText: name });
	expect(await row().locator('summary').innerText()).toContain('1 von 5');
	await row().locator('summary').click();
	await row()
		.getByRole('button', { name: /Hinweis auf die Pflichten/ })
		.click();
	expect(await row().locator('summary').innerText()).toContain('2 von 5');
	await member.goto('/gremien/beirat/einstieg');
	expect(await main(member)).toContain('2 von 5');
	await Promise.all([member.context().close(), clerk.context().close()]);
});

test('GRE-21: the desk warns when few voting members are left', async () => {
	const page = await office();
	await page.goto('/tisch');
	expect(await main(page)).not.toContain('Die Beschlussfähigkeit ist gefährdet');
	await database.sql(
		`update council.seat_filling set until_date = (now() at time zone 'Europe/Berlin')::date where seat_id in (select s.id from council.seat s
		 join council.council_body b on b.id = s.council_body_id where b.slug = 'beirat' and s.voting order by s.number limit 5)`,
	);
	await page.goto('/tisch');
	const text = await main(page);
	expect(text).toContain('Die Beschlussfähigkeit ist gefährdet');
	expect(text).toContain('Von 15 stimmberechtigten Sitzen sind 10 besetzt');
	await page.context().close();
});

test('GRE-29: a town chooses a model and takes the checklist for its statute along', async () => {
	const page = await newPage({ role: 'administrator', ...WITHOUT_SCRIPT });
	await page.goto('/gremium-gruenden');
	await page.getByLabel('Gewählter Integrationsrat').check();
	await page.getByRole('button', { name: 'Liste anzeigen' }).click();
	expect(await main(page)).toContain('Die gewählten Mitglieder sind mehr als die Ratsmitglieder');
	const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
	const pdf = await fetch(`${url}/gremium-gruenden/satzung.pdf?form=elected`, { headers: { cookie } });
	expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
	expect(await (await fetch(`${url}/gremium-gruenden/satzung.pdf?form=elected`)).text()).not.toContain('%PDF');
	await page.context().close();
});

test('GRE-31: a town places its office under another department without a change of code', async () => {
	const page = await newPage({ role: 'administrator', ...WITHOUT_SCRIPT });
	await page.goto('/verwaltung');
	const add = page.locator('section', { has: page.getByRole('heading', { name: 'Einheit hinzufügen' }) });
	await add.getByLabel('Name', { exact: true }).fill('Dezernat 1');
	await add.getByRole('button', { name: 'Speichern' }).click();
	const office = () => page.locator('ul.tree > li', { has: page.locator('strong', { hasText: 'Integrationsbüro' }) });
	await office().locator('summary').click();
	await office().getByLabel('Gehört zu').selectOption({ label: 'Dezernat 1' });
	await office().getByRole('button', { name: 'Speichern' }).click();
	expect(await page.getByRole('status').innerText()).toContain('Gespeichert.');
	const names = await page.locator('ul.tree > li strong').allInnerTexts();
	expect(names[names.indexOf('Integrationsbüro') - 1]).toBe('Dezernat 1');
	// A department can't lie beneath its own office.
	const department = page.locator('ul.tree > li', { has: page.locator('strong', { hasText: /^Dezernat 1$/ }) });
	await department.locator('summary').click();
	await department.getByLabel('Gehört zu').selectOption({ label: 'Integrationsbüro' });
	await department.getByRole('button', { name: 'Speichern' }).click();
	expect(await page.locator('#faults').innerText()).toContain('So entstünde ein Kreis');
	await page.context().close();
});

test.each([
	['office', '/gremien/beirat/bewerbungen'],
	['office', '/gremien/beirat/neue-wahlperiode'],
	['office', '/gremien/beirat/anwesenheit'],
	['office', '/gremien/beirat/einstieg'],
	['administrator', '/gremium-gruenden?form=appointed'],
	['administrator', '/verwaltung'],
	[undefined, '/gremien/beirat/bewerbung'],
	[undefined, '/ar/gremien/beirat/bewerbung'],
] as const)('axe finds nothing for %s on %s', async (role, path) => {
	const page = await newPage({ ...(role && { role }), viewport: { width: 390, height: 900 } });
	const answer = await page.goto(path);
	expect([answer!.status(), await axeFindings(page)]).toEqual([200, []]);
	await page.context().close();
});
