import { expect, test } from 'vitest';
import { SYSTEM } from '../../../src/kernel/access/actor.ts';
import { everyDay } from '../../../src/modules/(papers)/involvement/jobs.server.ts';
import { startApp } from '../../support/app.ts';
import { involvementOf } from './involvement-support.ts';

const app = await startApp({ demonstration: true, workers: 0 });
const { sql } = app.database;
const town = await involvementOf(app);
const { answer, ask, commissioner, department, draft, idOf, instruct, office, one, open, post, read, rule, upload } =
	town;

test('MIT-06: the commissioner makes a one-page report of the statistic and lays it under an agenda item', async () => {
	const page = await read('/einbindung/statistik', commissioner);
	expect(page.status).toBe(200);
	const [item] = await sql<{ id: string; slug: string }>(
		`select i.id, m.slug from council.agenda_item i join council.meeting m on m.id = i.meeting_id
		 where m.state in ('planned', 'invited') and not m.cancelled and m.date > (now() at time zone 'Europe/Berlin')::date and i.public
		 order by m.date, i.position limit 1`,
	);
	const attached = await post('/einbindung/statistik?/anhaengen', { itemId: item!.id, public: 'on' }, commissioner);
	expect(attached.text).toContain('Der Kurzbericht hängt am Tagesordnungspunkt.');
	const session = await read(`/sitzungen/${item!.slug}`, office);
	expect(session.text).toContain('Kurzbericht zur frühen Einbindung');
	const href = /href="(\/dateien\/[^"]+)"[^>]*>[^<]*(?:<[^>]+>)*[^<]*Kurzbericht/.exec(session.html)?.[1];
	expect(href, 'a link to the file').toBeTruthy();
	const file = await fetch(`${app.url}${href}`, { headers: { cookie: office } });
	const bytes = Buffer.from(await file.arrayBuffer());
	expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
	expect(bytes.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 1).toBe(1);
	// the same click again leaves one file
	await post('/einbindung/statistik?/anhaengen', { itemId: item!.id, public: 'on' }, commissioner);
	expect((await read('/einbindung/statistik', department)).status).toBe(403);
});

test('MIT-08: people who are designated take part in a round before their body constitutes itself', async () => {
	const prepared = { name: 'Übernächste', electedOn: '', councilFrom: '', councilUntil: '', seats: 'keep', preset: '' };
	await post('/gremien/beirat/wahlperiode?/vorbereiten', prepared);
	const seat = await one(
		`select t.id as value from council.term_seat t join council.term p on p.id = t.term_id
		 where p.name = 'Übernächste' and t.kind = 'resident' order by t.number limit 1`,
	);
	const appointedOn = Temporal.Now.plainDateISO('Europe/Berlin').toString();
	await post('/gremien/beirat/wahlperiode?/bestellen', { seat, name: 'Wanda Kommtbald', person: '', appointedOn });
	const person = await one(`select id as value from registry.person where family_name = 'Kommtbald'`);
	const cookie = await app.signInAs('kommtbald@probe.example');
	await sql(
		`update registry.person set email = $2, account_id = (select "id" from auth."user" where email = $2) where id = $1`,
		[person, 'kommtbald@probe.example'],
	);
	const round = await post('/einbindung/beteiligung', { title: 'Integrationskonzept: Wohnen', from: appointedOn });
	expect(round.text).toContain('Wanda Kommtbald');
	const path = new URL(round.url).pathname;
	const added = await post(`${path}?/aufnehmen`, { person });
	expect(added.text).toContain('benannt, noch nicht im Amt');
	const stated = await post(`${path}?/beitrag`, { statement: 'Mehr Beratung in den Stadtteilen.' }, cookie);
	expect(stated.text).toContain('Mehr Beratung in den Stadtteilen.');
	expect((await read(path, department)).status).toBe(404);
	expect(await one(`select count(*) as value from kernel.mail where to_address = 'kommtbald@probe.example'`)).toBe('1');
});

test('MIT-09: for an event the log proves the first contact date to each coordinator', async () => {
	const slug = await one(
		`select slug as value from council.meeting where state in ('planned', 'invited') and not cancelled
		 and date > (now() at time zone 'Europe/Berlin')::date order by date desc limit 1`,
	);
	const date = Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 30 }).toString();
	const event = { title: 'Markt der Vereine', text: '', place: 'Markt', date, from: '', until: '' };
	await post(`/sitzungen/${slug}/planung?/umwidmen`, event);
	const eventId = await one(`select id as value from council.event where title = 'Markt der Vereine'`);
	expect(eventId, 'the event').toBeTruthy();
	const officeId = await one(`select id as value from registry.office where kind = 'coordinator' limit 1`);
	expect((await read('/einbindung/kontakte')).text).toContain('noch nicht');
	const log = (days: number, channel: string) =>
		post('/einbindung/kontakte?/notieren', {
			officeId,
			eventId,
			channel,
			topic: 'Standplan',
			on: Temporal.Now.plainDateISO('Europe/Berlin').subtract({ days }).toString(),
		});
	await log(2, 'mail');
	const page = await log(10, 'phone');
	// the earliest contact counts, whenever it was entered
	expect(page.text).toMatch(/Leitung des Integrationsbüros .{5,40} Telefon 40 Tage/);
	expect((await read('/einbindung/kontakte', '')).status).toBe(404);
});

