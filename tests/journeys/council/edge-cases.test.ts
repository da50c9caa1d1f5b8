import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';
import { clerkOf, type Made } from './room-support.ts';

/** Edge cases of bodies and sessions, by forms without script; docs/edge-cases.md says where each of them is. */
const app = await startApp({ demonstration: true, workers: 0 });
const { office, rows, council, session, room, visitor, voters, begin, votes, motion, vote, openVoteOf } =
	await clerkOf(app);
const day = (offset: number) => Temporal.Now.plainDateISO('Europe/Berlin').add({ days: offset }).toString();

async function post(
	path: string,
	fields: Record<string, string>,
): Promise<{ status: number; location: string; text: string }> {
	const answer = await fetch(app.url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: app.url, accept: 'text/html', cookie: office },
		body: new URLSearchParams(fields),
	});
	const text = (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
	return { status: answer.status, location: answer.headers.get('location') ?? '', text };
}

const setRules = (patch: object) =>
	rows(`update council.rule_profile set rules = rules || $2::jsonb where council_body_id = $1 and until_date is null`, [
		council.id,
		JSON.stringify(patch),
	]);
const resultOf = async (motionId: string) => {
	const [row] = await rows<{ adopted: boolean; present: number; seats: number; because: string }>(
		`select adopted, present, (finding #>> '{inputs,seats}')::int as seats, finding #>> '{outcome,because}' as because
		 from council.vote where motion_id = $1 and state = 'closed'`,
		[motionId],
	);
	return row!;
};

test('two leave after the opening: 4 to 1 without a challenge is valid; with one nothing more is decided', async () => {
	const made = await session(['Eröffnung', 'Kurse', 'Wohnen']);
	let page = await begin(made, 8);
	for (const { id } of (await voters(made)).slice(6, 8))
		page = await (await room(made)).send({ art: 'leave', row: id });
	const first = await motion(made, made.items[1]!, 'Mehr Kurse.');
	expect((await vote(made, first, { yes: 4, no: 1, abstain: 1 })).status).toBe(303);
	expect(await resultOf(first)).toMatchObject({ adopted: true, present: 6 });
	page = await (await room(made)).send({ art: 'challenge' }, { row: (await voters(made))[0]!.id });
	expect(page.text).toContain('Nicht beschlussfähig, festgestellt');
	const second = await motion(made, made.items[2]!, 'Mehr Wohnungen.');
	const refused = await votes(made, 'abstimmen', { motion: second });
	expect([refused.status, refused.text.includes('nicht beschlussfähig')]).toEqual([422, true]);
});

test('a tie, and nobody who says yes, are rejections', async () => {
	const made = await session(['Eröffnung', 'Kurse', 'Wohnen']);
	await begin(made, 9);
	const [tied, silent] = [
		await motion(made, made.items[1]!, 'Gleichstand.'),
		await motion(made, made.items[2]!, 'Schweigen.'),
	];
	await vote(made, tied, { yes: 4, no: 4, abstain: 1 });
	await vote(made, silent, { yes: 0, no: 0, abstain: 9 });
	expect(await resultOf(tied)).toMatchObject({ adopted: false, because: 'tie' });
	expect(await resultOf(silent)).toMatchObject({ adopted: false, because: 'noVotes' });
	const { text } = await visitor(made);
	expect(text).toContain('Gleich viele Ja und Nein: Damit ist der Antrag abgelehnt.');
	expect(text).toContain('Niemand stimmte mit Ja: Damit ist der Antrag abgelehnt.');
});

test('who is biased is missing among the voters, never among the seats', async () => {
	const made = await session(['Eröffnung', 'Förderung']);
	await begin(made, 9);
	const [biased] = await voters(made);
	await (await room(made, made.items[1])).send({ art: 'item', item: made.items[1]! });
	const declared = await votes(made, 'befangen', {
		item: made.items[1]!,
		attendance: biased!.id,
		declaredBy: 'self',
		ground: 'boardMember',
		direct: 'ja',
	});
	expect(declared.status, declared.text.slice(0, 900)).toBe(303);
	const id = await motion(made, made.items[1]!, 'Der Verein bekommt 1.800 Euro.');
	const many = await vote(made, id, { yes: 9, no: 0, abstain: 0 });
	expect(many.status).toBe(422);
	const closed = await votes(made, 'ergebnis', { vote: await openVoteOf(id), yes: '5', no: '2', abstain: '1' });
	expect(closed.status, closed.text.slice(0, 900)).toBe(303);
	expect(await resultOf(id)).toMatchObject({ adopted: true, seats: 15 });
	expect((await visitor(made)).text).toContain('5 Ja, 2 Nein, 1 Enthaltung, 1 befangen');
});

