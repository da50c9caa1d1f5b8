import { describe, expect, test } from 'vitest';
import { OPERATOR } from '../../../src/kernel/access/actor.ts';
import { contextFor, endRequest } from '../../../src/kernel/request.ts';
import { allTowns } from '../../../src/kernel/towns.ts';
import { write } from '../../../src/kernel/write.ts';
import { startApp } from '../../support/app.ts';

/** From the plan to the opened door: what the office does before a session, and what those invited read and answer. */
const { url, signIn, newPage, database } = await startApp({ demonstration: true, workers: 2 });
const { sql } = database;
const office = await signIn('office');

const today = Temporal.Now.plainDateISO('Europe/Berlin');
const day = (days: number) => today.add({ days }).toString();
const [council] = await sql<{ id: string }>(`select id from council.council_body where slug = 'beirat'`);

interface Answer {
	status: number;
	location: string;
	text: string;
}

async function post(path: string, fields: Record<string, string> | FormData, cookie = office): Promise<Answer> {
	const answer = await fetch(url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html', ...(cookie ? { cookie } : {}) },
		body: fields instanceof FormData ? fields : new URLSearchParams(fields),
	});
	return { status: answer.status, location: answer.headers.get('location') ?? '', text: plain(await answer.text()) };
}

async function page(path: string, cookie = office): Promise<string> {
	const answer = await fetch(url + path, { headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) } });
	return plain(await answer.text());
}

/** The words of a page, without marks. */
function plain(html: string): string {
	return html
		.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/&amp;/g, '&')
		.replace(/&quot;/g, '"')
		.replace(/\s+/g, ' ');
}

/** Creates a session by the form. @returns its slug */
async function create(date: string, more: Record<string, string> = {}, cookie = office): Promise<string> {
	const fields = { id: crypto.randomUUID(), body: 'beirat', public: 'on', date, start: '17:00', end: '19:00' };
	const answer = await post(`/sitzungen/neu?gremium=beirat&tag=${date}`, { ...fields, ...more }, cookie);
	expect(answer.status, answer.text.slice(0, 400)).toBe(303);
	return /\/sitzungen\/([^/]+)\/tagesordnung/.exec(answer.location)![1]!;
}

async function meetingId(slug: string): Promise<string> {
	const [row] = await sql<{ id: string }>('select id from council.meeting where slug = $1', [slug]);
	return row!.id;
}

interface Mail {
	to_name: string;
	to_address: string;
	subject: string;
	text: string;
	locale: string;
	calendar: string | null;
	calendar_method: string | null;
	attachments: number;
}

/** What a session's jobs sent for a purpose, once nothing is left to send. */
async function mails(slug: string, purpose: string): Promise<Mail[]> {
	const id = await meetingId(slug);
	const read = () =>
		sql<Mail>(
			`select m.to_name, m.to_address, m.subject, m.text, m.locale, m.calendar, m.calendar_method,
			(select count(*)::int from kernel.mail_attachment a where a.mail_id = m.id) as attachments
			from council.invitation_mail l join kernel.mail m on m.id = l.mail_id
			where l.meeting_id = $1 and l.purpose = $2 order by l.at`,
			[id, purpose],
		);
	const waiting = `select 1 from graphile_worker.jobs where task_identifier like 'council.agenda.%'`;
	await expect.poll(async () => (await sql(waiting)).length, { timeout: 60_000 }).toBe(0);
	return read();
}

/** Titles of the items on the page where the agenda is made. */
async function titlesOf(slug: string): Promise<string[]> {
	const answer = await fetch(`${url}/sitzungen/${slug}/tagesordnung`, { headers: { cookie: office } });
	return [...(await answer.text()).matchAll(/<h3[^>]*>([^<]*)</g)].map(([, title]) => title!);
}

async function withAddresses(): Promise<void> {
	await sql(`update registry.person set email = 'p' || right(replace(id::text, '-', ''), 12) || '@probe.example'
		where email is null and family_name <> 'Immelthal'`);
	await sql(`update registry.person set locale = 'ar' where family_name = 'Tinawi'`);
}
await withAddresses();
await sql(`update council.seat set substitutes = 'anyOfGroup' where kind = 'delegated'`);