test('MIT-10: a call is logged in one line, with the day filled in, and goes by itself after a year', async () => {
	const page = await read('/einbindung/kontakte', commissioner);
	const today = Temporal.Now.plainDateISO('Europe/Berlin').toString();
	expect(page.html).toContain(`value="${today}"`);
	const logged = await post(
		'/einbindung/kontakte?/notieren',
		{ name: 'Sprachschule am Wall', topic: 'Freie Plätze im Herbst', channel: 'phone', on: today },
		commissioner,
	);
	expect(logged.text).toContain('Sprachschule am Wall (Telefon): Freie Plätze im Herbst');
	expect(logged.text).toContain('Wird am');
	const empty = await post('/einbindung/kontakte?/notieren', { name: 'Jemand', topic: '', on: today }, commissioner);
	expect(empty.status).toBe(422);
	expect(empty.text).toContain('Bitte sagen Sie in ein paar Worten, worum es ging.');
	expect((await read('/einbindung/kontakte', department)).text).not.toContain('Sprachschule am Wall');
});

test('an entry of the log that was taken away is brought back with a press, until it is deleted', async () => {
	const who = 'Nachbarschaftshaus am Ring';
	const today = Temporal.Now.plainDateISO('Europe/Berlin').toString();
	await post('/einbindung/kontakte?/notieren', { name: who, topic: 'Raum für den Kurs', on: today }, commissioner);
	const id = await one(`select id as value from papers.contact where name = 'Nachbarschaftshaus am Ring'`);
	const inList = (text: string) => text.split('Zuletzt entfernt')[0]!.includes(`${who} (`);
	const gone = await post('/einbindung/kontakte?/loeschen', { id }, commissioner);
	expect(gone.text).toContain(`Eintrag entfernt: ${who}`);
	expect(inList(gone.text)).toBe(false);
	expect(gone.html).toContain(`Entfernen rückgängig: ${who}`);
	const others = await post('/einbindung/kontakte?/zurueckholen', { id }, department);
	expect(others.status, 'it is somebody else’s').toBe(404);
	const back = await post('/einbindung/kontakte?/zurueckholen', { id }, commissioner);
	expect(inList(back.text)).toBe(true);
	expect(back.text).not.toContain('Zuletzt entfernt');
	const acts = await app.database.sql<{ act: string }>(
		'select act from kernel.audit_entry where object_id = $1 order by at, id',
		[id],
	);
	expect(acts.map(({ act }) => act)).toEqual(['logged', 'removed', 'broughtBack']);

	await post('/einbindung/kontakte?/loeschen', { id }, commissioner);
	app.setClock(`${Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 31 }).toString()}T09:00`);
	expect((await read('/einbindung/kontakte', commissioner)).text).not.toContain(who);
	const late = await post('/einbindung/kontakte?/zurueckholen', { id }, commissioner);
	expect(late.status).toBe(422);
	expect(late.text).toContain('Dieser Eintrag ist schon gelöscht');
	await everyDay(app.database.ctx(SYSTEM, await theTown()));
	expect(await app.database.sql('select 1 from papers.contact where id = $1', [id])).toEqual([]);
});

test('MIT-01: an instruction is stored with its validity and replaced; what is under way keeps the old one', async () => {
	app.setClock('2031-01-08T09:00');
	const old = await instruct('DA 7/31', '2031-01-01');
	await rule(old, { answerDays: '5' });
	const running = idOf(await open('Hort im Südviertel', { firstInformedOn: '2031-01-08' }));
	app.setClock('2031-02-03T09:00');
	const replaced = await post('/einbindung/regeln?/anweisung', {
		replaces: old,
		reference: 'DA 2/31',
		title: 'Einbindung, neu gefasst',
		from: '2031-02-03',
	});
	expect(replaced.text).toContain('Löst DA 7/31 ab.');
	expect(replaced.text).toMatch(/Gilt vom 1\. Januar 2031 bis vor dem 3\. Februar 2031/);
	const next = await one(`select id as value from papers.instruction where reference = 'DA 2/31'`);
	await rule(next, { answerDays: '3' });
	const later = idOf(await open('Hort im Nordviertel', { firstInformedOn: '2031-02-03' }));
	for (const id of [running, later]) {
		await upload(id, 'entwurf.txt', 'Ein Hort mit vierzig Plätzen.');
		await ask(id);
	}
	expect((await read(`/einbindung/${running}`)).text).toContain('Antwort bis 10. Februar 2031');
	expect((await read(`/einbindung/${later}`)).text).toContain('Antwort bis 6. Februar 2031');
});

