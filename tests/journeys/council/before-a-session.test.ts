import { expect, test } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { toldToPrograms } from '../../support/oparl.ts';
import { startApp } from '../../support/app.ts';
import { inDays } from './planning-support.ts';

const { newPage, database, url } = await startApp({ demonstration: true, workers: 0 });
const { sql } = database;
const WITHOUT_SCRIPT = { javaScriptEnabled: false };

const [council] = await sql<{ id: string; body_id: string; name: string; slug: string }>(
	`select b.id, b.body_id, o.name, b.slug from council.council_body b join registry.organisation o on o.id = b.id where b.kind = 'council'`,
);
await sql(`update registry.person set email = 'golnar@probe.example', locale = 'ar' where family_name = 'Sepantar'`);
const [chair] = await sql<{ email: string }>(
	`select p.email from registry.person p join auth."user" u on u."id" = p.account_id where u."demonstration" = 'chair'`,
);

/** A planned public session of the council with nothing on it yet. Its day is its address: none of the demonstration's. */
async function planned(date: string, more: Record<string, unknown> = {}): Promise<string> {
	const row = {
		body_id: council!.body_id,
		id: crypto.randomUUID(),
		council_body_id: council!.id,
		slug: date,
		state: 'planned',
		date,
		public: true,
		published: true,
		place_text: 'Altes Rathaus',
		...more,
	};
	const names = Object.keys(row);
	await sql(
		`insert into council.meeting (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
		Object.values(row),
	);
	return row.id;
}
const mailsTo = (address: string) =>
	sql<{ subject: string; text: string; locale: string; calendar: string | null; method: string | null }>(
		`select subject, text, locale, calendar, calendar_method as method from kernel.mail where to_address = $1 order by id desc`,
		[address],
	);

// The next session is the first that takes up topics.
const NEXT = inDays(30);
await planned(NEXT);

test('SIT-25: a member’s proposal gets a receipt, and from the chair a decision with a reason', async () => {
	const member = await newPage({ role: 'member', ...WITHOUT_SCRIPT });
	await member.goto('/themen');
	await member.getByRole('button', { name: 'Vorschlag senden' }).click();
	expect(await member.locator('#faults').innerText()).toContain('Titel');
	await member.getByLabel('Worum geht es?').fill('Sprachkurse am Abend');
	await member.getByLabel('Was soll besprochen werden?').fill('Viele arbeiten tagsüber.');
	await member.getByRole('button', { name: 'Vorschlag senden' }).click();
	expect(await member.getByRole('status').innerText()).toContain('Ihr Vorschlag ist da');
	const state = url + new URL(member.url()).pathname;
	const [who] = await sql<{ email: string }>(
		`select p.email from registry.person p join auth."user" u on u."id" = p.account_id where u."demonstration" = 'member'`,
	);
	const [receipt] = await mailsTo(who!.email);
	expect(receipt!.subject).toContain('Sprachkurse am Abend');
	expect(receipt!.text).toContain(state);

	const office = await newPage({ role: 'chair', ...WITHOUT_SCRIPT });
	await office.goto('/tisch');
	await office.getByRole('link', { name: 'Themenvorschlag: Sprachkurse am Abend' }).click();
	const topic = office.locator('.entry').filter({ hasText: 'Sprachkurse am Abend' });
	await topic.locator('summary').click();
	await topic.getByRole('button', { name: 'Ablehnen' }).click();
	// Never without a reason.
	expect(await office.locator('#faults').innerText()).toContain('begründen');
	await topic.getByLabel('Warum nicht?').fill('Das klären wir direkt mit der Volkshochschule.');
	await topic.getByRole('button', { name: 'Ablehnen' }).click();
	expect(await office.getByRole('status').innerText()).toContain('bekommt eine Antwort');
	const [answer] = await mailsTo(who!.email);
	expect(answer!.text).toContain('Das klären wir direkt mit der Volkshochschule.');
	await member.goto(state);
	expect(await member.locator('main').innerText()).toMatch(/abgelehnt[\s\S]*Volkshochschule/);

	// A resident without an address, in Arabic; nobody else finds the private page.
	const resident = await newPage({ ...WITHOUT_SCRIPT });
	await resident.goto('/ar/themen');
	await resident.getByLabel('ما الموضوع؟').fill('حديقة للأطفال');
	await resident.locator('form[action*="vorschlagen"] button[type=submit]').click();
	expect(new URL(resident.url()).pathname).toMatch(/^\/ar\/themen\/stand\//);
	expect(await resident.locator('main').innerText()).toContain('حديقة للأطفال');
	expect((await resident.goto(`${url}/themen/stand/falsch`))!.status()).toBe(404);
	await resident.goto('/themen');
	expect(await resident.locator('main').innerText()).not.toContain('حديقة');
	// A program that fills every field gets no further.
	const robot = await fetch(`${url}/themen?/vorschlagen`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html' },
		body: new URLSearchParams({ title: 'Kauft hier', councilBodyId: council!.id, website: 'http://kauft.example' }),
	});
	expect(robot.status).toBe(303);
	expect(await sql(`select 1 from council.topic_proposal where title = 'Kauft hier'`)).toEqual([]);
	await Promise.all([member, office, resident].map((page) => page.context().close()));
});

test('SIT-24: an idea is parked and later moved to the next agenda with one action', async () => {
	const office = await newPage({ role: 'office', ...WITHOUT_SCRIPT });
	await office.goto('/themen');
	await office.getByLabel('Worum geht es?').fill('Klausur im Frühjahr');
	await office.getByLabel('Gremium').selectOption(council!.id);
	await office.getByRole('button', { name: 'Gleich parken' }).click();
	expect(await office.getByRole('status').innerText()).toContain('Parkplatz');
	const idea = office.locator('.entry').filter({ hasText: 'Klausur im Frühjahr' });
	await idea.getByRole('button', { name: 'Auf die nächste Tagesordnung' }).click();
	expect(await office.getByRole('status').innerText()).toContain('nächsten Tagesordnung');
	await idea.getByRole('link').first().click();
	expect(await office.locator('main').innerText()).toContain('Klausur im Frühjahr');
	const items = await sql(
		`select i.origin from council.agenda_item i join council.meeting m on m.id = i.meeting_id where m.slug = $1 and i.title = 'Klausur im Frühjahr'`,
		[NEXT],
	);
	expect(items).toEqual([{ origin: 'proposal' }]);
	await office.context().close();
});

test('SIT-26: a save-the-date goes to a chosen list and does not count as formal notice', async () => {
	const office = await newPage({ role: 'office', ...WITHOUT_SCRIPT });
	await office.goto(`/sitzungen/${NEXT}`);
	await office.getByRole('link', { name: 'Sitzung vorbereiten' }).click();
	for (const box of await office.locator('form[action*="vormerken"] input[type=checkbox]').all()) await box.uncheck();
	await office.getByRole('button', { name: 'Ankündigung senden' }).click();
	expect(await office.locator('#faults').innerText()).toContain('wer es wissen soll');
	await office.getByLabel('Golnar Sepantar').check();
	await office.getByLabel('Weitere E-Mail-Adressen').fill('verein@probe.example');
	await office.getByRole('button', { name: 'Ankündigung senden' }).click();
	expect(await office.getByRole('status').innerText()).toContain('2 Ankündigungen');
	const [arabic] = await mailsTo('golnar@probe.example');
	expect(arabic).toMatchObject({ locale: 'ar', method: 'REQUEST' });
	expect((await mailsTo('verein@probe.example'))[0]!.text).toContain('Das ist noch keine Einladung');
	expect(await mailsTo(chair!.email)).toHaveLength(0);
	expect(await office.locator('#vormerken ~ details').first().innerText()).toContain('Golnar Sepantar');
	// Nothing of the session says that anybody was invited.
	const [meeting] = await sql(`select state, invited_on, invited_at, notice from council.meeting where slug = $1`, [
		NEXT,
	]);
	expect(meeting).toEqual({ state: 'planned', invited_on: null, invited_at: null, notice: null });
	expect(
		await sql('select 1 from council.invitation i join council.meeting m on m.id = i.meeting_id where m.slug = $1', [
			NEXT,
		]),
	).toEqual([]);
	await office.context().close();
});

test('SIT-27 SIT-30~: the session shows who invites; another inviter resets the guest list; promises not kept three times running are shown', async () => {
	const office = await newPage({ role: 'office', ...WITHOUT_SCRIPT });
	const page = `/sitzungen/${NEXT}/planung`;
	const open = (summary: string) => office.locator('summary').filter({ hasText: summary }).first().click();
	await office.goto(page);
	await open('Gast einladen');
	await office.getByLabel('Funktion, Organisation oder Person').selectOption({ label: 'Ausländerbehörde' });
	await office.getByRole('button', { name: 'Gast einladen' }).click();
	await open('Einladende Stelle festlegen');
	await office.getByLabel('Wer lädt ein?').selectOption({ label: 'Integrationsbüro' });
	await office.locator('form[action*="einlader"]').getByRole('button', { name: 'Speichern' }).click();
	await office.getByRole('button', { name: 'Gästeliste bestätigen' }).click();
	expect(await office.locator('main').innerText()).toContain('Liste bestätigt');
	const visitor = await newPage({ ...WITHOUT_SCRIPT });
	await visitor.goto(`/sitzungen/${NEXT}`);
	expect(await visitor.locator('main').innerText()).toContain('Es lädt ein: Integrationsbüro');
	// Whoever is told to keep the date free reads it, too.
	await office.getByLabel('Weitere E-Mail-Adressen').fill('zweiter@probe.example');
	await office.getByRole('button', { name: 'Ankündigung senden' }).click();
	expect((await mailsTo('zweiter@probe.example'))[0]!.text).toContain('Es lädt ein: Integrationsbüro');

	await open('Einladende Stelle festlegen');
	await office.getByLabel('Wer lädt ein?').selectOption({ label: council!.name });
	await office.locator('form[action*="einlader"]').getByLabel('Grund').fill('Der Beirat lädt alle Fraktionen ein.');
	await office.locator('form[action*="einlader"]').getByRole('button', { name: 'Speichern' }).click();
	const now = await office.locator('main').innerText();
	expect(now).toContain('Liste ist zu bestätigen');
	expect(await office.locator('#verlauf').textContent()).toMatch(/neu zu bestätigen[\s\S]*Integrationsbüro/);
	expect(await office.locator('#verlauf').textContent()).toContain('Der Beirat lädt alle Fraktionen ein.');

	// The immigration office promises to come and stays away, session after session.
	for (const days of [-22, -20, -10]) {
		const id = await planned(inDays(days), { state: 'invited' });
		await office.goto(`/sitzungen/${inDays(days)}/planung`);
		await open('Gast einladen');
		await office.getByLabel('Funktion, Organisation oder Person').selectOption({ label: 'Ausländerbehörde' });
		await office.getByRole('button', { name: 'Gast einladen' }).click();
		await sql(`update council.meeting set state = 'held' where id = $1`, [id]);
		await office.getByRole('button', { name: 'Zusage vermerken' }).click();
		expect(await office.locator('#gaeste ~ .rows > li').innerText()).toMatch(/Ausländerbehörde[\s\S]*zugesagt/);
		await office.getByRole('button', { name: 'War nicht da' }).click();
	}
	await office.goto(`/gremien/${council!.slug}`);
	expect(await office.locator('main').innerText()).toMatch(/Ausländerbehörde[\s\S]*3 Sitzungen in Folge gefehlt/);
	// The same stands in the one place for promises, with those for all sessions.
	await office.goto(`/gremien/${council!.slug}/zusagen?jahr=${inDays(-10).slice(0, 4)}`);
	expect(await office.locator('main').innerText()).toMatch(
		/Ausländerbehörde\s+Für einzelne Sitzungen zugesagt[\s\S]*fehlte/,
	);
	await visitor.goto(`/gremien/${council!.slug}`);
	expect(await visitor.locator('main').innerText()).not.toContain('in Folge gefehlt');
	await Promise.all([office, visitor].map((one) => one.context().close()));
});

test('SIT-14: a retreat is never public, but its list of results is attached to the next public session', async () => {
	// The demonstration's next session is on the Wednesday after the twelfth day: this address is free.
	const date = inDays(11);
	const office = await newPage({ role: 'office', ...WITHOUT_SCRIPT });
	await office.goto(`/sitzungen/neu?gremium=${council!.slug}&tag=${date}`);
	await office.getByLabel('Art der Sitzung').selectOption({ label: 'Klausurtagung' });
	await office.getByRole('button', { name: 'Sitzung anlegen' }).click();
	expect(new URL(office.url()).pathname).toBe(`/sitzungen/${date}/tagesordnung`);
	await office.getByRole('link', { name: 'Sitzung vorbereiten' }).click();
	await office.getByLabel('Ergebnisliste').fill('– Sprachkurse zuerst\n– Zwei Arbeitsgruppen');
	await office.locator('form[action*="ergebnis"]').getByRole('button', { name: 'Speichern' }).click();
	await office.getByRole('button', { name: 'Der nächsten öffentlichen Sitzung beifügen' }).click();
	expect(await office.locator('main').textContent()).toContain('Zwei Arbeitsgruppen');
	const visitor = await newPage({ ...WITHOUT_SCRIPT });
	expect((await visitor.goto(`/sitzungen/${date}`))!.status()).toBe(404);
	for (const path of ['/sitzungen', `/termine?monat=${date.slice(0, 7)}`, '/sitzungen.ics', '/sitzungen.json'])
		expect(await (await fetch(url + path)).text()).not.toContain(`sitzungen/${date}"`);
	await visitor.goto(new URL(office.url()).pathname);
	expect(await visitor.locator('main').textContent()).toMatch(/Ergebnisse der Klausurtagung[\s\S]*Sprachkurse zuerst/);
	// The database itself refuses a public retreat.
	await expect(sql(`update council.meeting set public = true where slug = $1`, [date])).rejects.toThrow(
		'meeting_retreat_closed',
	);
	await Promise.all([office, visitor].map((one) => one.context().close()));
});

