import { beforeAll, expect, test } from 'vitest';
import { SYSTEM } from '../../../src/kernel/access/actor.ts';
import type { RulesInput } from '../../../src/modules/(council)/rules/profile.ts';
import { sampleSession, type Sample } from '../../../src/modules/(council)/session/testing.ts';
import { watchWritten } from '../../../src/modules/(council)/votes/written/jobs.server.ts';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';

/** Decisions without a session (rulebook R2-53), by forms without script; members answer by the link of their mail. */
const app = await startApp({ workers: 0 });
const { database } = app;
const { sql, ctx, town } = database;
let sample: Sample;
let body: string;
let office: string;

const OFFICE = 'buero@elbstadt.example';
const member = (number: number) => `mitglied-${number}@elbstadt.example`;
const day = (days: number) => ctx().today.add({ days }).toString();
const open = (path: string, cookie?: string): Promise<PlainPage> => plainPage(app, path, cookie);

beforeAll(async () => {
	sample = await sampleSession(database);
	const [row] = await sql<{ slug: string }>('select slug from council.council_body where id = $1', [sample.council]);
	body = row!.slug;
	for (const [index, { person }] of sample.seats.slice(0, 4).entries())
		await sql('update registry.person set email = $2, locale = $3 where id = $1', [
			person,
			member(index + 1),
			index === 1 ? 'ar' : 'de',
		]);
	office = await app.signInAs(OFFICE);
	await sql(
		`with p as (insert into registry.person (body_id, id, given_name, family_name, email, account_id)
			select $1, gen_random_uuid(), 'Ines', 'Büro', $2, "id" from auth."user" where "email" = $2 returning id)
		 insert into registry.duty (body_id, id, person_id, duty, from_date) select $1, gen_random_uuid(), id, 'office', '2020-01-01' from p`,
		[town.id, OFFICE],
	);
});

async function signedIn(number: number): Promise<string> {
	const cookie = await app.signInAs(member(number));
	await sql(
		`update registry.person set account_id = (select "id" from auth."user" where "email" = $1) where email = $1`,
		[member(number)],
	);
	return cookie;
}

/** Begins a procedure by the form of the body's page. @returns its page */
async function begin(title: string): Promise<PlainPage> {
	const page = await open(`/gremien/${body}/umlauf`, office);
	const text = 'Der Beirat unterstützt das Straßenfest.';
	const started = await page.send({ title: '' }, { title, text, reason: 'Eilt', lastDay: day(8) });
	expect(started.text).toContain('Die Mitglieder sind gefragt');
	return started;
}

/** The address in the newest mail to somebody that asks for an answer. */
async function linkOf(number: number, subject: string): Promise<string> {
	const [mail] = await sql<{ text: string }>(
		'select text from kernel.mail where to_address = $1 and subject like $2 order by id desc limit 1',
		[member(number), `%${subject}`],
	);
	return new URL(/https?:\S+\/umlauf\/[\w-]+/.exec(mail!.text)![0]).pathname;
}

