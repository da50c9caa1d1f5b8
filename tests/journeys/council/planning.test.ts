import { expect, test } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';
import { inDays } from './planning-support.ts';

const { newPage, database, url } = await startApp({ demonstration: true, workers: 0 });
const { sql } = database;
const WITHOUT_SCRIPT = { javaScriptEnabled: false };

const [council] = await sql<{ id: string; name: string; slug: string }>(
	`select b.id, o.name, b.slug from council.council_body b join registry.organisation o on o.id = b.id where b.kind = 'council'`,
);
// Somebody without an account who reads Arabic: mails and links reach her all the same.
await sql(`update registry.person set email = 'golnar@probe.example', locale = 'ar' where family_name = 'Sepantar'`);
const mailsTo = (address: string) =>
	sql<{ subject: string; text: string; locale: string; calendar: string | null; method: string | null }>(
		`select subject, text, locale, calendar, calendar_method as method from kernel.mail where to_address = $1 order by id desc`,
		[address],
	);

test('SIT-28: a date poll with an accessible form, answered by link and signed in, yields a fixed meeting in the calendar', async () => {
	const office = await newPage({ role: 'office', ...WITHOUT_SCRIPT });
	await office.goto('/terminfindung');
	await office.getByLabel('Gremium').selectOption(council!.id);
	await office.getByRole('button', { name: 'Weiter' }).click();
	await office.getByLabel('Worum geht es?').fill('Nächste Vorstandssitzung');
	await office.getByLabel('Antworten bis').fill(inDays(10));
	await office.getByRole('button', { name: 'Umfrage verschicken' }).click();
	expect(await office.locator('#faults').innerText()).toContain('mindestens zwei Termine');
	expect(await office.getByLabel('Worum geht es?').inputValue()).toBe('Nächste Vorstandssitzung');
	await office.getByLabel('Die Sitzung ist öffentlich').uncheck();
	for (const [n, date, from, until] of [
		[1, inDays(20), '17:00', '18:30'],
		[2, inDays(21), '18:00', '19:30'],
	] as const) {
		const line = office.getByRole('group', { name: `Termin ${n}`, exact: true });
		await line.getByLabel('Tag').fill(date);
		await line.getByLabel('von').fill(from);
		await line.getByLabel('bis').fill(until);
	}
	await office.getByRole('button', { name: 'Umfrage verschicken' }).click();
	expect(await office.getByRole('status').innerText()).toMatch(/Die Umfrage ist angelegt/);
	const poll = new URL(office.url()).pathname;

	// By the link in the mail, in her language, without any account.
	const [mail] = await mailsTo('golnar@probe.example');
	expect(mail).toMatchObject({ locale: 'ar' });
	const link = /http\S+\/ar\/umfrage\/\S+/.exec(mail!.text)![0];
	const guest = await newPage({ ...WITHOUT_SCRIPT });
	await guest.goto(link);
	expect(await guest.getAttribute('html', 'dir')).toBe('rtl');
	const dates = guest.locator('main form').getByRole('group');
	expect(await dates.count()).toBe(2);
	await dates.nth(0).getByLabel('لا', { exact: true }).check();
	await dates.nth(1).getByLabel('نعم', { exact: true }).check();
	await guest.locator('form button[type=submit]').last().click();
	expect(await guest.getByRole('status').count()).toBe(1);
	await guest.goto(link);
	expect(
		await guest.locator('main form').getByRole('group').nth(1).getByLabel('نعم', { exact: true }).isChecked(),
	).toBe(true);
	expect((await guest.goto(`${url}/umfrage/falsch`))!.status()).toBe(404);

	// Signed in, from the desk.
	const chair = await newPage({ role: 'chair', ...WITHOUT_SCRIPT });
	await chair.goto('/tisch');
	await chair.getByRole('link', { name: 'Wann können Sie? Nächste Vorstandssitzung' }).click();
	const mine = chair.locator('form[action="?/antwort"]');
	await mine.getByRole('group').nth(1).getByLabel('wenn nötig').check();
	await mine.getByRole('button', { name: 'Antwort speichern' }).click();
	expect(await chair.getByRole('status').innerText()).toContain('gespeichert');
	expect(await chair.getByRole('button', { name: /Festlegen/ }).count()).toBe(0);

	// One act fixes it.
	await office.goto(poll);
	const row = office.getByRole('row').filter({ hasText: 'passt am besten' });
	expect(await row.innerText()).toContain('18:00 bis 19:30 Uhr');
	await row.getByRole('button').click();
	expect(await office.getByRole('status').innerText()).toContain('Der Termin steht fest');
	const [fixed] = await mailsTo('golnar@probe.example');
	expect(fixed).toMatchObject({ method: 'REQUEST', locale: 'ar' });
	expect(fixed!.calendar).toContain('METHOD:REQUEST');
	// In the calendar of those who sit there, and of nobody else: this session is not public.
	const month = `/termine?monat=${inDays(21).slice(0, 7)}`;
	await chair.goto(month);
	expect(await chair.locator(`main a[href="/sitzungen/${inDays(21)}"]`).count()).toBeGreaterThan(0);
	await guest.goto(url + month);
	expect(await guest.locator(`main a[href="/sitzungen/${inDays(21)}"]`).count()).toBe(0);
	// After the end nobody answers any more, and nothing is lost.
	await guest.goto(link);
	expect(await guest.locator('main form').count()).toBe(0);
	expect(await guest.locator('main').innerText()).toContain('18:00');

	// Taken back: everybody is told, and the answers are still there.
	await office.goto(poll);
	await office.getByRole('button', { name: 'Festlegung zurücknehmen' }).click();
	expect(await sql('select 1 from council.meeting where slug = $1', [inDays(21)])).toEqual([]);
	expect((await mailsTo('golnar@probe.example'))[0]).toMatchObject({ method: 'CANCEL' });
	await Promise.all([office, guest, chair].map((page) => page.context().close()));
});