function unfolded(calendar: string | null): string {
	return (calendar ?? '').replace(/\r\n[ \t]/g, '');
}

const linkIn = (text: string) => /\/antwort\/([\w-]+)/.exec(text)![1]!;

describe('a new session', () => {
	test('SIT-01: the second public session of a year is suggested as number 2, with the title in house style', async () => {
		const next = `${today.year + 2}`;
		const first = await create(`${next}-02-10`);
		const words = await page(`/sitzungen/neu?gremium=beirat&tag=${next}-04-14`);
		expect(words).toContain('Laufende Nummer');
		const html = await (
			await fetch(`${url}/sitzungen/neu?gremium=beirat&tag=${next}-04-14`, { headers: { cookie: office } })
		).text();
		expect(html).toMatch(/name="number"[^>]*value="2"|value="2"[^>]*name="number"/);
		expect(html).toContain(`2. öffentliche Sitzung ${next}`);
		const second = await create(`${next}-04-14`);
		const rows = await sql<{ number: number; title: string }>(
			'select number, title from council.meeting where slug = any($1) order by date',
			[[first, second]],
		);
		expect(rows.map(({ number }) => number)).toEqual([1, 2]);
		expect(rows[1]!.title).toBe(`2. öffentliche Sitzung ${next}`);
	});

	test('SIT-02~: room and accessibility are entered with the session and stand on its page and in its calendar', async () => {
		const slug = await create(day(80), {
			placeName: 'Haus am Hafen',
			room: 'Kapitänszimmer',
			street: 'Kai 3',
			accessibility: 'stufenloser Eingang, Hörschleife',
		});
		await post(`/sitzungen/${slug}/tagesordnung?/zeigen`, {});
		const shown = await page(`/sitzungen/${slug}`, '');
		expect(shown).toContain('17:00 bis 19:00 Uhr');
		expect(shown).toContain('Haus am Hafen, Kapitänszimmer, Kai 3');
		const calendar = await (await fetch(`${url}/sitzungen/${slug}.ics`)).text();
		expect(unfolded(calendar)).toMatch(/LOCATION:.*Kapitänszimmer/);
		expect(unfolded(calendar)).toContain('stufenloser Eingang');
	});

	test('SIT-04: a new session starts with the configured standard items in their order', async () => {
		await post('/gremien/beirat/vorlage?/punkt', { title: 'Bericht der Beauftragten', kind: 'report' });
		const slug = await create(day(90));
		expect(await titlesOf(slug)).toEqual(
			expect.arrayContaining(['Bericht der Beauftragten', 'Offene Aufgaben aus der vorigen Sitzung']),
		);
		const standing = [
			'Eröffnung und Feststellung der Beschlussfähigkeit',
			'Bestätigung der Tagesordnung',
			'Offene Aufgaben aus der vorigen Sitzung',
			'Bericht der Beauftragten',
			'Verschiedenes',
		];
		expect((await titlesOf(slug)).filter((title) => standing.includes(title))).toEqual(standing);
	});

	test('SIT-13: the standing report is on the next agenda already, and its reporter gets an invitation', async () => {
		const [head] = await sql<{ id: string; name: string }>(
			`select f.id, p.family_name as name from registry.office f join registry.office_holding h on h.office_id = f.id
			join registry.person p on p.id = h.person_id where f.title = 'Leitung des Bürgeramts'`,
		);
		await post('/gremien/beirat/vorlage?/punkt', {
			title: 'Bericht des Bürgeramts',
			kind: 'report',
			reporter: head!.id,
		});
		const slug = await create(day(30));
		expect(await page(`/sitzungen/${slug}/tagesordnung`)).toContain('Bericht des Bürgeramts');
		await post(`/sitzungen/${slug}/einladung?/senden`, {});
		const sent = await mails(slug, 'invitation');
		const report = sent.find(({ to_name }) => to_name.includes(head!.name))!;
		expect(report.text).toContain('Leitung des Bürgeramts');
		expect(report.text).toContain('um zu berichten');
	});

	test('SIT-19~: open tasks of earlier minutes are listed by themselves', async () => {
		const slug = await create(day(100));
		const words = await page(`/sitzungen/${slug}/tagesordnung`);
		const tasks = await sql<{ what: string }>(
			`select what from council.task t join council.meeting m on m.id = t.meeting_id where t.state = 'open' and m.council_body_id = $1`,
			[council!.id],
		);
		expect(tasks.length).toBeGreaterThan(0);
		for (const { what } of tasks) expect(words).toContain(what);
	});

	test('GRE-10: a template offers five guest places that organisations of the register fill', async () => {
		await post('/gremien/beirat/vorlage?/gast', { label: 'Migrantenorganisation', places: '5' });
		const slug = await create(day(110));
		const free = async () => (await page(`/sitzungen/${slug}/tagesordnung`)).split('noch frei').length - 1;
		expect(await free()).toBe(5);
		const [organisation] = await sql<{ id: string }>(
			`insert into registry.organisation (body_id, id, name, organisation_type)
			select body_id, gen_random_uuid(), 'Verein Neue Nachbarn', 'external' from registry.organisation limit 1 returning id`,
		);
		await post(`/sitzungen/${slug}/tagesordnung?/gast`, {
			label: 'Migrantenorganisation',
			organisation: organisation!.id,
			email: 'verein@probe.example',
		});
		expect(await free()).toBe(4);
		expect(await page(`/sitzungen/${slug}/tagesordnung`)).toContain('Verein Neue Nachbarn');
		await post(`/sitzungen/${slug}/einladung?/senden`, {});
		const sent = await mails(slug, 'invitation');
		expect(sent.some(({ to_address }) => to_address === 'verein@probe.example')).toBe(true);
	});
});