test('one objection ends a written procedure: it goes on the next agenda with its wording, and everybody is told', async () => {
	const list = await open(`/gremien/${body}/umlauf`, office);
	const early = await list.send({ title: '' }, { title: 'Straßenfest', text: 'Der Beirat sagt Ja.', lastDay: day(3) });
	expect(early.status).toBe(422);
	expect(early.text).toContain('Die Regeln geben mehr Zeit: frühestens bis');
	expect(early.html).toContain('value="Straßenfest"');
	const empty = await list.send({ title: '' }, { text: '', lastDay: day(9) });
	expect(empty.text).toContain('Schreiben Sie, worum es geht. Schreiben Sie den Wortlaut auf.');
	const started = await begin('Straßenfest');
	expect(started.url).toContain(`/gremien/${body}/umlauf/1`);
	// Sent twice, it is one procedure.
	const list2 = await open(`/gremien/${body}/umlauf`, office);
	const typed = { title: 'Doppelt', text: 'Der Beirat sagt Ja.', lastDay: day(9) };
	const twice = await Promise.all([list2.send({ title: '' }, typed), list2.send({ title: '' }, typed)]);
	expect(new Set(twice.map(({ url }) => url.split('?')[0])).size).toBe(1);
	expect(await sql(`select 1 from council.written_procedure where title = 'Doppelt'`)).toHaveLength(1);

	const link = await linkOf(1, 'Umlaufverfahren: Straßenfest');
	expect(await linkOf(2, 'Straßenfest')).toContain('/ar/umlauf/');
	const first = await open(link);
	expect(first.text).toContain('Der Beirat unterstützt das Straßenfest.');
	expect(first.text).toContain('Ein einziger Widerspruch beendet das Verfahren');
	expect((await first.send({ remark: '' })).text).toContain('Bitte wählen Sie eine Antwort');
	const agreed = await first.send({ voice: 'yes' });
	expect(agreed.text).toContain('Sie haben geantwortet: Ich bin einverstanden');

	// Someone else's link, and one that was never given out: one clear answer each.
	const other = await signedIn(3);
	const foreign = await open(link, other);
	expect(foreign.text).toContain('Dieser Link gehört Person Nummer 1');
	expect(foreign.text).not.toContain('einverstanden');
	expect(foreign.offers({ voice: 'yes' })).toBe(false);
	const tried = await fetch(`${app.url}${link}`, {
		method: 'POST',
		headers: { origin: app.url, accept: 'text/html', cookie: other },
		body: new URLSearchParams({ voice: 'biased' }),
	});
	expect(tried.status).toBe(422);
	expect(await tried.text()).toContain('Dieser Link gehört Person Nummer 1');
	expect((await open('/umlauf/nie-ausgegeben')).text).toContain('Diesen Link gibt es nicht');
	expect((await open(`/gremien/${body}/umlauf/1`)).status).toBe(404);

	const third = await open(await linkOf(3, 'Straßenfest'));
	const unsure = await third.send({ voice: 'objection' });
	expect(unsure.status).toBe(422);
	expect(unsure.text).toContain('Bitte bestätigen Sie den Widerspruch');
	const ended = await third.send({ voice: 'objection' }, { sure: 'ja', remark: 'Zu teuer' });
	expect(ended.text).toContain('Ein Mitglied hat widersprochen. Darum wird in einer Sitzung beraten.');
	// The page with the form is still open, and comes too late.
	const late = await first.send({ voice: 'yes' });
	expect(late.status).toBe(422);
	expect(late.text).toContain('Dieses Umlaufverfahren ist beendet. Antworten werden nicht mehr angenommen.');
	const told = await sql(`select 1 from kernel.mail where subject = 'Beendet: Straßenfest'`);
	expect(told).toHaveLength(3);
	const run = await open(`/gremien/${body}/umlauf/1`, office);
	expect(run.text).toContain('Kommt auf die nächste Tagesordnung');
	expect(run.text).toMatch(/Person Nummer 3 Ich widerspreche: .*Zu teuer/);

	const create = await open(`/sitzungen/neu?gremium=${body}&tag=${day(40)}`, office);
	// Seen before the session is made.
	expect(create.text).toContain('Straßenfest');
	const planned = await create.send({ body }, { start: '17:00' });
	const [item] = await sql<{ title: string; kind: string; text: string; slug: string }>(
		`select i.title, i.kind, m.text, s.slug from council.written_procedure w join council.agenda_item i on i.id = w.announced_item_id
		 join council.motion m on m.agenda_item_id = i.id join council.meeting s on s.id = i.meeting_id where w.number = 1`,
	);
	expect(item).toMatchObject({ title: 'Straßenfest', kind: 'topic', text: 'Der Beirat unterstützt das Straßenfest.' });
	expect(planned.url).toContain(item!.slug);
	expect((await open(`/gremien/${body}/umlauf/1`, office)).text).toContain('Bekannt gegeben in:');
});

