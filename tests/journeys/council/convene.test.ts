import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';

/** Where several rooms meet before a session: guest list and invitation, second convening and invitation, desk and calendar. */
const app = await startApp({ demonstration: true, workers: 2 });
const { url, signIn, newPage, database } = app;
const { sql } = database;
const office = await signIn('office');
const today = Temporal.Now.plainDateISO('Europe/Berlin');
const day = (days: number) => today.add({ days }).toString();
const WITHOUT_SCRIPT = { javaScriptEnabled: false };
const [council] = await sql<{ id: string; body_id: string }>(
	`select id, body_id from council.council_body where slug = 'beirat'`,
);
await sql(
	`update registry.person set email = 'p' || right(replace(id::text, '-', ''), 12) || '@probe.example' where email is null`,
);

const open = (path: string, cookie = office) => plainPage(app, path, cookie);

async function post(
	path: string,
	fields: Record<string, string>,
): Promise<{ status: number; location: string; text: string }> {
	const answer = await fetch(url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html', cookie: office },
		body: new URLSearchParams(fields),
	});
	return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
}

async function create(date: string): Promise<string> {
	const { location } = await post(`/sitzungen/neu?gremium=beirat&tag=${date}`, {
		id: crypto.randomUUID(),
		body: 'beirat',
		public: 'on',
		date,
		start: '17:00',
		end: '19:00',
	});
	return /\/sitzungen\/([^/]+)\//.exec(location)![1]!;
}

/** What went out for a session, in German. */
async function letters(slug: string): Promise<string[]> {
	const waiting = `select 1 from graphile_worker.jobs where task_identifier like 'council.agenda.%'`;
	await expect.poll(async () => (await sql(waiting)).length, { timeout: 60_000 }).toBe(0);
	const rows = await sql<{ text: string }>(
		`select k.text from council.invitation_mail l join council.meeting m on m.id = l.meeting_id
		join kernel.mail k on k.id = l.mail_id where m.slug = $1 and k.locale = 'de'`,
		[slug],
	);
	return rows.map(({ text }) => text);
}

test('SIT-27: who invites stands in the letter and confirms the guest list before it goes out; whichever page changes the list, it is confirmed anew', async () => {
	const slug = await create(day(60));
	const [bureau] = await sql<{ id: string }>(`select id from registry.organisation where name = 'Integrationsbüro'`);
	await post(`/sitzungen/${slug}/planung?/einlader`, { inviter: `organisation:${bureau!.id}` });
	await post(`/sitzungen/${slug}/tagesordnung?/gast`, { name: 'Verein Neue Nachbarn', email: 'verein@probe.example' });
	const refused = await post(`/sitzungen/${slug}/einladung?/senden`, {});
	expect([refused.status, refused.text.includes('Die Gästeliste ist noch nicht bestätigt.')]).toEqual([422, true]);
	const page = await newPage({ role: 'office', ...WITHOUT_SCRIPT });
	await page.goto(`/sitzungen/${slug}/einladung`);
	await page.getByRole('link', { name: 'Gästeliste ansehen und bestätigen' }).click();
	expect(await page.locator('#verlauf').textContent()).toContain('Verein Neue Nachbarn');
	await page.getByRole('button', { name: 'Gästeliste bestätigen' }).click();
	// One more guest from the agenda's page: what was confirmed is no longer what stands there.
	await post(`/sitzungen/${slug}/tagesordnung?/gast`, { name: 'Zweiter Verein', email: 'zweiter@probe.example' });
	expect((await post(`/sitzungen/${slug}/einladung?/senden`, {})).status).toBe(422);
	await page.reload();
	expect(await page.locator('main').innerText()).toContain('Liste ist zu bestätigen');
	await page.getByRole('button', { name: 'Gästeliste bestätigen' }).click();
	expect((await post(`/sitzungen/${slug}/einladung?/senden`, {})).status).toBe(303);
	const sent = await letters(slug);
	expect(sent.length).toBeGreaterThan(5);
	for (const text of sent) expect(text).toContain('Es lädt ein: Integrationsbüro');
	await page.context().close();
});

test('a session closed for lack of quorum is convened again, and the letter carries the sentence that makes it quorate (R2-25)', async () => {
	const slug = await create(day(0));
	expect((await post(`/sitzungen/${slug}/tagesordnung?/neu`, { title: 'Sprachkurse am Abend' })).status).toBe(303);
	expect((await post(`/sitzungen/${slug}/einladung?/senden`, { grund: 'Es eilt.' })).status).toBe(303);
	await letters(slug);
	let room = await open(`/sitzungen/${slug}/verlauf`);
	room = await room.send({ art: 'prepare' });
	const people = await sql<{ id: string }>(
		`select a.id from council.attendance a join council.meeting m on m.id = a.meeting_id where m.slug = $1 and a.voting
		order by a.position limit 3`,
		[slug],
	);
	room = await room.send({ art: 'roll' }, Object.fromEntries(people.map(({ id }) => [`mark:${id}`, 'present'])));
	room = await room.send({ art: 'open' }, { proper: 'ja' });
	room = await room.send({ art: 'quorum' });
	room = await (
		await open(`/sitzungen/${slug}/verlauf`)
	).send({ art: 'closeWithoutQuorum' }, { date: day(30), start: '18:00' });
	expect(room.text).toContain('Die zweite Sitzung ist geplant.');
	const [second] = await sql<{ slug: string }>(
		`select n.slug from council.meeting n join council.meeting m on m.id = n.second_convening_of where m.slug = $1`,
		[slug],
	);
	const invitation = await open(`/sitzungen/${second!.slug}/einladung`);
	expect(invitation.text).toContain('zu den gekennzeichneten Punkten in jeder Zahl beschlussfähig');
	expect((await post(`/sitzungen/${second!.slug}/einladung?/senden`, {})).status).toBe(303);
	const [letter] = await letters(second!.slug);
	expect(letter).toMatch(/Sprachkurse am Abend \*/);
	expect(letter).toMatch(/ohne Rücksicht auf die (Zahl|Anzahl)/);
});