test.each([
	['office', 'FORM'],
	['chair', 'POLL'],
] as const)('axe finds nothing for the %s on %s', async (role, path) => {
	const [poll] = await sql<{ id: string }>('select id from council.date_poll limit 1');
	const page = await newPage({ role, viewport: { width: 390, height: 900 } });
	const answer = await page.goto(
		path.replace('POLL', `/terminfindung/${poll!.id}`).replace('FORM', `/terminfindung?gremium=${council!.id}`),
	);
	expect([answer!.status(), await axeFindings(page)]).toEqual([200, []]);
	await page.context().close();
});

test('a year is proposed from a rhythm, avoids holidays, is planned, changed and published', async () => {
	const office = await newPage({ role: 'office', ...WITHOUT_SCRIPT });
	const year = Number(inDays(0).slice(0, 4)) + 1;
	const page = `/jahresplan?gremium=${council!.slug}&jahr=${year}`;
	await office.goto(page);
	await office.locator('summary').filter({ hasText: 'Freie Tage eintragen' }).click();
	await office.getByLabel('Bezeichnung').fill('Winterferien');
	await office.getByLabel('Erster Tag').fill(`${year}-01-01`);
	await office.getByLabel('Letzter Tag').fill(`${year}-01-17`);
	await office.locator('form[action="?/frei"]').last().getByRole('button').click();
	expect(await office.locator('#freie-tage').innerText()).toContain('Winterferien');
	await office.getByRole('button', { name: 'Termine vorschlagen' }).click();
	const proposed = office.getByRole('group', { name: 'Vorgeschlagene Termine' });
	expect(await proposed.getByRole('checkbox').count()).toBe(6);
	expect(await proposed.innerText()).toMatch(/Mittwoch[\s\S]*verschoben vom[\s\S]*Winterferien/);
	await proposed.getByRole('checkbox').last().uncheck();
	await office.getByRole('button', { name: 'Sitzungen anlegen' }).click();
	expect(await office.getByRole('status').innerText()).toContain('5 Sitzungen sind angelegt');
	const visitor = await newPage({ ...WITHOUT_SCRIPT });
	await visitor.goto(page);
	expect(await visitor.locator('main').innerText()).toContain(`Für ${year} sind keine Sitzungen bekannt`);
	// One is moved, one taken away; then all are published.
	await office.locator('summary').filter({ hasText: 'Termin ändern' }).first().click();
	await office.locator('form[action="?/aendern"]').first().getByLabel('Tag').fill(`${year}-01-27`);
	await office.getByRole('button', { name: 'Verschieben' }).first().click();
	await office.locator('summary').filter({ hasText: 'Termin ändern' }).last().click();
	await office.getByRole('button', { name: 'Termin streichen' }).last().click();
	await office.getByRole('button', { name: '4 Sitzungen veröffentlichen' }).click();
	await visitor.goto(page);
	expect(await visitor.locator('main .entry').count()).toBe(4);
	expect(await visitor.locator('main').innerText()).toContain('27. Januar');
	expect(await (await fetch(`${url}/sitzungen.ics?gremium=${council!.slug}`)).text()).toContain(`${year}0127T170000`);
	await Promise.all([office, visitor].map((one) => one.context().close()));
});

test('a quarter of the members asks for a session; the finding explains itself (R2-02)', async () => {
	const member = await newPage({ role: 'member', ...WITHOUT_SCRIPT });
	await member.goto('/einberufung');
	await member.getByLabel('Gegenstand').fill('Lage in der Unterkunft');
	await member.getByRole('button', { name: 'Verlangen', exact: true }).click();
	const row = member.locator('.entry').filter({ hasText: 'Lage in der Unterkunft' });
	expect(await row.innerText()).toMatch(/noch nicht genug[\s\S]*1 von 15 Mitgliedern, nötig sind 4/);
	// Two more have joined; the chair is the fourth.
	await sql(
		`insert into council.convening_supporter (body_id, request_id, person_id, asked_on)
		 select r.body_id, r.id, p.id, (now() at time zone 'Europe/Berlin')::date from council.convening_request r, registry.person p
		 where p.family_name in ('Tinawi', 'Dubrawez')`,
	);
	const chair = await newPage({ role: 'chair', ...WITHOUT_SCRIPT });
	await chair.goto('/einberufung');
	await chair.getByRole('button', { name: 'Mittragen' }).click();
	expect(await chair.locator('main').innerText()).toContain('unverzüglich einberufen');
	await chair.getByRole('button', { name: 'Als einberufen vermerken' }).click();
	expect(await chair.locator('.entry').first().innerText()).toContain('einberufen');
	await Promise.all([member, chair].map((one) => one.context().close()));
});

test.each([
	['office', 'YEAR'],
	['chair', '/einberufung'],
	['visitor', '/ar/jahresplan'],
] as const)('axe finds nothing for the %s on the page %s', async (role, path) => {
	const page = await newPage({ ...(role === 'visitor' ? {} : { role }), viewport: { width: 390, height: 900 } });
	const answer = await page.goto(
		path.replace('YEAR', `/jahresplan?gremium=${council!.slug}&vorschlag=1&monat=3&von=17:00`),
	);
	expect([answer!.status(), await axeFindings(page)]).toEqual([200, []]);
	await page.context().close();
});