test('SIT-17: a planned session is turned into an event: it is cancelled, in OParl too, keeps its history, and the event is public', async () => {
	const date = inDays(40);
	await planned(date, { state: 'invited', invited_on: inDays(0) });
	const office = await newPage({ role: 'office', ...WITHOUT_SCRIPT });
	await office.goto(`/sitzungen/${date}/planung`);
	await office.locator('summary').filter({ hasText: 'umwidmen' }).click();
	await office.getByLabel('Titel der Veranstaltung').fill('Tag der Vereine');
	await office.getByLabel(/^von/).fill('15:00');
	await office.getByLabel('Beschreibung').fill('Alle Vereine stellen sich vor.');
	await office.getByRole('button', { name: 'Sitzung absagen und umwidmen' }).click();
	expect(new URL(office.url()).pathname).toBe(`/sitzungen/${date}`);
	const visitor = await newPage({ ...WITHOUT_SCRIPT });
	await visitor.goto(`/sitzungen/${date}`);
	expect(await visitor.locator('main').innerText()).toMatch(/Statt der Sitzung gibt es eine Veranstaltung/);
	await visitor.getByRole('link', { name: 'Tag der Vereine' }).click();
	expect(await visitor.locator('main').innerText()).toMatch(/Alle Vereine stellen sich vor/);
	const event = new URL(visitor.url()).pathname;
	expect(await (await fetch(`${url}${event}.ics`)).text()).toContain('SUMMARY:Tag der Vereine');
	await visitor.goto(`/termine?monat=${date.slice(0, 7)}`);
	expect(await visitor.locator(`main a[href="${event}"]`).count()).toBeGreaterThan(0);
	const [meeting] = await sql(
		`select cancelled, state, invited_on::text as "invitedOn" from council.meeting where slug = $1`,
		[date],
	);
	expect(meeting).toEqual({ cancelled: true, state: 'invited', invitedOn: inDays(0) });
	expect(await (await fetch(`${url}/sitzungen.ics`)).text()).toMatch(/STATUS:CANCELLED/);
	const { meetings } = (await (await fetch(`${url}/sitzungen.json`)).json()) as {
		meetings: { url: string; cancelled: boolean }[];
	};
	expect(meetings.find((one) => one.url === `${url}/sitzungen/${date}`)!.cancelled).toBe(true);
	const told = await toldToPrograms({ url }, 'meeting', ({ web }) => web === `${url}/sitzungen/${date}`);
	expect(told).toMatchObject({ cancelled: true });
	expect((await mailsTo('golnar@probe.example'))[0]).toMatchObject({ method: 'CANCEL', locale: 'ar' });
	await Promise.all([office, visitor].map((one) => one.context().close()));
});

test.each([
	['office', '/themen'],
	['office', 'PLANNING'],
	['visitor', '/ar/themen'],
	['visitor', 'EVENT'],
] as const)('axe finds nothing for the %s on %s', async (role, path) => {
	const [event] = await sql<{ slug: string }>('select slug from council.event limit 1');
	const page = await newPage({ ...(role === 'visitor' ? {} : { role }), viewport: { width: 390, height: 900 } });
	const answer = await page.goto(
		path.replace('PLANNING', `/sitzungen/${NEXT}/planung`).replace('EVENT', `/veranstaltungen/${event?.slug}`),
	);
	expect([answer!.status(), await axeFindings(page)]).toEqual([200, []]);
	await page.context().close();
});