test('nobody objects until the last day: adopted, announced in the next session, in its minutes and public from then on', async () => {
	const started = await begin('Plakat');
	const number = Number(/umlauf\/(\d+)/.exec(started.url)![1]);
	const address = `/gremien/${body}/umlauf/${number}`;
	const mine = await signedIn(4);
	expect((await open('/tisch', mine)).text).toContain('Umlaufverfahren: Plakat');
	const own = await open(address, mine);
	expect(own.text).toContain('Sie antworten als Person Nummer 4');
	expect(own.text).not.toContain('Wer wie geantwortet hat');
	expect((await own.send({ voice: 'biased' })).text).toContain('Ihre Antwort ist gespeichert');
	expect((await open('/tisch', mine)).text).not.toContain('Umlaufverfahren: Plakat');
	const [five] = await sql<{ id: string }>(
		`select a.id from council.written_answer a join council.written_procedure w on w.id = a.procedure_id
		 where w.number = $1 and a.name = 'Person Nummer 5'`,
		[number],
	);
	const entered = await started.send({ answer: '' }, { answer: five!.id, voice: 'yes', remark: 'am Telefon' });
	expect(entered.text).toMatch(/Person Nummer 5 Ich bin einverstanden von der Geschäftsführung eingetragen/);
	const reminded = await (await open(address, office)).send({ was: 'erinnern' });
	expect(reminded.text).toContain('Mails verschickt: 3');
	const back = await (await open(address, office)).send({ reason: '' }, { reason: 'Ein Schreibfehler' });
	expect(back.text).toContain('Zurückgezogen');
	const again = await back.send({ was: 'weiter' });
	expect(again.text).toContain('Das Verfahren läuft wieder');

	await sql('update council.written_procedure set last_day = $2 where number = $1', [number, day(-1)]);
	const link = await open(await linkOf(1, 'Plakat'));
	expect(link.text).toContain('Dieses Umlaufverfahren ist beendet');
	await watchWritten(ctx(SYSTEM), { origin: app.url });
	await watchWritten(ctx(SYSTEM), { origin: app.url });
	const over = await open(address, office);
	expect(over.text).toContain('Bis zum letzten Tag hat niemand widersprochen');
	expect(over.text).toMatch(/Gefragte Mitglieder 14 Befangen 1 Widersprüche 0 Ohne Antwort 13/);

	// Today's session was invited already: an announcement may join it, before it begins.
	const [session] = await sql<{ slug: string; item: string }>(
		`select m.slug, i.id as item from council.agenda_item i join council.meeting m on m.id = i.meeting_id where i.title = $1`,
		[`Ergebnis des Umlaufverfahrens ${number}: Plakat`],
	);
	expect((await open(address)).status).toBe(404);
	let room = await open(`/sitzungen/${session!.slug}/verlauf`, office);
	room = await room.send({ art: 'open' }, { proper: 'ja' });
	room = await open(`/sitzungen/${session!.slug}/verlauf?punkt=${session!.item}`, office);
	room = await room.send({ art: 'item', item: session!.item });
	room = await open(`/sitzungen/${session!.slug}/verlauf`, office);
	await room.send({ art: 'close' });
	const resolutions = await sql(
		`select r.text, r.kind, i.result, v.method from council.resolution r join council.agenda_item i on i.id = r.agenda_item_id
		 join council.vote v on v.id = r.vote_id where i.id = $1`,
		[session!.item],
	);
	expect(resolutions).toEqual([
		{
			text: 'Der Beirat unterstützt das Straßenfest.',
			kind: 'recommendation',
			result: 'adopted',
			method: 'written',
		},
	]);
	const stranger = await open(`/sitzungen/${session!.slug}`);
	expect(stranger.text).toContain(`Ergebnis des Umlaufverfahrens ${number}: Plakat`);
	const minutes = await open(`/sitzungen/${session!.slug}/niederschrift`, office);
	expect(minutes.text).toContain(`Umlaufverfahren ${number}, Plakat: Bis zum letzten Tag hat niemand widersprochen`);
	const shown = await open(address);
	expect(shown.status).toBe(200);
	expect(shown.text).toContain('Der Beirat unterstützt das Straßenfest.');
	expect(shown.text).not.toContain('Person Nummer');
	expect((await open(`/ar${address}`)).text).toContain('لم يعترض أحد حتى اليوم الأخير');
});