test('the substitute votes on one item, the principal who comes later on the next: the seat has one voice in each', async () => {
	const made = await session(['Eröffnung', 'Kurse', 'Wohnen']);
	await begin(made, 9);
	const [seat] = await rows<{ id: string; row: string }>(
		`select a.seat_id as id, a.id as row from council.attendance a join council.seat s on s.id = a.seat_id
		 where a.meeting_id = $1 and s.kind = 'delegated' order by a.position limit 1`,
		[made.id],
	);
	await rows(`update council.seat set substitutes = 'anyOfGroup' where id = $1`, [seat!.id]);
	await rows(
		`with person as (insert into registry.person (body_id, id, given_name, family_name) values ($1, gen_random_uuid(), 'Ute', 'Ersatzfrau') returning id)
		 insert into registry.membership (body_id, id, person_id, organisation_id, kind, voting_right, from_date)
		 select $1, gen_random_uuid(), person.id, (select organisation_id from council.seat where id = $2), 'member', false, '2020-01-01' from person`,
		[council.body_id, seat!.id],
	);
	let page = await (await room(made)).send({ art: 'leave', row: seat!.row });
	page = await room(made);
	const [person] = await rows<{ id: string }>(`select id from registry.person where family_name = 'Ersatzfrau'`);
	page = await page.send({ art: 'substitute', seat: seat!.id }, { person: person!.id });
	expect(page.status, page.text.slice(0, 500)).toBe(200);
	const [substitute] = await rows<{ id: string }>(
		`select id from council.attendance where meeting_id = $1 and name like '%Ersatzfrau'`,
		[made.id],
	);
	const voices = async (item: string, text: string) => {
		const id = await motion(made, item, text);
		expect((await votes(made, 'abstimmen', { motion: id, rollCallAskers: '3' })).status).toBe(303);
		const open = await openVoteOf(id);
		const there = await rows<{ id: string }>(
			`select attendance_id as id from council.presence where meeting_id = $1 and until_at is null and seat_id is not null`,
			[made.id],
		);
		const entered = Object.fromEntries(there.map((one) => [`voice-${one.id}`, 'yes']));
		const closed = await votes(made, 'namen', { vote: open, close: 'ja', ...entered });
		expect(closed.status, closed.text.slice(0, 900)).toBe(303);
		const kept = await rows<{ attendance_id: string }>(
			'select attendance_id from council.roll_call_voice where vote_id = $1 and seat_id = $2',
			[open, seat!.id],
		);
		return kept.map((one) => one.attendance_id);
	};
	if (
		!(await rows('select 1 from council.presence where attendance_id = $1 and until_at is null', [substitute!.id]))
			.length
	)
		await (await room(made)).send({ art: 'checkIn' }, { row: substitute!.id });
	expect(await voices(made.items[1]!, 'Mit der Vertretung.')).toEqual([substitute!.id]);
	const refused = await (await room(made)).send({ art: 'checkIn' }, { row: seat!.row });
	expect(refused.status).toBe(422);
	await (await room(made)).send({ art: 'handOver', from: substitute!.id, to: seat!.row });
	expect(await voices(made.items[2]!, 'Mit dem Mitglied selbst.')).toEqual([seat!.row]);
});

test('a seat that its group leaves empty is a vacancy, not an absence; with one vacant seat the base is 14 or 15', async () => {
	const [seat] = await rows<{ number: number; membership: string; filling: string }>(
		`select s.number, f.membership_id as membership, f.id as filling from council.seat s join council.seat_filling f on f.seat_id = s.id
		 where s.council_body_id = $1 and s.kind = 'resident' and f.until_date is null order by s.number desc limit 1`,
		[council.id],
	);
	await rows(
		`update council.seat_filling set until_date = (now() at time zone 'Europe/Berlin')::date - 1 where id = $1`,
		[seat!.filling],
	);
	const needed = async (base: string) => {
		await setRules({
			quorum: { rule: 'moreThanHalf', base, presumedUntilChallenged: true, secondConvening: true },
		});
		const made = await session(['Eröffnung']);
		const page = await begin(made, 8);
		const shown = await visitor(made);
		expect(shown.text).toMatch(new RegExp(`${seat!.number} nicht besetzt`));
		await page.send({ art: 'close' });
		return /8 von (\d+) anwesend, nötig sind (\d+)/.exec(shown.text)!.slice(1).map(Number);
	};
	expect(await needed('actualVotingMembers')).toEqual([14, 8]);
	expect(await needed('statutoryVotingMembers')).toEqual([15, 8]);
	await rows('update council.seat_filling set until_date = null where id = $1', [seat!.filling]);
	await setRules({
		quorum: { rule: 'moreThanHalf', base: 'actualVotingMembers', presumedUntilChallenged: true, secondConvening: true },
	});
});

