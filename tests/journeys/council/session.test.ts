import { beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { axeFindings } from '../../support/axe.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';

/** One session of the demonstration's council from its roll to its end, as the office sees it: forms, no script. */
const app = await startApp({ demonstration: true });
const { database } = app;
let office: string;
let slug: string;
let meeting: string;
let page: PlainPage;

const room = (query = '') => plainPage(app, `/sitzungen/${slug}/verlauf${query}`, office);
const visitor = (path = '') => plainPage(app, `/sitzungen/${slug}${path}`);
const one = async <Row extends Record<string, unknown>>(text: string, values: unknown[] = [meeting]) =>
	(await database.sql<Row>(text, values))[0]!;
const rowOf = async (name: string) =>
	(await one<{ id: string }>('select id from council.attendance where meeting_id = $1 and name = $2', [meeting, name]))
		.id;
const itemOf = async (title: string) =>
	(
		await one<{ id: string }>('select id from council.agenda_item where meeting_id = $1 and title like $2', [
			meeting,
			title,
		])
	).id;
const present = async () =>
	(
		await one<{ count: number }>(
			`select count(distinct p.seat_id)::int as count from council.presence p
			 where p.meeting_id = $1 and p.until_at is null and p.seat_id is not null`,
		)
	).count;

beforeAll(async () => {
	office = await app.signIn('office');
	const next = await one<{ id: string; slug: string }>(
		`select id, slug from council.meeting where state = 'invited' order by date limit 1`,
		[],
	);
	({ id: meeting, slug } = next);
	await database.sql(
		`insert into council.agenda_item (body_id, id, meeting_id, position, number, title, public, neutral_title, closed_reason)
		 select body_id, gen_random_uuid(), id, 90, '90', 'Beschwerde über eine Mitarbeiterin', false, 'Personalangelegenheit', 'Personal'
		 from council.meeting where id = $1`,
		[meeting],
	);
});

test('SIT-18: the roll is taken in one screen by keyboard only', async () => {
	page = await (await room()).send({ art: 'prepare' });
	expect(page.text).toContain('Nadiya Kowaltschenko');
	const browser = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await browser.goto(`/sitzungen/${slug}/verlauf`);
	const names = await browser.locator('[data-roll] tbody tr').count();
	expect(names).toBeGreaterThanOrEqual(15);
	await browser.locator('[data-roll] input:checked').first().focus();
	for (let row = 0; row < names; row++) {
		const before = await browser.evaluate(() => document.activeElement!.getAttribute('name'));
		await browser.keyboard.press(row < 7 ? 'a' : row < 9 ? 'e' : 'x');
		expect(await browser.evaluate(() => document.activeElement!.getAttribute('name'))).not.toBe(before);
	}
	await browser.keyboard.press('Enter');
	await expect.poll(present, { timeout: 60_000 }).toBe(7);
	const excused = await one(
		`select count(*)::int as count from council.attendance where meeting_id = $1 and status = 'excused'`,
	);
	expect(excused).toEqual({ count: 2 });
	await browser.reload();
	expect(await axeFindings(browser)).toEqual([]);
	await browser.context().close();
});

test('SIT-05: with 7 of 15 the room records no quorum and blocks resolutions; with 9 it records it, needed 8', async () => {
	page = await (await room()).send({ art: 'open' }, { proper: 'ja' });
	expect(page.text).toContain('läuft seit');
	page = await page.send({ art: 'quorum' });
	expect(page.text).toContain('7 von 15 da, nötig 8');
	expect(page.text).toContain('Nicht beschlussfähig, festgestellt');
	const item = await itemOf('%');
	page = await room(`?punkt=${item}`);
	page = await page.send({ art: 'result', item }, { result: 'adopted' });
	expect([page.status, page.text.includes('Ohne Beschlussfähigkeit kein Beschluss: 7 da, nötig 8.')]).toEqual([
		422,
		true,
	]);
	for (const seat of [8, 9]) {
		const { id } = await one<{ id: string }>(
			`select a.id from council.attendance a join council.seat s on s.id = a.seat_id where a.meeting_id = $1 and s.number = $2`,
			[meeting, seat],
		);
		page = await (await room()).send({ art: 'checkIn', row: id });
	}
	page = await page.send({ art: 'quorum' });
	expect(page.text).toContain('9 von 15 da, nötig 8');
	expect(page.text).toContain('Beschlussfähig festgestellt um');
	const found = await one<{ computed: { inputs: object; outcome: object; profileId: string } }>(
		`select computed from council.quorum_finding where meeting_id = $1 order by at desc limit 1`,
	);
	expect(found.computed).toMatchObject({ outcome: { base: 15, needed: 8, present: 9, quorate: true } });
	expect(found.computed.profileId).toMatch(/^[0-9a-f-]{36}$/);
});

test('GRE-03: a substitute counts as one seat, and the principal can’t be checked in for it at the same time', async () => {
	const { id: seat } = await one<{ id: string }>(
		`select s.id from council.seat s join council.meeting m on m.council_body_id = s.council_body_id where m.id = $1 and s.number = 2`,
	);
	const principal = await one<{ id: string; name: string }>(
		'select id, name from council.attendance where meeting_id = $1 and seat_id = $2',
		[meeting, seat],
	);
	// The roll marked the first seven as present; seat 2 changes hands to the group's substitute and back.
	page = await (await room()).send({ art: 'leave', row: principal.id });
	expect(await present()).toBe(8);
	const { id: person } = await one<{ id: string }>(`select id from registry.person where family_name = 'Lüdersen'`, []);
	page = await page.send({ art: 'substitute', seat }, { person });
	const substitute = await rowOf('Petra Lüdersen');
	page = await page.send({ art: 'checkIn', row: substitute });
	expect(page.text).toContain(`für ${principal.name}`);
	expect(await present()).toBe(9);
	const answer = await fetch(`${app.url}/sitzungen/${slug}/verlauf?/tun`, {
		method: 'POST',
		redirect: 'manual',
		headers: { cookie: office, origin: app.url, accept: 'text/html' },
		body: new URLSearchParams({ art: 'checkIn', row: principal.id }),
	});
	expect([answer.status, (await answer.text()).includes('Den Sitz hat gerade Petra Lüdersen.')]).toEqual([422, true]);
	expect(await present()).toBe(9);
	page = await (await room()).send({ art: 'handOver', from: substitute, to: principal.id });
	expect(await present()).toBe(9);
	const spans = await database.sql<{ ended: string | null }>(
		'select ended from council.presence where meeting_id = $1 and seat_id = $2 order by from_at',
		[meeting, seat],
	);
	expect(spans.map(({ ended }) => ended)).toEqual(['left', 'handedOver', null]);
});

test('GRE-06: a guest from the administration is recorded and never changes the quorum', async () => {
	const before = /(\d+) von 15 da/.exec(page.text)![1];
	page = await page.send({ art: 'guest' }, { function: 'Leitung', organisation: 'Dezernat I' });
	expect(page.text).toContain('Leitung Dezernat I');
	expect(/(\d+) von 15 da/.exec(page.text)![1]).toBe(before);
	page = await page.send({ art: 'quorum' });
	expect(page.text).toContain(`${before} von 15 da, nötig 8`);
});

test('SIT-06: "unchanged" writes the sentence; an urgent item needs a reason and the profile’s majority', async () => {
	page = await (
		await room()
	).send({ art: 'addItem' }, { title: 'Unwetter im Heim', reason: 'Eile', yes: '3', no: '4' });
	expect([page.status, page.text.includes('Mehrheit')]).toEqual([422, true]);
	page = await (await room()).send({ art: 'addItem' }, { title: 'Unwetter im Heim', yes: '9', reason: '' });
	expect(page.status).toBe(422);
	expect(page.html).toContain('Unwetter im Heim');
	page = await (
		await room()
	).send(
		{ art: 'addItem' },
		{ title: 'Unwetter im Heim', reason: 'Das Dach ist seit gestern undicht.', yes: '7', no: '1', abstain: '1' },
	);
	const change = await one<{ reason: string; majority: { outcome: object; profileId: string } }>(
		`select reason, majority from council.agenda_change where meeting_id = $1 and act = 'added'`,
	);
	expect(change.majority).toMatchObject({
		outcome: { reached: true },
		inputs: { yes: 7, no: 1, abstain: 1, present: 9 },
	});
	expect(page.text).toContain('Unwetter im Heim');
	// It is taken back, and the agenda confirmed as it was sent out.
	const { seq } = await one<{ seq: number }>(
		`select seq::int from kernel.operation where kind = 'addItem' order by seq desc limit 1`,
		[],
	);
	page = await page.send({ art: 'undo', seq: String(seq) });
	page = await page.send({ art: 'confirmAgenda' });
	expect(page.text).toContain('Die Mitglieder nehmen die Tagesordnung ohne Änderung an.');
	expect(
		await one('select result, result_note from council.agenda_item where meeting_id = $1 and kind = $2', [
			meeting,
			'opening',
		]),
	).toEqual({
		result: 'confirmed',
		result_note: 'ohne Änderung',
	});
});

test('SIT-10: the chair gives a guest the floor, and the item lists them', async () => {
	const { id: item } = await one<{ id: string }>(
		`select id from council.agenda_item where meeting_id = $1 and kind = 'topic' and public order by position limit 1`,
	);
	page = await (await room(`?punkt=${item}`)).send({ art: 'item', item });
	const { id: guest } = await one<{ id: string }>(
		`select id from council.attendance where meeting_id = $1 and organisation = 'Dezernat I'`,
	);
	page = await page.send({ art: 'ask', item }, { row: guest, art: 'floor' });
	expect(page.text).toContain('Als Gast hatte das Wort: Leitung');
	const projector = await visitor('/anzeige');
	expect(projector.text).toContain('Es spricht: Leitung');
	page = await page.send({ art: 'endFloor' });
	expect((await visitor('/anzeige')).text).not.toContain('Es spricht');
});

test('SIT-11: an item is taken note of and needs no figures', async () => {
	const { id: item } = await one<{ id: string }>(`select current_item_id as id from council.meeting where id = $1`);
	page = await (await room(`?punkt=${item}`)).send({ art: 'result', item }, { result: 'noted' });
	expect(page.status).toBe(200);
	expect(await one('select result from council.agenda_item where id = $1', [item])).toEqual({ result: 'noted' });
	expect((await visitor()).text).toContain('Zur Kenntnis genommen');
	page = await page.send({ art: 'closeItem', item });
	expect(
		(await one<{ closed_at: Date | null }>('select closed_at from council.agenda_item where id = $1', [item]))
			.closed_at,
	).not.toBeNull();
});

test('SIT-12: a position without a vote is kept, marked as such, and found by its topic with that mark', async () => {
	const { id: item } = await one<{ id: string }>(
		`select id from council.agenda_item where meeting_id = $1 and public and result is null and kind <> 'anyOther' order by position limit 1`,
	);
	page = await (await room(`?punkt=${item}`)).send({ art: 'item', item });
	page = await page.send(
		{ art: 'opinion', item },
		{ text: 'Der Beirat begrüßt die längeren Öffnungszeiten der Ausländerbehörde.' },
	);
	expect(page.text).toContain('ohne Abstimmung');
	const found = await plainPage(app, '/suche?q=Öffnungszeiten+Ausländerbehörde');
	expect(found.html).toContain(`/sitzungen/${slug}`);
	const topic = await plainPage(app, '/suche?q=Ausländerbehörde');
	expect(topic.html).toContain(`/sitzungen/${slug}`);
	expect(topic.text).toMatch(/Öffnungszeiten der Ausländerbehörde\s*\.?\s*\(ohne Abstimmung\)/);
	expect((await visitor()).text).toContain('Meinung ohne Abstimmung');
});

test('SIT-20: a task with person and day stands on the session’s page and on that person’s desk', async () => {
	const { id: item } = await one<{ id: string }>(`select current_item_id as id from council.meeting where id = $1`);
	page = await room(`?punkt=${item}`);
	page = await page.send({ art: 'task', item }, { what: '' });
	expect([page.status, page.text.includes('Schreiben Sie, was zu tun ist.')]).toEqual([422, true]);
	const member = await one<{ id: string; name: string }>(
		`select p.id, concat_ws(' ', p.given_name, p.family_name) as name from registry.person p join auth."user" u on u."id" = p.account_id where u."demonstration" = 'member'`,
		[],
	);
	page = await (
		await room(`?punkt=${item}`)
	).send(
		{ art: 'task', item },
		{ what: 'Mit dem Jugendamt über Räume sprechen', person: member.id, due: '2099-03-01' },
	);
	expect(page.text).toContain('Mit dem Jugendamt über Räume sprechen');
	expect(page.text).toContain(member.name);
	const desk = await plainPage(app, '/tisch', await app.signIn('member'));
	expect(desk.text).toContain('Mit dem Jugendamt über Räume sprechen');
});

test('SIT-19: open tasks of earlier sessions are listed by themselves and set to done or carried on', async () => {
	const open = await database.sql<{ id: string; what: string }>(
		`select t.id, t.what from council.task t join council.meeting m on m.id = t.meeting_id where t.state = 'open' and m.id <> $1`,
		[meeting],
	);
	expect(open.length).toBeGreaterThan(1);
	page = await room();
	for (const { what } of open) expect(page.text).toContain(what);
	page = await page.send({ art: 'taskReview', task: open[0]!.id }, { outcome: 'done' });
	page = await page.send({ art: 'taskReview', task: open[1]!.id }, { outcome: 'continued' });
	const states = await database.sql<{ state: string; outcome: string }>(
		'select t.state, r.outcome from council.task_review r join council.task t on t.id = r.task_id where r.meeting_id = $1 order by 1',
		[meeting],
	);
	expect(states).toEqual([
		{ state: 'done', outcome: 'done' },
		{ state: 'open', outcome: 'continued' },
	]);
	expect(page.text).toContain('Weiter offen');
});

test('SIT-15: a resolution under "Verschiedenes" brings a warning with the rule', async () => {
	const item = await itemOf('Verschiedenes%');
	page = await (await room(`?punkt=${item}`)).send({ art: 'item', item });
	page = await page.send({ art: 'result', item }, { result: 'adopted' });
	expect(page.status).toBe(422);
	expect(page.text).toContain('Unter „Verschiedenes“ wird nur informiert und nichts beschlossen');
	expect(page.offers({ art: 'result', confirmed: 'ja' })).toBe(true);
	page = await page.send({ art: 'result', item }, { result: 'noted' });
	expect(page.status).toBe(200);
});

test('a member who comes and goes is noted with the time; taking it back leaves a trace', async () => {
	const row = await rowOf('Nadiya Kowaltschenko');
	page = await (await room()).send({ art: 'leave', row });
	expect(page.text).toContain('Gesichert: Person gegangen.');
	expect(await present()).toBe(8);
	const { seq } = await one<{ seq: number }>(`select max(seq)::int as seq from kernel.operation`, []);
	page = await page.send({ art: 'undo', seq: String(seq) });
	expect(await present()).toBe(9);
	expect(page.text).toContain('zurückgenommen');
});

test('a closed part hides its item from everybody outside, and the public page says so', async () => {
	const closed = await one<{ id: string; title: string }>(
		`select id, title from council.agenda_item where meeting_id = $1 and not public limit 1`,
	);
	page = await (await room(`?punkt=${closed.id}`)).send({ art: 'item', item: closed.id });
	expect(page.text).toContain('Dieser Punkt ist nichtöffentlich. Schließen Sie zuerst die Öffentlichkeit aus.');
	page = await (await room()).send({ art: 'part', closed: 'ja' });
	page = await (await room(`?punkt=${closed.id}`)).send({ art: 'item', item: closed.id });
	for (const path of ['', '/anzeige']) {
		const seen = await visitor(path);
		expect(seen.text).not.toContain(closed.title);
		expect(seen.text).toContain('Nichtöffentlicher Teil');
	}
	page = await page.send({ art: 'part', closed: 'nein' });
});

test('SIT-16: ending the session stamps the time and ends all open check-ins', async () => {
	page = await (await room()).send({ art: 'close' });
	expect(page.text).toContain('beendet um');
	expect(await present()).toBe(0);
	const { closed_at: closedAt, state } = await one<{ closed_at: Date; state: string }>(
		'select closed_at, state from council.meeting where id = $1',
	);
	expect(state).toBe('held');
	const ends = await database.sql<{ until_at: Date }>(
		`select until_at from council.presence where meeting_id = $1 and ended = 'sessionEnd'`,
		[meeting],
	);
	expect(ends.length).toBeGreaterThan(8);
	expect(new Set(ends.map(({ until_at }) => until_at.getTime()))).toEqual(new Set([closedAt.getTime()]));
});

test('SIT-02: the record keeps the planned time and the actual end', async () => {
	const times = await one<{ starts_at: Date; closed_at: Date }>(
		'select starts_at, closed_at from council.meeting where id = $1',
	);
	const clock = (date: Date) => date.toLocaleTimeString('de', { timeStyle: 'short', timeZone: 'Europe/Berlin' });
	expect(clock(times.starts_at)).toBe('17:00');
	const seen = await visitor();
	expect(seen.text).toContain(clock(times.closed_at));
	const calendar = await fetch(`${app.url}/sitzungen/${slug}.ics`);
	expect(await calendar.text()).toContain('LOCATION:');
});

test('SIT-03~: a cell that nobody filled in stays unknown, and says so', async () => {
	const unknown = await one<{ count: number }>(
		`select count(*)::int as count from council.attendance where meeting_id = $1 and status = 'unknown'`,
	);
	expect(unknown.count).toBeGreaterThan(0);
	expect((await room()).text).toContain('noch offen');
});

test('members and visitors find no room to run, and what they send does nothing', async () => {
	const member = await app.signIn('member');
	expect((await plainPage(app, `/sitzungen/${slug}/verlauf`, member)).status).toBe(403);
	expect((await plainPage(app, `/sitzungen/${slug}/verlauf`)).status).toBe(404);
	const sent = await fetch(`${app.url}/sitzungen/${slug}/verlauf/vorgaenge`, {
		method: 'POST',
		headers: { cookie: member, 'content-type': 'application/json', origin: app.url },
		body: '{"operations":[]}',
	});
	expect(sent.status).toBe(403);
});