test('where enough members must agree to the procedure itself, silence is no yes: without four fifths it goes to a session', async () => {
	const consent = { mode: 'consentQuorum', consent: [4, 5], days: 7 };
	const other = await sampleSession(database, {
		delegated: 0,
		residents: 5,
		rules: { written: consent as RulesInput['written'] },
		meeting: { state: 'planned', date: day(30) },
	});
	const [row] = await sql<{ slug: string }>('select slug from council.council_body where id = $1', [other.council]);
	const list = await open(`/gremien/${row!.slug}/umlauf`, office);
	const typed = { title: 'Dringlicher Aufruf', text: 'Der Beirat ruft auf.', lastDay: day(8) };
	let page = await list.send({ title: '' }, typed);
	expect(page.text).toContain(
		'Mindestens 4 von 5 Mitgliedern müssen mit dem schriftlichen Verfahren einverstanden sein',
	);
	const answers = await sql<{ id: string; name: string }>(
		`select a.id, a.name from council.written_answer a join council.written_procedure w on w.id = a.procedure_id
		 where w.title = 'Dringlicher Aufruf' order by a.name`,
	);
	for (const { id } of answers.slice(0, 3))
		page = await page.send({ answer: '' }, { answer: id, voice: 'yes', consents: 'ja' });
	expect(page.text).toContain('Geantwortet 3 von 5');
	await sql(`update council.written_procedure set last_day = $1 where title = 'Dringlicher Aufruf'`, [day(-1)]);
	await watchWritten(ctx(SYSTEM), { origin: app.url });
	page = await open(`/gremien/${row!.slug}/umlauf/1`, office);
	expect(page.text).toContain('Nicht zustande gekommen');
	expect(page.text).toContain('Mit dem schriftlichen Verfahren waren 3 Mitglieder einverstanden, nötig waren 4.');
	const items = () =>
		sql<{ title: string; kind: string }>(
			`select i.title, i.kind from council.agenda_item i join council.meeting m on m.id = i.meeting_id
			 where m.council_body_id = $1 and i.title = 'Dringlicher Aufruf' and not m.cancelled and not i.removed`,
			[other.council],
		);
	expect(await items()).toEqual([{ title: 'Dringlicher Aufruf', kind: 'topic' }]);
	// That session is called off: in the night the topic finds the next one.
	await sql(`update council.meeting set cancelled = true where id = $1`, [other.meeting]);
	expect(await items()).toEqual([]);
	await sql(
		`insert into council.meeting (body_id, id, council_body_id, slug, state, date) values ($1, gen_random_uuid(), $2, 'ersatz', 'planned', $3)`,
		[town.id, other.council, day(40)],
	);
	await watchWritten(ctx(SYSTEM), { origin: app.url });
	await watchWritten(ctx(SYSTEM), { origin: app.url });
	expect(await items()).toEqual([{ title: 'Dringlicher Aufruf', kind: 'topic' }]);
});

test('the pages of a written procedure have nothing that axe finds, in German and Arabic, and fit a phone', async () => {
	await begin('Bänke');
	const link = await linkOf(2, 'Bänke');
	const page = await app.newPage({ viewport: { width: 390, height: 800 } });
	for (const path of [link, `/gremien/${body}/umlauf`]) {
		await page.goto(path);
		expect(await axeFindings(page)).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
	}
	const [name, ...value] = office.split('; ')[0]!.split('=');
	await page.context().addCookies([{ name: name!, value: value.join('='), url: app.url }]);
	for (const path of [`/gremien/${body}/umlauf`, `/gremien/${body}/umlauf/1`]) {
		await page.goto(path);
		expect(await axeFindings(page)).toEqual([]);
	}
	await page.context().close();
});
