/** A vote by name of 60 members: from the clerk's press until it is counted and everybody who follows the session sees it. */
import type pg from 'pg';
import { demonstrationAccount, signIn, withOwner } from './council.ts';
import { percentile, type Row } from './figures.ts';
import type { Server, Workshop } from './program.ts';
import { fullestSession } from './town.ts';

const subject = 'votes';
const MEMBERS = 60;
const WATCHERS = 60;
const ROUNDS = 15;
const SLUG = 'namentlich';
const RESULT = '38 Ja, 16 Nein, 6 Enthaltungen';

interface Vote {
	cookie: string;
	item: string;
	vote: string;
	/** Rows of the list, in its order. */
	rows: string[];
}

export async function benchVotes(workshop: Workshop): Promise<Row[]> {
	const server = await workshop.start();
	const watching: Watcher[] = [];
	try {
		const vote = await openRollCall(workshop, server);
		for (let at = 0; at < WATCHERS; at++) watching.push(watch(server));
		await Promise.all(watching.map(({ ready }) => ready));
		const [counted, shown]: [number[], number[]] = [[], []];
		for (let round = 0; round < ROUNDS; round++) {
			const seen = Promise.all(watching.map((one) => one.sees(RESULT)));
			const from = performance.now();
			const seq = await operate(server, vote, 'voices', voicesOf(vote));
			counted.push(performance.now() - from);
			await seen;
			shown.push(performance.now() - from);
			const gone = Promise.all(watching.map((one) => one.sees(RESULT, false)));
			await operate(server, vote, 'undo', { seq: String(seq) });
			await gone;
		}
		return [
			rowOf(`roll call of ${MEMBERS} members, entered and counted, median`, counted),
			rowOf(`the same, shown to ${WATCHERS} who follow the session, median`, shown, 1000),
		];
	} finally {
		for (const one of watching) one.end();
		await server.stop();
	}
}

function rowOf(what: string, times: number[], most?: number): Row {
	times.sort((a, b) => a - b);
	const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
	return { subject, what, value: p50, unit: 'ms', ...(most && { target: { most } }), p50, p95 };
}

function voicesOf({ item, vote, rows }: Vote): Record<string, string> {
	const voices = rows.map((id, at) => [`voice-${id}`, at < 38 ? 'yes' : at < 54 ? 'no' : 'abstain']);
	return { item, vote, close: 'ja', ...Object.fromEntries(voices) };
}

/** A running session with 60 members in the room, a motion under its open item, and the vote by name open. */
async function openRollCall(workshop: Workshop, server: Server): Promise<Vote> {
	const model = await fullestSession(server.url);
	const { office, meeting, item, rows } = await withOwner(workshop, async (client) => ({
		office: await demonstrationAccount(client, 'office'),
		...(await addSession(client, model)),
	}));
	const cookie = await signIn(server, office);
	const send = async (act: string, typed: Record<string, string>) => {
		const answer = await fetch(`${server.url}/sitzungen/${SLUG}/abstimmungen?/${act}`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: server.url, accept: 'text/html', cookie },
			body: new URLSearchParams(typed),
		});
		if (answer.status !== 303) throw new Error(`${act} was answered with ${answer.status}`);
	};
	await send('antrag', { item, kind: 'main', text: 'Der Beirat stimmt zu.' });
	const one = (text: string) =>
		withOwner(workshop, async (client) => (await client.query<{ id: string }>(text, [meeting])).rows[0]!.id);
	const motion = await one(
		'select o.id from council.motion o join council.agenda_item i on i.id = o.agenda_item_id where i.meeting_id = $1',
	);
	await send('abstimmen', { item, motion, rollCallAskers: '1', byMembers: 'ja' });
	const vote = await one(
		'select v.id from council.vote v join council.agenda_item i on i.id = v.agenda_item_id where i.meeting_id = $1',
	);
	return { cookie, item, vote, rows };
}

