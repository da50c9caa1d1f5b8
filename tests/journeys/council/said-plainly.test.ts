import { expect, test } from 'vitest';
import { newId } from '../../../src/kernel/ids.ts';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';
import { clerkOf } from './room-support.ts';

/** What the rules have to say is said where it matters: before a session, in it, in its minutes, and to those who left. */
const app = await startApp({ demonstration: true, workers: 0 });
const { office, rows, council, session, room, begin, votes, motion, openVoteOf } = await clerkOf(app);

test('a session with people by video is planned although the rules do not provide for it: whoever plans it is warned', async () => {
	const forbidden = 'sehen keine Teilnahme per Video vor';
	const fresh = await plainPage(app, '/sitzungen/neu?gremium=beirat&tag=2031-03-12', office);
	expect(fresh.text).toContain(forbidden);
	const inRoom = await session(['Eröffnung'], { date: '2031-02-05' });
	expect((await plainPage(app, `/sitzungen/${inRoom.slug}/tagesordnung`, office)).text).not.toContain(forbidden);
	const hybrid = await session(['Eröffnung'], { date: '2031-02-12', mode: 'hybrid' });
	const agenda = await plainPage(app, `/sitzungen/${hybrid.slug}/tagesordnung`, office);
	expect(agenda.text).toContain(forbidden);
	const [rules] = await rows<{ name: string }>(
		'select name from council.rule_profile where council_body_id = $1 and until_date is null',
		[council.id],
	);
	expect(agenda.text).toContain(rules!.name);
});

test('a session does not end while a vote runs: it says under which item, and ends once the vote has its result', async () => {
	const made = await session(['Eröffnung', 'Kurse']);
	await begin(made, 9);
	const id = await motion(made, made.items[1]!, 'Der Beirat empfiehlt zehn Kurse.');
	expect((await votes(made, 'abstimmen', { motion: id })).status).toBe(303);
	const refused = await (await room(made)).send({ art: 'close' });
	expect(refused.status).toBe(422);
	expect(refused.text).toContain('Unter Punkt 2 läuft noch eine Abstimmung. Schließen Sie sie mit ihrem Ergebnis');
	const figures = { vote: await openVoteOf(id), yes: '6', no: '3', abstain: '0' };
	expect((await votes(made, 'ergebnis', figures)).status).toBe(303);
	const closed = await (await room(made)).send({ art: 'close' });
	expect(closed.text).toContain('beendet um');
});

test('a session does not end while an election is open', async () => {
	const made = await session(['Eröffnung', { title: 'Wahl der Sprecherin', kind: 'election' }]);
	await begin(made, 9);
	expect((await votes(made, 'wahl', { item: made.items[1]!, post: 'other', title: 'Sprecherin' })).status).toBe(303);
	const refused = await (await room(made)).send({ art: 'close' });
	expect(refused.text).toContain('Eine Wahl ist noch offen');
	const [election] = await rows<{ id: string }>('select id from council.election where agenda_item_id = $1', [
		made.items[1],
	]);
	expect((await votes(made, 'abbrechen', { election: election!.id, item: made.items[1]! })).status).toBe(303);
	expect((await (await room(made)).send({ art: 'close' })).text).toContain('beendet um');
});

test('an item taken off in the session explains the majority behind it, on the screen and on the public page', async () => {
	const made = await session(['Eröffnung', 'Kurse', 'Wohnen']);
	await begin(made, 9);
	const page = await (
		await room(made)
	).send({ art: 'removeItem' }, { item: made.items[2]!, reason: 'Noch nicht reif', yes: '7', no: '2', abstain: '0' });
	expect(page.text).toMatch(/Punkt abgesetzt.*Warum\?.*Ja 7 Nein 2/);
	const visitor = await plainPage(app, `/sitzungen/${made.slug}`);
	expect(visitor.text).toMatch(/Warum\? \(Rechnung zur Mehrheit\).*Nötige Ja-Stimmen 3/);
});

