import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/kernel/ids.ts';
import { startApp } from '../../support/app.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';

/** What the rules of the day allow in a session: quorum doubted, convened again, two bodies, agendas set on the spot. */
const app = await startApp({ demonstration: true });
const { database } = app;
let office: string;
let council: { id: string; body_id: string };
let roundTable: { id: string };

beforeAll(async () => {
	office = await app.signIn('office');
	[council] = (await rows<{ id: string; body_id: string }>(
		`select id, body_id from council.council_body where kind = 'council'`,
	)) as [{ id: string; body_id: string }];
	[roundTable] = (await rows<{ id: string }>(`select id from council.council_body where kind = 'roundTable'`)) as [
		{ id: string },
	];
});

const rows = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
	database.sql<Row>(text, values);
const room = (slug: string, query = '') => plainPage(app, `/sitzungen/${slug}/verlauf${query}`, office);

interface Made {
	id: string;
	slug: string;
	items: string[];
}

/** A session of today with these items, as it stands when everybody has been invited. */
async function session(body: string, titles: string[], more: { kind?: string } = {}): Promise<Made> {
	const id = newId();
	const slug = `probe-${id.slice(-8)}`;
	const { kind = 'regular' } = more;
	await rows(
		`insert into council.meeting (body_id, id, council_body_id, slug, state, kind, date, starts_at, published, number)
		 values ($1, $2, $3, $4, 'invited', $5, (now() at time zone 'Europe/Berlin')::date, now(), true, 77)`,
		[council.body_id, id, body, slug, kind],
	);
	const items: string[] = [];
	for (const [position, title] of titles.entries()) {
		const item = newId();
		const kindOf = position === 0 ? 'opening' : 'topic';
		await rows(
			`insert into council.agenda_item (body_id, id, meeting_id, position, number, title, kind) values ($1, $2, $3, $4, $5, $6, $7)`,
			[council.body_id, item, id, position, String(position + 1), title, kindOf],
		);
		items.push(item);
	}
	return { id, slug, items };
}

/** Lays the list, marks so many voting rows of a body as present, opens. */
async function begin(made: Made, present: number, body = council.id): Promise<PlainPage> {
	let page = await (await room(made.slug)).send({ art: 'prepare' });
	const people = await rows<{ id: string }>(
		`select id from council.attendance where meeting_id = $1 and voting and council_body_id = $2 order by position limit $3`,
		[made.id, body, present],
	);
	page = await page.send({ art: 'roll' }, Object.fromEntries(people.map(({ id }) => [`mark:${id}`, 'present'])));
	return page.send({ art: 'open' }, { proper: 'ja' });
}

test('SIT-05: 8 of 15 at the opening, two leave: presumed until a voting member challenges; then the body is convened again', async () => {
	const made = await session(council.id, ['Eröffnung', 'Sprachkurse', 'Wohnen']);
	let page = await begin(made, 8);
	page = await page.send({ art: 'quorum' });
	expect(page.text).toContain('Beschlussfähig festgestellt');
	const people = await rows<{ id: string }>(
		'select attendance_id as id from council.presence where meeting_id = $1 order by from_at, id',
		[made.id],
	);
	for (const { id } of people.slice(0, 2)) page = await page.send({ art: 'leave', row: id });
	expect(page.text).toContain('6 von 15 da, nötig 8');
	expect(page.text).toContain('Die Beschlussfähigkeit gilt weiter, bis ein stimmberechtigtes Mitglied sie anzweifelt.');
	page = await (await room(made.slug, `?punkt=${made.items[1]}`)).send({ art: 'item', item: made.items[1]! });
	page = await page.send({ art: 'result', item: made.items[1]! }, { result: 'adopted' });
	expect(page.status).toBe(200);

	page = await page.send({ art: 'challenge' }, { row: people[2]!.id });
	expect(page.text).toContain('Nicht beschlussfähig, festgestellt');
	page = await page.send({ art: 'item', item: made.items[2]! });
	page = await page.send({ art: 'result', item: made.items[2]! }, { result: 'adopted' });
	expect([page.status, page.text.includes('Ohne Beschlussfähigkeit kein Beschluss: 6 da, nötig 8.')]).toEqual([
		422,
		true,
	]);

	const past = await (await room(made.slug)).send({ art: 'closeWithoutQuorum' }, { date: '2020-01-01' });
	expect([past.status, past.text.includes('Der neue Tag muss nach dieser Sitzung liegen.')]).toEqual([422, true]);
	page = await (await room(made.slug)).send({ art: 'closeWithoutQuorum' }, { date: '2099-05-04', start: '18:00' });
	expect(page.text).toContain('Die zweite Sitzung ist geplant.');
	const again = await rows<{ slug: string; title: string; second_convening: boolean }>(
		`select m.slug, i.title, i.second_convening from council.meeting m join council.agenda_item i on i.meeting_id = m.id
		 where m.second_convening_of = $1 order by i.position`,
		[made.id],
	);
	expect(again.map(({ title, second_convening }) => [title, second_convening])).toEqual([
		['Eröffnung', false],
		['Wohnen', true],
	]);
	const first = await rows('select state, closed_without_quorum from council.meeting where id = $1', [made.id]);
	expect(first).toEqual([{ state: 'held', closed_without_quorum: true }]);

	// The second one: two are there, and the marked item may be decided.
	const [second] = await rows<{ id: string; slug: string }>(
		'select id, slug from council.meeting where second_convening_of = $1',
		[made.id],
	);
	const items = (
		await rows<{ id: string }>('select id from council.agenda_item where meeting_id = $1 order by position', [
			second!.id,
		])
	).map(({ id }) => id);
	page = await begin({ ...second!, items }, 2);
	page = await page.send({ art: 'quorum' });
	page = await page.send({ art: 'item', item: items[1]! });
	page = await page.send({ art: 'result', item: items[1]! }, { result: 'adopted' });
	expect(page.status).toBe(200);
});