test('MIT-02 MIT-11: every department is asked the same question and names the day of first information; late ones count as late', async () => {
	app.setClock('2031-03-03T09:00');
	const question = 'Betrifft das Vorhaben Integration, Migration oder Teilhabe?';
	expect((await read('/einbindung/neu', department)).text).toContain(question);
	expect((await read('/einbindung/neu', office)).text).toContain(question);
	const unanswered = await open('Neue Schalter', { relevant: '' }, department);
	expect(unanswered.status).toBe(422);
	expect(unanswered.text).toContain('Bitte beantworten Sie die Frage mit Ja oder Nein.');
	expect(unanswered.html).toContain('value="Neue Schalter"');
	const undated = await open('Neue Schalter', { firstInformedOn: '' }, department);
	expect(undated.text).toContain('Bitte nennen Sie den Tag der ersten Information.');
	const days = (final: string) => ({ firstInformedOn: '2031-03-03', draftFinalOn: final });
	const early = await open('Neue Schalter', days('2031-04-30'), department);
	expect(early.text).toContain('rechtzeitig');
	const late = await open('Neues Formular', days('2031-02-20'), department);
	expect(late.text).toContain('verspätet');
	expect((await read('/einbindung', commissioner)).text).toContain('Neue Schalter');
	expect((await read('/tisch', commissioner)).text).toContain('Neu in Ihrem Feld: Neue Schalter');
	expect((await read('/einbindung', '')).status).toBe(404);
	const mail = await one(`select text as value from kernel.mail where subject = 'Neu in Ihrem Feld: Neue Schalter'`);
	expect(mail).toContain(new URL(early.url).pathname);
	// "no" needs a reason and involves nobody; when it becomes "yes", the rules of the first day are owed, late or not
	const no = idOf(await open('Gehweg am Tor', { relevant: 'no', draftFinalOn: '2031-03-01' }, department));
	expect((await read(`/einbindung/${no}`, commissioner)).status).toBe(404);
	const yes = await post(
		`/einbindung/${no}?/relevanz`,
		{ relevant: 'yes', reason: 'Doch: vor der Sprachschule.', firstInformedOn: '2031-03-03' },
		department,
	);
	expect(yes.text).toContain('noch nicht gefragt');
	expect(yes.text).toContain('verspätet');
});

test('MIT-03: a relevant paper is not approved by the mayor without a co-signature or a recorded omission', async () => {
	app.setClock('2031-03-04T09:00');
	const slug = await draft('Sprachmittlung im Amt', 'Der Stadtrat beschließt:\n\n1. Es wird gedolmetscht.');
	const matter = idOf(await open('Sprachmittlung im Amt', { paper: slug, firstInformedOn: '2031-03-04' }));
	const approve = () => post(`/einbindung/${matter}?/freigeben`, {});
	const shut = await approve();
	expect(shut.status).toBe(422);
	expect(shut.text).toContain('Freigabe nicht möglich');
	await ask(matter);
	expect((await approve()).status).toBe(422);
	// two clicks: the mail leads to the matter, one button answers
	const mail = await one(
		`select text as value from kernel.mail where subject like 'Mitzeichnung bis%' order by id desc limit 1`,
	);
	expect(mail).toContain(`/einbindung/${matter}`);
	const stranger = await fetch(`${app.url}/einbindung/${matter}`, { redirect: 'manual' });
	expect(stranger.headers.get('location')).toBe(`/anmelden?weiter=${encodeURIComponent(`/einbindung/${matter}`)}`);
	expect((await read(`/vorlagen/${slug}`, commissioner)).text).toContain('Es wird gedolmetscht.');
	const refused = await answer(matter, { answer: 'refused', reasons: '' });
	expect(refused.status).toBe(422);
	expect(refused.text).toContain('Bitte schreiben Sie Ihre Anmerkungen oder Gründe auf.');
	expect((await answer(matter, { answer: 'agreed' })).text).toContain('Danke, die Antwort ist gespeichert.');
	expect((await approve()).text).toContain('Freigegeben.');
	// another one: nobody was asked, and it is on record why
	const omitted = idOf(await open('Eilige Sperrung', { firstInformedOn: '2031-03-04' }));
	await upload(omitted, 'sperrung.txt', 'Die Brücke wird gesperrt.');
	const involvement = await one('select id as value from papers.involvement where matter_id = $1', [omitted]);
	const code = { involvement, code: 'urgent', reason: 'Die Brücke drohte zu brechen.' };
	expect((await post(`/einbindung/${omitted}?/auslassen`, code)).text).toContain('Die Brücke drohte zu brechen.');
	expect((await post(`/einbindung/${omitted}?/freigeben`, {})).text).toContain('Freigegeben.');
	// asked afterwards all the same: late, not in time
	await ask(omitted);
	await answer(omitted, { answer: 'agreed' });
	expect((await read(`/einbindung/${omitted}`)).text).toContain('Später nachgeholt. Das zählt als verspätet.');
});