test('the minutes of a session that was not convened properly say so, and that it was healed or not', async () => {
	const made = await session(['Eröffnung', 'Kurse']);
	let page = await (await room(made)).send({ art: 'prepare' });
	page = await page.send(
		{ art: 'open' },
		{ proper: '', note: 'Zwei Mitglieder bekamen die Einladung einen Tag zu spät.' },
	);
	await (await page.send({ art: 'quorum' })).send({ art: 'close' });
	const minutes = await plainPage(app, `/sitzungen/${made.slug}/niederschrift`, office);
	expect(minutes.text).toContain('Zwei Mitglieder bekamen die Einladung einen Tag zu spät');
	expect(minutes.text).toContain('Nicht alle stimmberechtigten Mitglieder sind anwesend');
});

test('who was a member still reads the own attendance, and nothing else of the member’s page', async () => {
	const cookie = await app.signInAs('ehemals@elbstadt.example');
	const person = newId();
	await rows(
		`insert into registry.person (body_id, id, given_name, family_name, email, account_id)
		 select $1, $2, 'Hedda', 'Ehemals', "email", "id" from auth."user" where "email" = 'ehemals@elbstadt.example'`,
		[council.body_id, person],
	);
	const made = await session(['Eröffnung'], { date: '2020-03-04' });
	await rows(
		`insert into council.attendance (body_id, id, meeting_id, position, person_id, name, voting, status)
		 values ($1, $2, $3, 0, $4, 'Hedda Ehemals', true, 'present')`,
		[council.body_id, newId(), made.id, person],
	);
	// The desk leads there, for somebody without any role, too.
	expect((await plainPage(app, '/tisch', cookie)).html).toContain('href="/mitarbeit"');
	const page = await plainPage(app, '/mitarbeit', cookie);
	expect(page.status).toBe(200);
	expect(page.text).toMatch(/04\.03\.2020.*anwesend/);
	expect(page.text).toContain('Wann Sie in Sitzungen dabei waren');
	expect(page.offers({})).toBe(page.html.includes('<form'));
	expect(page.text).not.toContain('Mein Kalender');
	expect((await plainPage(app, '/mitarbeit')).status).toBe(404);
});

test('the history of a body does not scroll sideways on a phone, in German and in Arabic', async () => {
	for (const path of ['/gremien/beirat/geschichte', '/ar/gremien/beirat/geschichte']) {
		const page = await app.newPage({ viewport: { width: 390, height: 844 } });
		await page.goto(path);
		const wide = await page
			.locator('.scroll')
			.evaluateAll((regions) => regions.filter((region) => region.scrollWidth > region.clientWidth).length);
		expect([path, wide]).toEqual([path, 0]);
		await page.context().close();
	}
});

test('what a guest promised for one session and whether they came stands once: the list of attendance decides', async () => {
	const made = await session(['Eröffnung']);
	const planning = `/sitzungen/${made.slug}/planung`;
	const [authority] = await rows<{ id: string; name: string }>(
		`select id, name from registry.organisation where name = 'Ausländerbehörde'`,
	);
	let page = await (
		await plainPage(app, planning, office)
	).send({ name: '', reason: '' }, { who: `organisation:${authority!.id}` });
	const guest = /name="id" value="([^"]+)"/.exec(page.html.split('id="gaeste"')[1]!)![1]!;
	page = await page.send({ id: guest, what: 'committed' });
	expect(page.text).toContain('zugesagt');
	await begin(made, 9);
	const [row] = await rows<{ id: string }>(
		`select a.id from council.attendance a join registry.organisation o on o.id = $2
		 where a.meeting_id = $1 and a.guest and a.organisation in (o.name, o.short_name)`,
		[made.id, authority!.id],
	);
	await (await (await room(made)).send({ art: 'checkIn', row: row!.id })).send({ art: 'close' });
	page = await plainPage(app, planning, office);
	expect(page.text.split('Gäste')[1]).toContain('war da');
	expect(page.offers({ id: guest, what: 'missed' })).toBe(false);
	const [{ year }] = (await rows<{ year: string }>(
		'select extract(year from date)::text as year from council.meeting where id = $1',
		[made.id],
	)) as [{ year: string }];
	const promises = await plainPage(app, `/gremien/beirat/zusagen?jahr=${year}`, office);
	expect(promises.text).toMatch(new RegExp(`${authority!.name} Für einzelne Sitzungen zugesagt.*war da`));
});
