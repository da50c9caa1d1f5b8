import { expect, test } from 'vitest';
import { OPERATOR } from '../../../src/kernel/access/actor.ts';
import { contextFor, endRequest } from '../../../src/kernel/request.ts';
import { allTowns } from '../../../src/kernel/towns.ts';
import { write } from '../../../src/kernel/write.ts';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';

/** News of sessions by mail, as somebody without an account orders, reads and ends them. */
const { url, newPage, signIn, database } = await startApp({ demonstration: true, workers: 2 });
const { sql } = database;
const WITHOUT_SCRIPT = { javaScriptEnabled: false };
const office = await signIn('office');
const today = Temporal.Now.plainDateISO('Europe/Berlin');
const day = today.add({ days: 40 }).toString();

interface Letter {
	subject: string;
	text: string;
	locale: string;
	unsubscribe: string | null;
}

/** Mails to an address, oldest first, once the jobs are done. */
async function lettersTo(email: string): Promise<Letter[]> {
	const waiting = `select 1 from graphile_worker.jobs where task_identifier like 'council.news.%'`;
	await expect.poll(async () => (await sql(waiting)).length, { timeout: 60_000 }).toBe(0);
	return sql<Letter>(
		`select subject, text, locale, unsubscribe_url as unsubscribe from kernel.mail where to_address = $1 order by id`,
		[email],
	);
}

/** What the clock does every quarter of an hour, twice: only what stood still is told. */
async function quarterHours(): Promise<void> {
	for (let i = 0; i < 2; i++) {
		await job('council.news.look');
		await lettersTo('nobody@probe.example');
	}
}

async function job(name: string): Promise<void> {
	const [town] = await allTowns();
	const ctx = contextFor(town!, OPERATOR);
	await write(ctx, (tx) => tx.enqueue(name, { origin: url }));
	await endRequest(ctx);
}

async function post(path: string, fields: Record<string, string>, cookie = office) {
	return fetch(url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html', ...(cookie && { cookie }) },
		body: new URLSearchParams(fields),
	});
}

const linkIn = (text: string) => /https?:\/\/\S+\/abonnement\/[\w-]+/.exec(text)![0];
const READER = 'leserin@probe.example';

test('a reader subscribes in Arabic: a letter asks first, nothing is sent to who does not confirm, twice asked is mailed once', async () => {
	await quarterHours();
	const page = await newPage({ ...WITHOUT_SCRIPT });
	await page.goto('/ar');
	await page.goto('/ar/sitzungen');
	await page.locator('a[href^="/ar/abonnement"]').first().click();
	await page.locator('input[name=email]').fill('keine-adresse');
	await page.locator('main form button[type=submit]').click();
	expect(await page.locator('#faults').count()).toBe(1);
	expect(await page.locator('input[name=email]').inputValue()).toBe('keine-adresse');
	for (const address of [READER, 'stumm@probe.example', READER]) {
		await page.goto('/ar/abonnement?gremium=beirat');
		await page.locator('input[name=email]').fill(address);
		await page.locator('main form button[type=submit]').click();
		expect(await page.getByRole('status').count()).toBe(1);
	}
	const letters = await lettersTo(READER);
	expect(letters.map(({ locale, unsubscribe }) => [locale, unsubscribe])).toEqual([['ar', null]]);
	await page.goto(linkIn(letters[0]!.text));
	expect(await page.locator('main').innerText()).toContain('Beirat für Integration und Migration');
	// Looking at it confirms nothing.
	expect(await sql(`select 1 from council.subscriber where confirmed_at is not null`)).toEqual([]);
	await page.locator('form[action*="bestaetigen"] button').click();
	expect(await page.getByRole('status').count()).toBe(1);
	expect(await sql(`select locale from council.subscriber where confirmed_at is not null`)).toEqual([{ locale: 'ar' }]);
	await page.context().close();
});