test('MIT-05: the co-signature of the commissioner does not settle the consultation of the council, nor the other way round', async () => {
	app.setClock('2031-03-05T09:00');
	const council = await one(`select id as value from council.council_body where slug = 'beirat'`);
	const both = await instruct('DA 3/31', '2031-03-05');
	await rule(both, { who: `body:${council}`, form: 'consult', answerDays: '10' });
	const opened = async (title: string) => {
		const id = idOf(await open(title, { firstInformedOn: '2031-03-05' }));
		await upload(id, 'entwurf.txt', title);
		await ask(id);
		return id;
	};
	const signed = await opened('Spielplatz am Ufer');
	await answer(signed, { answer: 'agreed' });
	const after = await read(`/einbindung/${signed}`);
	expect(after.text).toMatch(
		/Beirat für Integration und Migration : Anhörung (?:(?!: Mitzeichnung).)*Antwort steht aus/,
	);
	expect(after.text).toContain('Alle Mitzeichnungen sind beantwortet');
	const heard = await opened('Spielplatz am Tor');
	await answer(heard, { answer: 'agreedWithRemarks', reasons: 'Bitte mit Schatten.' }, { form: 'consult' });
	const other = await read(`/einbindung/${heard}`);
	expect(other.text).toContain('Gesperrt: Die Frist für die Mitzeichnung läuft noch.');
	const page = await read('/einbindung/statistik?halbjahr=2031-1');
	expect(page.text).toMatch(/Mitzeichnung der Beauftragten .* Anhörung der Gremien .* Nötig 2/);
});

test('MIT-04: the statistic of a half-year shows rates per department and omitted cases, names nobody and hides small numbers', async () => {
	app.setClock('2031-09-01T09:00');
	for (const [index, title] of ['Eins', 'Zwei', 'Drei', 'Vier', 'Fünf', 'Sechs', 'Sieben'].entries()) {
		const id = idOf(await open(`Vorhaben ${title}`, { firstInformedOn: '2031-09-01', draftFinalOn: '2031-10-01' }));
		if (index === 0) {
			const involvement = await one(
				`select id as value from papers.involvement where matter_id = $1 and form = 'coSign'`,
				[id],
			);
			await post(`/einbindung/${id}?/auslassen`, { involvement, code: 'forgotten', reason: 'Übersehen.' });
			continue;
		}
		await upload(id, 'entwurf.txt', title);
		await ask(id, {}, ['coSign']);
		if (index < 4) await answer(id, { answer: 'agreed' });
	}
	const all = await read('/einbindung/statistik?halbjahr=2031-2', commissioner);
	expect(all.text).toContain('2. Halbjahr 2031');
	expect(all.text).toContain('6 von 7 (86 %)');
	expect(all.text).toContain('3 von 6 (50 %)');
	expect(all.text).toMatch(/Vorhaben Eins\s*: Vergessen/);
	expect(all.text).not.toContain('Übersehen.');
	expect(all.html.split('<main')[1]).not.toContain('Adlerkamp');
	// one matter of another department: its rates stay hidden, and so does what they could be worked out from
	const other = await town.departmentId('Ausländerbehörde');
	await open('Einzelnes Vorhaben', { departmentId: other, firstInformedOn: '2031-09-01' });
	const small = await read('/einbindung/statistik?halbjahr=2031-2', commissioner);
	expect(small.text).toMatch(/Ausländerbehörde 1 nicht gezeigt nicht gezeigt nicht gezeigt nicht gezeigt/);
	expect(small.text).toMatch(/Bürgeramt 7 nicht gezeigt/);
	const csv = await fetch(`${app.url}/einbindung/statistik.csv?halbjahr=2031-2`, { headers: { cookie: commissioner } });
	const lines = (await csv.text()).split('\r\n');
	expect(lines[0]).toContain('required;requested;requestedInTime;requestRate');
	expect(lines.find((line) => line.includes('Ausländerbehörde'))).toMatch(/;1;;;;/);
});

async function theTown() {
	const [row] = await sql<{ id: string; name: string }>('select id, name from kernel.town');
	return { ...app.database.town, ...row!, demonstration: true };
}