test('SIT-21: only a body with an informal profile sets its agenda in the session', async () => {
	const talk = await session(roundTable.id, []);
	let page = await begin(talk, 2, roundTable.id);
	expect(page.offers({ art: 'addItem' })).toBe(true);
	for (const title of ['Stand der Kurse', 'Nächste Termine']) page = await page.send({ art: 'addItem' }, { title });
	expect(page.text).toContain('Nächste Termine');
	const formal = await session(council.id, ['Eröffnung']);
	page = await begin(formal, 9);
	page = await page.send({ art: 'addItem' }, { title: 'Stand der Kurse', reason: '', yes: '' });
	expect(page.status).toBe(422);
	const counts = await rows<{ slug: string; count: number }>(
		`select m.slug, count(i.id)::int as count from council.meeting m left join council.agenda_item i on i.meeting_id = m.id
		 where m.id in ($1, $2) group by m.slug`,
		[talk.id, formal.id],
	);
	expect(Object.fromEntries(counts.map(({ slug, count }) => [slug, count]))).toEqual({
		[talk.slug]: 2,
		[formal.slug]: 1,
	});
});

test('a joint session has two quorums, each by its own body', async () => {
	const made = await session(council.id, ['Eröffnung', 'Gemeinsame Erklärung'], { kind: 'joint' });
	await rows('insert into council.meeting_body (body_id, meeting_id, council_body_id) values ($1, $2, $3)', [
		council.body_id,
		made.id,
		roundTable.id,
	]);
	let page = await begin(made, 9);
	page = await page.send({ art: 'quorum' });
	expect(page.text).toContain('9 von 15 da, nötig 8');
	expect(page.text).toContain('0 von 3 da, nötig 2');
	page = await page.send({ art: 'item', item: made.items[1]! });
	page = await page.send({ art: 'result', item: made.items[1]! }, { result: 'adopted' });
	expect(page.status).toBe(422);
	const others = await rows<{ id: string }>(
		'select id from council.attendance where meeting_id = $1 and council_body_id = $2 and voting limit 2',
		[made.id, roundTable.id],
	);
	for (const { id } of others) page = await (await room(made.slug)).send({ art: 'checkIn', row: id });
	page = await page.send({ art: 'quorum' });
	page = await (
		await room(made.slug, `?punkt=${made.items[1]}`)
	).send({ art: 'result', item: made.items[1]! }, { result: 'adopted' });
	expect(page.status).toBe(200);
});

test('the same form sent twice, and the button pressed after the end, each give one clear answer', async () => {
	const made = await session(council.id, ['Eröffnung', 'Sprachkurse']);
	const page = await begin(made, 9);
	const twice = { what: 'Räume suchen', who: 'Büro' };
	const item = made.items[1]!;
	const first = await page.send({ art: 'task', item }, twice);
	expect(first.status).toBe(200);
	const again = await page.send({ art: 'task', item }, twice);
	expect(again.text).toContain('Das war schon gesichert; es wurde nichts noch einmal getan.');
	expect(await rows('select 1 from council.task where meeting_id = $1', [made.id])).toHaveLength(1);
	await page.send({ art: 'close' });
	const late = await page.send({ art: 'quorum' });
	expect([late.status, late.text.includes('Die Sitzung läuft nicht.')]).toEqual([422, true]);
});

test('SIT-30~: an office that promised to attend stands on the list as a committed guest; three misses show in the year', async () => {
	const [authority] = await rows<{ id: string; name: string }>(
		`select id, name from registry.organisation where name = 'Ausländerbehörde'`,
	);
	const path = '/gremien/beirat/zusagen';
	let page = await plainPage(app, path, office);
	const year = String(Temporal.Now.plainDateISO('Europe/Berlin').year);
	const promise = {
		organisation: authority!.id,
		wording: 'Die Teilnahme an den Sitzungen des Beirats wird erfolgen.',
		from: `${year}-01-01`,
	};
	page = await page.send({ wording: '' }, promise);
	expect(page.text).toContain('Die Teilnahme an den Sitzungen des Beirats wird erfolgen.');
	const twice = await page.send({ wording: '' }, promise);
	expect([twice.status, twice.text.includes('Diese Zusage steht schon hier.')]).toEqual([422, true]);
	for (let round = 0; round < 3; round++) {
		const made = await session(council.id, ['Eröffnung']);
		const running = await begin(made, 9);
		expect(running.text).toContain('hat die Teilnahme zugesagt');
		await running.send({ art: 'close' });
	}
	page = await plainPage(app, `${path}?jahr=${year}`, office);
	const missed = Number(/Fehlte in (\d+) Sitzungen dieses Jahres/.exec(page.text)![1]);
	expect(missed).toBeGreaterThanOrEqual(3);
	const made = await session(council.id, ['Eröffnung']);
	const running = await begin(made, 9);
	const [guest] = await rows<{ id: string }>(
		'select id from council.attendance where meeting_id = $1 and organisation_id = $2',
		[made.id, authority!.id],
	);
	await (await running.send({ art: 'checkIn', row: guest!.id })).send({ art: 'close' });
	page = await plainPage(app, `${path}?jahr=${year}`, office);
	expect(page.text).toContain('war da');
	expect(page.text).toContain(`Fehlte in ${missed} Sitzungen dieses Jahres`);
	expect((await plainPage(app, path)).status).toBe(404);
});