test('convened a day late: healed while all voting members are there and nobody objects', async () => {
	const made = await session(['Eröffnung', 'Kurse']);
	let page = await (await room(made)).send({ art: 'prepare' });
	const people = await voters(made);
	page = await page.send(
		{ art: 'roll' },
		Object.fromEntries(people.slice(0, 14).map(({ id }) => [`mark:${id}`, 'present'])),
	);
	page = await page.send({ art: 'open' }, { proper: '', note: 'Ein Mitglied bekam die Einladung einen Tag zu spät.' });
	expect(page.text).toContain('Nicht ordnungsgemäß geladen');
	expect(page.text).toContain('Noch nicht da: 1.');
	page = await page.send({ art: 'checkIn', row: people[14]!.id });
	expect(page.text).toContain('Nicht ordnungsgemäß geladen, aber geheilt');
	page = await page.send({ art: 'objectConvening' }, { row: people[14]!.id });
	expect(page.text).not.toContain('aber geheilt');
	expect(page.text).toContain(`${people[14]!.name} widerspricht.`);
});

test('papers of one item were missing and a member objects: that item is off the agenda, the others stay', async () => {
	const made = await session(['Eröffnung', 'Kurse', 'Haushalt']);
	await begin(made, 9);
	const [objector, , , , , , , , , absent] = await voters(made);
	const page = await room(made);
	const stranger = await page.send({ art: 'papersMissing' }, { item: made.items[2]!, row: absent!.id });
	expect([stranger.status, stranger.text.includes('widersprechen kann nur, wer stimmberechtigt und da ist')]).toEqual([
		422,
		true,
	]);
	await (await room(made)).send({ art: 'papersMissing' }, { item: made.items[2]!, row: objector!.id });
	const items = await rows<{ title: string; removed: boolean; change_reason: string }>(
		'select title, removed, change_reason from council.agenda_item where meeting_id = $1 order by position',
		[made.id],
	);
	expect(items.filter(({ removed }) => removed).map(({ title }) => title)).toEqual(['Haushalt']);
	expect(items.find(({ removed }) => removed)!.change_reason).toContain(objector!.name);
	const put = await votes(made, 'antrag', { item: made.items[1]!, kind: 'main', text: 'Kurse bleiben.', reach: '1' });
	expect(put.status).toBe(303);
});

test('something urgent comes up under "Verschiedenes": decided there it is warned of, as an urgent item it needs the majority', async () => {
	const made = await session(['Eröffnung', { title: 'Verschiedenes', kind: 'anyOther' }]);
	await begin(made, 9);
	await (await room(made, made.items[1])).send({ art: 'item', item: made.items[1]! });
	const there = await motion(made, made.items[1]!, 'Gleich hier beschließen.');
	const warned = await votes(made, 'abstimmen', { motion: there });
	expect([warned.status, warned.text.includes('wird nur informiert, nicht beschlossen')]).toEqual([422, true]);
	const urgent = { title: 'Brand in der Unterkunft', reason: 'Gestern geschehen.', no: '0', abstain: '0' };
	const few = await (await room(made)).send({ art: 'addItem' }, { ...urgent, yes: '5', no: '4' });
	expect(few.status).toBe(422);
	expect((await (await room(made)).send({ art: 'addItem' }, { ...urgent, yes: '6', no: '3' })).status).toBe(200);
	const [added] = await rows<{ id: string }>(
		`select id from council.agenda_item where meeting_id = $1 and title = 'Brand in der Unterkunft' and added_in_session`,
		[made.id],
	);
	const id = await motion(made, added!.id, 'Die Stadt bringt die Familien unter.');
	expect((await vote(made, id, { yes: 9, no: 0, abstain: 0 })).status).toBe(303);
});