describe('an agenda', () => {
	test('closed items need reason, basis and a neutral title, which is all that strangers read; items move by buttons', async () => {
		const slug = await create(day(120));
		const add = (fields: Record<string, string>) => post(`/sitzungen/${slug}/tagesordnung?/neu`, fields);
		const refused = await add({ title: 'Besetzung der Stelle 4711', closed: 'on', closedCode: 'personnel' });
		expect(refused.status).toBe(422);
		expect(refused.text).toContain('Bitte nennen Sie die Rechtsgrundlage');
		await add({
			title: 'Besetzung der Stelle 4711',
			closed: 'on',
			closedCode: 'personnel',
			closedBasis: '§ 52 Abs. 2 KVG LSA',
			neutralTitle: 'Personalangelegenheit',
		});
		await add({ title: 'Sprachkurse am Abend', papers: 'A0200/26' });
		const added = await add({ title: 'Spielplatz am Nordufer' });
		const id = /punkt-([0-9a-f-]+)/.exec(added.location)![1]!;
		await post(`/sitzungen/${slug}/tagesordnung?/schieben`, { id, richtung: 'hoch' });
		await post(`/sitzungen/${slug}/tagesordnung?/zeigen`, {});
		const shown = await page(`/sitzungen/${slug}`, '');
		expect(shown.indexOf('Spielplatz am Nordufer')).toBeLessThan(shown.indexOf('Sprachkurse am Abend'));
		expect(shown).toContain('Personalangelegenheit');
		expect(shown).not.toContain('4711');
		const pdf = await fetch(`${url}/sitzungen/${slug}/tagesordnung.pdf`);
		expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
	});

	test('SIT-22: a presentation is attached to item 1 and can be downloaded according to its flag', async () => {
		const slug = await create(day(130));
		const id = await meetingId(slug);
		const [first] = await sql<{ id: string }>(
			'select id from council.agenda_item where meeting_id = $1 order by position limit 1',
			[id],
		);
		const attach = (name: string, open: boolean) => {
			const form = new FormData();
			form.set('id', first!.id);
			form.set('titel', name);
			if (open) form.set('oeffentlich', 'on');
			form.set('datei', new File([`Folien zu ${name}`], `${name}.txt`, { type: 'text/plain' }));
			return post(`/sitzungen/${slug}/tagesordnung?/datei`, form);
		};
		expect((await attach('Präsentation', true)).status).toBe(303);
		expect((await attach('Interne Zahlen', false)).status).toBe(303);
		await post(`/sitzungen/${slug}/tagesordnung?/zeigen`, {});
		const files = await sql<{ file_id: string; title: string }>(
			'select file_id, title from council.meeting_file where agenda_item_id = $1',
			[first!.id],
		);
		const read = async (title: string, cookie: string) =>
			(
				await fetch(`${url}/dateien/${files.find((file) => file.title === title)!.file_id}`, {
					headers: cookie ? { cookie } : {},
				})
			).status;
		expect([await read('Präsentation', ''), await read('Interne Zahlen', '')]).toEqual([200, 404]);
		expect(await read('Interne Zahlen', await signIn('member'))).toBe(200);
		const none = new FormData();
		none.set('id', first!.id);
		expect((await post(`/sitzungen/${slug}/tagesordnung?/datei`, none)).text).toContain('Bitte wählen Sie eine Datei');
	});
});