test('a member answers a poll from the desk with one button, and finds the tasks in the own calendar, as days that take up no time', async () => {
	const member = await newPage({ role: 'member', ...WITHOUT_SCRIPT });
	const [person] = await sql<{ id: string }>(
		`select p.id from registry.person p join auth."user" u on u."id" = p.account_id where u."demonstration" = 'member'`,
	);
	await sql(`update council.date_poll_voter set answered_at = null where person_id = $1`, [person!.id]);
	await member.goto('/tisch');
	await member.getByRole('button', { name: 'Alle Termine passen' }).click();
	expect(new URL(member.url()).pathname).toBe('/tisch');
	expect(await member.getByRole('button', { name: 'Alle Termine passen' }).count()).toBe(0);
	const answers = await sql(
		`select distinct a.answer from council.date_poll_answer a join council.date_poll_voter v on v.id = a.voter_id where v.person_id = $1`,
		[person!.id],
	);
	expect(answers).toEqual([{ answer: 'yes' }]);
	const [task] = await sql<{ id: string; due: string }>(
		`update council.task set person_id = $1, state = 'open', due = (now() at time zone 'Europe/Berlin')::date + 5, done_on = null
		where id = (select id from council.task limit 1) returning id, to_char(due, 'YYYYMMDD') as due`,
		[person!.id],
	);
	await member.goto('/mitarbeit');
	await member.getByRole('button', { name: 'Adresse anlegen' }).click();
	const address = (await member.locator('a[href*="/kalender/"]').getAttribute('href'))!;
	const entry = async () =>
		(await (await fetch(address)).text()).split('BEGIN:VEVENT').find((part) => part.includes(`UID:${task!.id}`));
	expect(await entry()).toMatch(new RegExp(`DTSTART;VALUE=DATE:${task!.due}`));
	expect(await entry()).toMatch(/SUMMARY:Aufgabe: /);
	expect(await entry()).toContain('TRANSP:TRANSPARENT');
	await member.goto('/tisch');
	await sql(
		`update council.task set state = 'done', done_on = (now() at time zone 'Europe/Berlin')::date where id = $1`,
		[task!.id],
	);
	expect(await entry()).toBeUndefined();
	await member.context().close();
});

test('how many members may demand a session stands in the rules of the body (R2-02)', async () => {
	const rules = await open('/gremien/beirat/regeln');
	expect(rules.text).toContain('Einberufung auf Verlangen');
	await sql(
		`update council.rule_profile set rules = jsonb_set(rules, '{convening}', '{"share": [1, 2], "singleAfterMonths": 0}')
		where council_body_id = $1`,
		[council!.id],
	);
	const member = await newPage({ role: 'member', ...WITHOUT_SCRIPT });
	await member.goto('/einberufung');
	await member.getByLabel('Gegenstand').fill('Lage in der Unterkunft');
	await member.getByRole('button', { name: 'Verlangen', exact: true }).click();
	expect(await member.locator('.entry').filter({ hasText: 'Lage in der Unterkunft' }).innerText()).toContain(
		'1 von 15 Mitgliedern, nötig sind 8',
	);
	await member.context().close();
});

test('items are put in order by dragging, too; without script the buttons are all there is', async () => {
	const slug = await create(day(90));
	for (const title of ['Erster Antrag', 'Zweiter Antrag'])
		await post(`/sitzungen/${slug}/tagesordnung?/neu`, { title });
	const titles = (page: Awaited<ReturnType<typeof newPage>>) => page.locator('.items > li h3').allInnerTexts();
	const plain = await newPage({ role: 'office', ...WITHOUT_SCRIPT });
	await plain.goto(`/sitzungen/${slug}/tagesordnung`);
	expect(await plain.locator('[data-grip]:visible').count()).toBe(0);
	const before = await titles(plain);
	expect(before.indexOf('Erster Antrag')).toBeLessThan(before.indexOf('Zweiter Antrag'));
	const page = await newPage({ role: 'office' });
	await page.goto(`/sitzungen/${slug}/tagesordnung`);
	const item = (title: string) => page.locator('.items > li').filter({ has: page.locator('h3', { hasText: title }) });
	await item('Zweiter Antrag')
		.locator('[data-grip]')
		.dragTo(item('Erster Antrag').locator('h3'), { targetPosition: { x: 20, y: 2 } });
	await page.waitForURL(/gesagt=verschoben/);
	const after = await titles(page);
	expect(after.indexOf('Zweiter Antrag')).toBeLessThan(after.indexOf('Erster Antrag'));
	await Promise.all([plain, page].map((one) => one.context().close()));
});