async function addSession(
	client: pg.Client,
	model: string,
): Promise<{ meeting: string; item: string; rows: string[] }> {
	const { rows: made } = await client.query<{ id: string }>(
		`insert into council.meeting select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'slug', $2::text,
			'number', null, 'date', current_date, 'state', 'running', 'opened_at', now() - interval '1 hour', 'closed_at', null,
			'minutes_signed_on', null, 'current_item_id', null))).* from council.meeting m where m.slug = $1 returning id`,
		[model, SLUG],
	);
	const meeting = made[0]!.id;
	const { rows: items } = await client.query<{ id: string }>(
		`insert into council.agenda_item (body_id, id, meeting_id, position, number, title, opened_at)
		 select body_id, gen_random_uuid(), id, 1, '1', 'Punkt 1', now() from council.meeting where id = $1 returning id`,
		[meeting],
	);
	const item = items[0]!.id;
	await client.query('update council.meeting set current_item_id = $2 where id = $1', [meeting, item]);
	const { rows } = await client.query<{ id: string }>(
		`insert into council.attendance (body_id, id, meeting_id, position, name, voting, status)
		 select body_id, gen_random_uuid(), id, n, 'Mitglied ' || n, true, 'present' from council.meeting, generate_series(1, $2::int) n
		 where id = $1 returning id`,
		[meeting, MEMBERS],
	);
	await client.query(
		`insert into council.presence (body_id, id, meeting_id, council_body_id, attendance_id, from_at)
		 select a.body_id, gen_random_uuid(), m.id, m.council_body_id, a.id, now() - interval '1 hour'
		 from council.attendance a join council.meeting m on m.id = a.meeting_id where m.id = $1`,
		[meeting],
	);
	// The chair has stated the quorum.
	await client.query(
		`insert into council.quorum_finding (body_id, id, meeting_id, council_body_id, occasion, at, computed)
		 select m.body_id, gen_random_uuid(), m.id, m.council_body_id, 'opening', now() - interval '50 minutes', q.computed
		 from council.meeting m, lateral (select computed from council.quorum_finding
			where (computed #>> '{outcome,quorate}')::boolean limit 1) q where m.id = $1`,
		[meeting],
	);
	return { meeting, item, rows: rows.map(({ id }) => id) };
}

/** Does one thing as the session's screen does. @returns its number in the log */
async function operate(
	{ url }: Server,
	{ cookie }: Vote,
	kind: string,
	payload: Record<string, string>,
): Promise<number> {
	const answer = await fetch(`${url}/sitzungen/${SLUG}/verlauf/vorgaenge`, {
		method: 'POST',
		headers: { origin: url, 'content-type': 'application/json', cookie },
		body: JSON.stringify({ operations: [{ clientId: crypto.randomUUID(), kind, payload }] }),
	});
	const { answers } = (await answer.json()) as { answers: { state: string; seq: number }[] };
	if (answers[0]?.state !== 'done') throw new Error(`${kind} was answered with ${JSON.stringify(answers)}`);
	return answers[0].seq;
}

interface Watcher {
	ready: Promise<void>;
	/** Resolves as soon as the public page shows the words, or shows them no more. */
	sees(words: string, there?: boolean): Promise<void>;
	end(): void;
}

/** Somebody with the public page open: hears of a change, and loads the page anew. */
function watch({ url }: Server): Watcher {
	const stop = new AbortController();
	let isReady = () => {};
	const ready = new Promise<void>((resolve) => (isReady = resolve));
	let look: () => Promise<void> = async () => {};
	void (async () => {
		const headers = { accept: 'text/event-stream' };
		const answer = await fetch(`${url}/sitzungen/${SLUG}/ereignisse`, { headers, signal: stop.signal });
		for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
			if (chunk.includes('event: ready')) isReady();
			if (chunk.includes('event: change')) void look();
		}
	})().catch(() => undefined);
	return {
		ready,
		sees: (words, there = true) =>
			new Promise<void>((resolve) => {
				look = async () => {
					const page = await fetch(`${url}/sitzungen/${SLUG}`, { headers: { accept: 'text/html' } });
					if ((await page.text()).includes(words) === there) resolve();
				};
			}),
		end: () => stop.abort(),
	};
}