test('a remote member loses the connection during a roll call: absent until it is back, and no voice', async () => {
	await setRules({ remote: { mode: 'hybrid', electionsAllowed: false } });
	const made = await session(['Eröffnung', 'Kurse'], { mode: 'hybrid' });
	await begin(made, 8);
	const remote = (await voters(made))[8]!;
	let page = await (await room(made)).send({ art: 'checkIn', row: remote.id }, { mode: 'remote' });
	expect(page.text).toContain('9 von 15 da');
	const id = await motion(made, made.items[1]!, 'Mehr Kurse.');
	expect((await votes(made, 'abstimmen', { motion: id, rollCallAskers: '3' })).status).toBe(303);
	const open = await openVoteOf(id);
	page = await (await room(made)).send({ art: 'lost', row: remote.id });
	expect(page.text).toContain('8 von 15 da');
	const there = (await voters(made)).slice(0, 8);
	const voices = Object.fromEntries(there.map((one, at) => [`voice-${one.id}`, at < 5 ? 'yes' : 'no']));
	const late = await votes(made, 'namen', { vote: open, ...voices, [`voice-${remote.id}`]: 'yes' });
	expect(late.status).toBe(422);
	expect((await votes(made, 'namen', { vote: open, close: 'ja', ...voices })).status).toBe(303);
	expect(await resultOf(id)).toMatchObject({ adopted: true, present: 8 });
	page = await (await room(made)).send({ art: 'back', row: remote.id });
	expect(page.text).toContain('9 von 15 da');
	const [log] = await rows<{ n: number }>(
		`select count(*)::int as n from council.presence where attendance_id = $1 and ended = 'connectionLost'`,
		[remote.id],
	);
	expect(log!.n).toBe(1);
});

test('a guest who is connected is recorded and counts nowhere', async () => {
	const made = await session(['Eröffnung', 'Bericht'], { mode: 'hybrid' });
	let page = await begin(made, 9);
	page = await page.send({ art: 'guest' }, { name: 'Rosa Weit', function: 'Sprecherin', organisation: 'Netzwerk' });
	const [guest] = await rows<{ id: string }>(
		`select id from council.attendance where meeting_id = $1 and name = 'Rosa Weit'`,
		[made.id],
	);
	page = await (await room(made)).send({ art: 'leave', row: guest!.id });
	page = await page.send({ art: 'checkIn', row: guest!.id }, { mode: 'remote' });
	expect(page.text).toContain('9 von 15 da');
	const [span] = await rows<{ mode: string; seat_id: string | null }>(
		'select mode, seat_id from council.presence where attendance_id = $1 and until_at is null',
		[guest!.id],
	);
	expect(span).toEqual({ mode: 'remote', seat_id: null });
});

test('a session without any item opens, is counted, ends and has minutes', async () => {
	const made = await session([]);
	const page = await begin(made, 9);
	expect(page.text).toContain('9 von 15 da, nötig 8');
	expect((await page.send({ art: 'close' })).text).toContain('beendet um');
	expect((await visitor(made)).status).toBe(200);
	const minutes = await plainPage(app, `/sitzungen/${made.slug}/niederschrift`, office);
	expect(minutes.text).toContain('Von 15 stimmberechtigten Mitgliedern sind 9 anwesend');
});

test('the chair resigns: a delegate who is deputy leads the next session, and the election is on its agenda', async () => {
	const people = await rows<{ person: string; membership: string; name: string; kind: string }>(
		`select m.person_id as person, m.id as membership, p.given_name || ' ' || p.family_name as name, s.kind from registry.membership m
		 join registry.person p on p.id = m.person_id join council.seat_filling f on f.membership_id = m.id and f.until_date is null
		 join council.seat s on s.id = f.seat_id where s.council_body_id = $1 order by s.number`,
		[council.id],
	);
	const [chair] = await rows<{ person: string; membership: string }>(
		`select person_id as person, id as membership from registry.membership where organisation_id = $1 and post = 'chair' and until_date is null`,
		[council.id],
	);
	const deputy = people.find(({ kind, person }) => kind === 'delegated' && person !== chair!.person)!;
	const entered = await post('/gremien/beirat/funktionen?/vorsitz', {
		chair: chair!.person,
		deputy: deputy.person,
		on: day(-20),
	});
	expect(entered.status, entered.text.slice(0, 900)).toBe(303);
	const left = await post('/gremien/beirat/sitze?/ausscheiden', {
		membership: chair!.membership,
		reason: 'resigned',
		on: day(-1),
	});
	expect(left.status, left.text.slice(0, 900)).toBe(303);
	const date = day(30);
	const created = await post(`/sitzungen/neu?gremium=beirat&tag=${date}`, {
		id: crypto.randomUUID(),
		body: 'beirat',
		public: 'on',
		date,
		start: '17:00',
		end: '19:00',
	});
	const slug = /\/sitzungen\/([^/]+)\//.exec(created.location)![1]!;
	const agenda = await plainPage(app, `/sitzungen/${slug}/tagesordnung`, office);
	expect(agenda.text).toContain('Wahl des Vorsitzes');
	const made: Made = await session(['Eröffnung']);
	const page = await begin(made, 9);
	await page.send({ art: 'close' });
	expect((await visitor(made)).text).toContain(deputy.name);
	const [held] = await rows<{ chair_name: string }>('select chair_name from council.meeting where id = $1', [made.id]);
	expect(held!.chair_name).toBe(deputy.name);
});