test('a robot gets no further, a closed body can’t be chosen, no answer says whether an address is known', async () => {
	const [council] = await sql<{ id: string }>(`select id from council.council_body where slug = 'beirat'`);
	const robot = await post('/abonnement', { email: 'robot@probe.example', bodies: council!.id, website: 'x' }, '');
	const known = await post('/abonnement', { email: READER, bodies: council!.id }, '');
	expect([robot.status, robot.headers.get('location')]).toEqual([known.status, known.headers.get('location')]);
	expect(await sql(`select 1 from council.subscriber where email = 'robot@probe.example'`)).toEqual([]);
	await sql(`update council.council_body set visibility = 'members' where slug <> 'beirat'`);
	const [closed] = await sql<{ id: string }>(`select id from council.council_body where slug <> 'beirat' limit 1`);
	expect((await post('/abonnement', { email: READER, bodies: closed!.id }, '')).status).toBe(422);
});

test('new session, agenda, change, cancellation and minutes are told once each, in the reader’s language, titles of closed items never', async () => {
	const created = await post(`/sitzungen/neu?gremium=beirat&tag=${day}`, {
		id: crypto.randomUUID(),
		body: 'beirat',
		public: 'on',
		date: day,
		start: '17:00',
		end: '19:00',
	});
	const slug = /\/sitzungen\/([^/]+)\//.exec(created.headers.get('location')!)![1]!;
	await quarterHours();
	const before = (await lettersTo(READER)).length;
	await post(`/sitzungen/${slug}/tagesordnung?/zeigen`, {});
	// One look is not enough: the office may still be typing.
	await job('council.news.look');
	expect((await lettersTo(READER)).length).toBe(before);
	const next = async () => {
		const had = (await lettersTo(READER)).length;
		await quarterHours();
		await quarterHours();
		const fresh = (await lettersTo(READER)).slice(had);
		expect(fresh.length).toBe(1);
		return fresh[0]!;
	};
	const first = await next();
	expect(first.locale).toBe('ar');
	expect(first.subject).toContain('جلسة جديدة');
	expect(first.unsubscribe).toMatch(/\/ar\/abonnement\/[\w-]+\/ende$/);
	await post(`/sitzungen/${slug}/tagesordnung?/neu`, {
		title: 'Besetzung der Stelle 4711',
		closed: 'on',
		closedCode: 'personnel',
		closedBasis: '§ 52 Abs. 2 KVG LSA',
		neutralTitle: 'Personalangelegenheit',
	});
	await post(`/sitzungen/${slug}/einladung?/senden`, {});
	const agenda = await next();
	expect(agenda.subject).toContain('نُشر جدول الأعمال');
	expect(agenda.text).toContain('Personalangelegenheit');
	expect(agenda.text).not.toContain('4711');
	const [html] = await sql<{ html: string }>(
		`select html from kernel.mail where to_address = $1 order by id desc limit 1`,
		[READER],
	);
	expect(html!.html).toMatch(/<ul lang="de" dir="auto">/);
	await post(`/sitzungen/${slug}/einladung?/aendern`, { date: day, start: '18:30', end: '20:00', mode: 'room' });
	const moved = await next();
	expect(moved.text).toContain('18:30');
	await post(`/sitzungen/${slug}/einladung?/absagen`, { grund: 'Das Rathaus ist geschlossen.' });
	expect((await next()).subject).toContain('أُلغيت الجلسة');
	// Minutes that were taken back are published again.
	const [held] = await sql<{ slug: string }>(
		`select m.slug from council.minutes_record r join council.meeting m on m.id = r.meeting_id
		where r.published_at is not null and m.public and m.published order by m.date desc limit 1`,
	);
	const minutesOf = `/sitzungen/${held!.slug}/niederschrift`;
	expect((await post(`${minutesOf}?/zurueckziehen`, { reason: 'Ein Name fehlt.' })).status).toBe(303);
	const quiet = (await lettersTo(READER)).length;
	await quarterHours();
	expect((await lettersTo(READER)).length).toBe(quiet);
	expect((await post(`${minutesOf}?/veroeffentlichen`, {})).status).toBe(303);
	const minutes = await next();
	expect(minutes.subject).toContain('نُشر المحضر');
	expect(minutes.text).toContain('/niederschrift');
	// Who never confirmed got the first letter and nothing else.
	expect((await lettersTo('stumm@probe.example')).length).toBe(1);
});