describe('convening', () => {
	test('GRE-07~: the managing office sends the invitations; a member may not', async () => {
		const slug = await create(day(60));
		expect((await post(`/sitzungen/${slug}/einladung?/senden`, {}, await signIn('member'))).status).toBe(403);
		await sql(`insert into registry.membership (body_id, id, person_id, organisation_id, kind, post, voting_right, from_date)
			select p.body_id, gen_random_uuid(), p.id, '${council!.id}', 'advisory', 'managingOffice', false, '2020-01-01'
			from registry.person p where p.family_name = 'Matthies' limit 1`);
		await sql(
			`delete from registry.duty d using registry.person p where p.id = d.person_id and p.family_name = 'Matthies'`,
		);
		const managing = await signIn('department');
		expect((await post(`/sitzungen/${slug}/einladung?/senden`, {}, managing)).status).toBe(303);
		const sent = await mails(slug, 'invitation');
		const german = sent.find(({ locale }) => locale === 'de')!;
		expect(german.subject).toMatch(/^Einladung: /);
		expect(german.calendar_method).toBe('REQUEST');
		expect(german.attachments).toBe(1);
		expect(sent.find(({ to_name }) => to_name.includes('Tinawi'))!.subject).toMatch(/[\u0600-\u06ff]/);
		const words = await page(`/sitzungen/${slug}/einladung`);
		expect(words).toContain('Die Ladungsfrist ist gewahrt.');
		expect(words).toContain('keine Adresse: bitte per Post');
		const [stored] = await sql<{ notice: { profile: { id: string } }; agenda_invited: unknown[]; state: string }>(
			'select notice, agenda_invited, state from council.meeting where slug = $1',
			[slug],
		);
		expect(stored!.state).toBe('invited');
		expect(await sql('select 1 from council.rule_profile where id = $1', [stored!.notice.profile.id])).toHaveLength(1);
		expect(stored!.agenda_invited.length).toBeGreaterThan(2);
		expect(await page(`/sitzungen/${slug}`, '')).toContain('Verschiedenes');
		// A second press sends nobody a second mail.
		await post(`/sitzungen/${slug}/einladung?/senden`, {});
		expect((await mails(slug, 'invitation')).length).toBe(sent.length);
	});

	test('GRE-09: whoever holds a function on the day of the session is invited, also after a change of person', async () => {
		const slug = await create(day(45));
		const [office_] = await sql<{ id: string }>(
			`insert into registry.office (body_id, id, title, kind) select id, gen_random_uuid(), 'Sprecherin oder Sprecher der AG Sprache', 'speaker'
			from kernel.town limit 1 returning id`,
		);
		const hold = (family: string, from: string, until: string | null) =>
			sql(
				`insert into registry.office_holding (body_id, id, office_id, person_id, from_date, until_date)
				select body_id, gen_random_uuid(), $1, id, $2, $3 from registry.person where family_name = $4`,
				[office_!.id, from, until, family],
			);
		await hold('Diatta', day(-100), day(20));
		await hold('Nourzai', day(20), null);
		await post(`/sitzungen/${slug}/tagesordnung?/gast`, { office: office_!.id });
		await post(`/sitzungen/${slug}/einladung?/senden`, {});
		const names = (await mails(slug, 'invitation')).map(({ to_name }) => to_name).join();
		expect(names).toContain('Nourzai');
		expect(names).not.toContain('Diatta');
	});

	test('too late for the notice period: a warning with the last day, then a reason that is stored', async () => {
		const slug = await create(day(3));
		const words = await page(`/sitzungen/${slug}/einladung`);
		expect(words).toContain('Für die Ladungsfrist ist es zu spät.');
		const refused = await post(`/sitzungen/${slug}/einladung?/senden`, {});
		expect(refused.status).toBe(422);
		expect(refused.text).toContain('nennen Sie den Grund der Dringlichkeit');
		await post(`/sitzungen/${slug}/einladung?/senden`, { grund: 'Die Unterkunft schließt am Monatsende.' });
		const after = await page(`/sitzungen/${slug}/einladung`);
		expect(after).toContain('Die Ladungsfrist ist nicht gewahrt.');
		expect(after).toContain('Die Unterkunft schließt am Monatsende.');
	});

	test('SIT-23: reminders go out at the set day, name the nominations, and their delivery is logged', async () => {
		const slug = await create(day(7));
		const added = await post(`/sitzungen/${slug}/tagesordnung?/neu`, {
			title: 'Wahl der Stellvertretung',
			kind: 'election',
		});
		const item = /punkt-([0-9a-f-]+)/.exec(added.location)![1]!;
		await post(`/sitzungen/${slug}/tagesordnung?/vorschlag`, { item, name: 'Yonas Tekleberg' });
		await post(`/sitzungen/${slug}/einladung?/senden`, { grund: 'Die Stellvertretung ist zurückgetreten.' });
		await mails(slug, 'invitation');
		// The invitation went out a week ago, so today is the set day.
		await sql(`update council.meeting set invited_on = invited_on - 7 where slug = $1`, [slug]);
		const remind = async () => {
			const [town] = await allTowns();
			const ctx = contextFor(town!, OPERATOR);
			await write(ctx, (tx) => tx.enqueue('council.agenda.remind', { origin: url }));
			await endRequest(ctx);
		};
		await remind();
		const sent = await mails(slug, 'reminder');
		const german = sent.find(({ locale }) => locale === 'de')!;
		expect(german.subject).toMatch(/^Erinnerung: /);
		expect(german.text).toContain('Wahlvorschläge');
		expect(german.text).toContain('Yonas Tekleberg');
		await remind();
		expect((await mails(slug, 'reminder')).length).toBe(sent.length);
		expect(await page(`/sitzungen/${slug}/einladung`)).toContain('Erinnerung');
	});

	test('a changed session sends an update with a higher SEQUENCE, a cancelled one a CANCEL; the page says so', async () => {
		const slug = await create(day(50));
		await post(`/sitzungen/${slug}/einladung?/senden`, {});
		const [before] = await mails(slug, 'invitation');
		const token = linkIn(before!.text);
		expect((await post(`/antwort/${token}`, { answer: 'yes', version: '1' }, '')).status).toBe(303);
		await post(`/sitzungen/${slug}/einladung?/aendern`, { date: day(50), start: '18:30', end: '20:00', mode: 'room' });
		const [update] = await mails(slug, 'update');
		const sequence = (mail: Mail) => Number(/SEQUENCE:(\d+)/.exec(unfolded(mail.calendar))![1]);
		const uid = (mail: Mail) => /UID:(\S+)/.exec(unfolded(mail.calendar))![1];
		expect(sequence(update!)).toBeGreaterThan(sequence(before!));
		expect(uid(update!)).toBe(uid(before!));
		const moved = await page(`/antwort/${token}`, '');
		expect(moved).toContain('nach Ihrer Antwort geändert');
		const old = await post(`/antwort/${token}`, { answer: 'yes', version: '1' }, '');
		expect([old.status, old.text.includes('eben geändert')]).toEqual([409, true]);
		expect((await post(`/sitzungen/${slug}/einladung?/absagen`, {})).status).toBe(422);
		await post(`/sitzungen/${slug}/einladung?/absagen`, { grund: 'Das Rathaus ist an diesem Tag geschlossen.' });
		const [gone] = await mails(slug, 'cancellation');
		expect(gone!.calendar_method).toBe('CANCEL');
		expect(await page(`/antwort/${token}`, '')).toContain('Diese Sitzung ist abgesagt.');
		await post(`/sitzungen/${slug}/einladung?/doch`, {});
		expect(await page(`/antwort/${token}`, '')).toContain('Kommen Sie?');
	});
});

