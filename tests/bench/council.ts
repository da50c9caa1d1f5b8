/** A council of 25 years with 30 sessions each, and a session as large as they come: pages must not feel it. */
import pg from 'pg';
import { readConfig } from '#kernel/config.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { percentile, type Row } from './figures.ts';
import { queriesOf } from './pages.ts';
import type { Server, Workshop } from './program.ts';
import { fullestSession } from './town.ts';
import { ask, BROWSER } from './wire.ts';

const subject = 'council';
const SESSIONS = 30 * 25;
const ITEMS = 100;
const PARTICIPANTS = 60;
const ROUNDS = 30;
const LARGE = 'grosse-runde';
const OLD = 'reihe-400';

export async function benchCouncil(workshop: Workshop): Promise<Row[]> {
	const server = await workshop.start({ MITRAT_PAGE_CACHE: 'no' });
	try {
		const model = await fullestSession(server.url);
		const office = await withOwner(workshop, async (client) => {
			await addYears(client, model);
			await addLargeSession(client, model);
			await client.query('analyze');
			return demonstrationAccount(client, 'office');
		});
		const cookie = await signIn(server, office);
		const few = { queries: 10, ms: 25 };
		return [
			...(await page(server, 'list of 750 sessions', '/sitzungen', few)),
			...(await page(server, 'one of 750 sessions', `/sitzungen/${OLD}`, few)),
			...(await page(server, 'body with its members', '/gremien/beirat', few)),
			...(await page(server, `running session, ${ITEMS} items, ${PARTICIPANTS} people`, `/sitzungen/${LARGE}/verlauf`, {
				ms: 200,
				cookie,
			})),
		];
	} finally {
		await server.stop();
	}
}

/** Median, 95th percentile and number of queries of a page. @throws Error unless it is answered with 200 */
export async function page(
	{ url }: Server,
	what: string,
	path: string,
	{ queries, ms, cookie }: { queries?: number; ms: number; cookie?: string },
): Promise<Row[]> {
	const headers = { ...BROWSER, ...(cookie && { cookie }) };
	const times: number[] = [];
	let asked = 0;
	for (let round = 0; round < ROUNDS; round++) {
		const from = performance.now();
		const answer = await ask(url + path, headers);
		times.push(performance.now() - from);
		if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`);
		asked = queriesOf(answer.headers);
	}
	times.sort((a, b) => a - b);
	const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
	return [
		{ subject, what: `${what}, median`, value: p50, unit: 'ms', target: { most: ms }, p50, p95 },
		{ subject, what: `${what}, queries`, value: asked, unit: '', ...(queries && { target: { most: queries } }) },
	];
}

/** SQL as the owner of the database, in the demonstration town. */
export async function withOwner<T>(
	{ dataDir }: Pick<Workshop, 'dataDir'>,
	work: (client: pg.Client) => Promise<T>,
): Promise<T> {
	const database = await openDatabase(readConfig({ MITRAT_DATA: dataDir, MITRAT_MODE: 'demo' }));
	const client = new pg.Client(database.owner);
	await client.connect();
	try {
		const { rows } = await client.query<{ id: string }>('select id from kernel.town where demonstration');
		await client.query(`select set_config('mitrat.body', $1, false)`, [rows[0]!.id]);
		return await work(client);
	} finally {
		await client.end();
		await database.close();
	}
}

/** Copies of the fullest session, one every twelve days back: items, attendance and votes included. */
async function addYears(client: pg.Client, model: string): Promise<void> {
	await client.query(
		`insert into council.meeting select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(),
			'slug', 'reihe-' || n, 'number', n, 'date', m.date - 12 * n, 'current_item_id', null))).*
		from council.meeting m, generate_series(1, $2::int) n where m.slug = $1`,
		[model, SESSIONS],
	);
	await copyParts(client, model, `c.slug like 'reihe-%'`);
}

/** One session with many items and participants, going on. */
async function addLargeSession(client: pg.Client, model: string): Promise<void> {
	await client.query(
		`insert into council.meeting select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'slug', $2::text,
			'number', null, 'date', current_date, 'state', 'running', 'opened_at', now() - interval '1 hour', 'closed_at', null,
			'minutes_signed_on', null, 'current_item_id', null))).* from council.meeting m where m.slug = $1`,
		[model, LARGE],
	);
	await client.query(
		`insert into council.agenda_item (body_id, id, meeting_id, position, number, title)
		select body_id, gen_random_uuid(), id, n, n::text, 'Punkt ' || n from council.meeting, generate_series(1, $2::int) n where slug = $1`,
		[LARGE, ITEMS],
	);
	await client.query(
		`insert into council.attendance (body_id, id, meeting_id, position, name, voting, status)
		select body_id, gen_random_uuid(), id, n, 'Mitglied ' || n, true, 'present' from council.meeting, generate_series(1, $2::int) n
		where slug = $1`,
		[LARGE, PARTICIPANTS],
	);
}

async function copyParts(client: pg.Client, model: string, copies: string): Promise<void> {
	const from = `from council.meeting m join council.meeting c on c.body_id = m.body_id and ${copies}`;
	await client.query(
		`insert into council.agenda_item select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'meeting_id', c.id))).*
		${from} join council.agenda_item i on i.meeting_id = m.id where m.slug = $1`,
		[model],
	);
	await client.query(
		`insert into council.attendance select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'meeting_id', c.id))).*
		${from} join council.attendance a on a.meeting_id = m.id where m.slug = $1`,
		[model],
	);
	await client.query(
		`insert into council.vote select (jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'agenda_item_id', n.id))).*
		${from} join council.agenda_item i on i.meeting_id = m.id join council.vote v on v.agenda_item_id = i.id
		join council.agenda_item n on n.meeting_id = c.id and n.position = i.position where m.slug = $1`,
		[model],
	);
}

/** The account behind one of the demonstration's sign-ins. */
export async function demonstrationAccount(client: pg.Client, role: string): Promise<string> {
	const { rows } = await client.query<{ id: string }>('select "id" from auth."user" where "demonstration" = $1', [
		role,
	]);
	return rows[0]!.id;
}

/** @returns the cookie header of a session */
export async function signIn({ url }: Pick<Server, 'url'>, konto: string): Promise<string> {
	const answer = await fetch(`${url}/anmelden?/demo`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html' },
		body: new URLSearchParams({ konto }),
	});
	const cookies = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0]!);
	if (!cookies.length) throw new Error(`signing in was answered with ${answer.status}`);
	return cookies.join('; ');
}