test('one click in a mail program ends it: no session, no page; the address is gone, the link says so', async () => {
	const letter = (await lettersTo(READER)).at(-1)!;
	const page = await newPage({ ...WITHOUT_SCRIPT });
	await page.goto(letter.unsubscribe!);
	expect(await page.locator('form[action*="beenden"]').count()).toBe(1);
	// Another site's form is refused, although it knows the address; a mail program names no origin.
	const form = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
	const foreign = await fetch(letter.unsubscribe!, { ...form, headers: { origin: 'https://elsewhere.example' } });
	expect(foreign.status).toBe(403);
	expect((await sql(`select 1 from council.subscriber where email = $1`, [READER])).length).toBe(1);
	expect((await fetch(letter.unsubscribe!, form)).status).toBe(204);
	expect(await sql(`select 1 from council.subscriber where email = $1`, [READER])).toEqual([]);
	expect((await fetch(letter.unsubscribe!, form)).status).toBe(204);
	await page.goto(linkIn(letter.text));
	expect(await page.locator('h1').innerText()).toContain('لم يعد هذا الرابط صالحًا');
	await page.context().close();
});

test('a subscription is changed to another language and ended by its page; what nobody confirmed is deleted after a week', async () => {
	const page = await newPage({ ...WITHOUT_SCRIPT });
	await page.goto('/abonnement?gremium=beirat');
	await page.getByLabel('E-Mail-Adresse').fill('wechsel@probe.example');
	await page.getByRole('button', { name: 'Bestätigung anfordern' }).click();
	const [letter] = await lettersTo('wechsel@probe.example');
	await page.goto(linkIn(letter!.text));
	await page.getByRole('button', { name: 'Ja, abonnieren' }).click();
	await page.getByLabel('Sprache der Nachrichten').selectOption('tr');
	await page.getByRole('button', { name: 'Speichern' }).click();
	expect(await page.getByRole('status').innerText()).toContain('Gespeichert');
	expect(await sql(`select locale from council.subscriber where email = 'wechsel@probe.example'`)).toEqual([
		{ locale: 'tr' },
	]);
	await page.getByRole('button', { name: 'Abonnement beenden' }).click();
	expect(await page.locator('h1').innerText()).toBe('Das Abonnement ist beendet');
	await sql(`update council.subscriber set asked_at = now() - interval '8 days' where email = 'stumm@probe.example'`);
	await job('council.news.forget');
	await lettersTo('nobody@probe.example');
	expect(await sql('select email from council.subscriber')).toEqual([]);
	await page.context().close();
});

test('the next session is one click away from the home page', async () => {
	const page = await newPage({ ...WITHOUT_SCRIPT });
	await page.goto('/');
	const [next] = await sql<{
		slug: string;
	}>(`select slug from council.meeting where published and public and not cancelled
		and date >= (now() at time zone 'Europe/Berlin')::date order by date, starts_at limit 1`);
	await page.locator(`main a[href="/sitzungen/${next!.slug}"]`).first().click();
	expect(new URL(page.url()).pathname).toBe(`/sitzungen/${next!.slug}`);
	await page.context().close();
});

test.each(['/abonnement', '/en/abonnement', '/ar/abonnement'])('axe finds nothing on %s', async (path) => {
	const page = await newPage({ viewport: { width: 390, height: 900 } });
	const answer = await page.goto(path);
	expect([answer!.status(), await axeFindings(page)]).toEqual([200, []]);
	await page.context().close();
});