describe('answers without a password', () => {
	test('yes, no with a reason that only the office reads, late; changeable until the session opens', async () => {
		const slug = await create(day(70));
		await post(`/sitzungen/${slug}/einladung?/senden`, {});
		const sent = await mails(slug, 'invitation');
		const german = sent.find(({ to_name }) => to_name.includes('Brückner'))!;
		const token = linkIn(german.text);
		// Opening the link answers nothing.
		await page(`/antwort/${token}`, '');
		const reason = 'Ich bin an diesem Tag im Krankenhaus.';
		expect((await post(`/antwort/${token}`, { answer: 'no', reason, version: '1' }, '')).status).toBe(303);
		expect(await page(`/antwort/${token}`, '')).toContain('Ihre Antwort: Nein, ich kann nicht');
		expect(await page(`/sitzungen/${slug}/einladung`)).toContain(reason);
		expect(await page(`/sitzungen/${slug}/einladung`, await signIn('chair'))).not.toContain(reason);
		expect(await page(`/sitzungen/${slug}`, '')).not.toContain(reason);
		const late = await post(`/antwort/${token}`, { answer: 'late', arrives: '17:45', version: '1' }, '');
		expect(late.status).toBe(303);
		expect(await page(`/antwort/${token}`, '')).toContain('17:45');
		expect((await post(`/antwort/${token}`, { answer: 'remote', version: '1' }, '')).text).toContain('nicht möglich');
		const arabic = sent.find(({ locale }) => locale === 'ar')!;
		expect(await page(`/ar/antwort/${linkIn(arabic.text)}`, '')).toContain('هل ستحضرون؟');
		expect(await page(`/antwort/${token.slice(0, -3)}abc`, '')).toContain('Diesen Link gibt es nicht.');
		const foreign = await post(`/antwort/${token}`, { answer: 'yes', version: '1' }, await signIn('chair'));
		expect([foreign.status, foreign.text.includes('Dieser Link gehört')]).toEqual([403, true]);
		await sql(`update council.meeting set state = 'running', opened_at = now() where slug = $1`, [slug]);
		expect(await page(`/antwort/${token}`, '')).toContain('Die Sitzung läuft schon.');
		expect((await post(`/antwort/${token}`, { answer: 'yes', version: '1' }, '')).status).toBe(422);
	});

	test('who sends a substitute: somebody of the group is asked at once by a mail with their own link', async () => {
		const slug = await create(day(75));
		await post(`/sitzungen/${slug}/einladung?/senden`, {});
		const sent = await mails(slug, 'invitation');
		const member = sent.find(({ to_name }) => to_name.includes('Winsemann'))!;
		const token = linkIn(member.text);
		expect((await post(`/antwort/${token}`, { answer: 'substitute', version: '1' }, '')).status).toBe(303);
		const [asked] = await mails(slug, 'substitute');
		expect(asked!.to_name).toContain('Lüdersen');
		expect(asked!.text).toContain('Holger Winsemann');
		expect((await post(`/antwort/${linkIn(asked!.text)}`, { answer: 'yes', version: '1' }, '')).status).toBe(303);
		expect(await page(`/antwort/${token}`, '')).toMatch(/Zur Vertretung gefragt: Petra Lüdersen : Ja, ich komme/);
		await post(`/antwort/${token}`, { answer: 'yes', version: '1' }, '');
		expect(await page(`/antwort/${linkIn(asked!.text)}`, '')).toContain('nicht mehr gebraucht');
	});

	test('a member answers from the desk with one press, without script', async () => {
		const slug = await create(day(85));
		await post(`/sitzungen/${slug}/einladung?/senden`, {});
		await mails(slug, 'invitation');
		const desk = await newPage({ role: 'member', javaScriptEnabled: false });
		await desk.goto('/tisch');
		const waiting = desk.getByRole('button', { name: 'Ja, ich komme' });
		const before = await waiting.count();
		expect(before).toBeGreaterThan(0);
		await waiting.first().click();
		expect(new URL(desk.url()).pathname).toBe('/tisch');
		expect(await waiting.count()).toBe(before - 1);
		await desk.context().close();
	});
});
