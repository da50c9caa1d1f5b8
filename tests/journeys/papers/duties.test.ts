import { expect, test } from 'vitest';
import { SYSTEM } from '../../../src/kernel/access/actor.ts';
import { contextFor, endRequest } from '../../../src/kernel/request.ts';
import { allTowns } from '../../../src/kernel/towns.ts';
import { remindOfReports } from '../../../src/modules/(papers)/duties/remind.server.ts';
import { startApp } from '../../support/app.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';

/** Who reports what to whom, by when, and who is reminded: all by plain forms. */
const app = await startApp({ demonstration: true, workers: 0 });
const { sql } = app.database;
const office = await app.signIn('office');
const department = await app.signIn('department');
const holder = await app.signIn('commissioner');
const today = Temporal.Now.plainDateISO('Europe/Berlin');

const page = (path: string, cookie?: string) => plainPage(app, path, cookie);
const idOf = async (table: string, column: string, name: string) => {
	const [row] = await sql<{ id: string }>(`select id from ${table} where ${column} = $1`, [name]);
	return row!.id;
};
const organisation = (name: string) => idOf('registry.organisation', 'name', name);
await sql(
	`update registry.person set email = 'p' || right(replace(id::text, '-', ''), 12) || '@probe.example' where email is null`,
);

/** Writes a paper by its forms and files it. @returns number and slug */
async function filed(type: string, typed: Record<string, string>, cookie = office) {
	const typeId = await idOf('papers.paper_type', 'name', type);
	const form = await page(`/vorlagen/neu?typ=${typeId}`, cookie);
	const saved = await form.send({ typeId }, { relevance: '', ...typed });
	const done = await saved.send({ einreichen: /name="einreichen" value="(\d+)"/.exec(saved.html)![1]! });
	return { number: /[A-Z]+\d{4}\/\d\d/.exec(done.text)![0], path: new URL(done.url).pathname };
}

/** Records a duty by its form. @returns its page */
async function duty(from: string, typed: Record<string, string>): Promise<PlainPage> {
	const form = await page(`/berichtspflichten/neu${from}`, office);
	const made = await form.send({ covers: 'none' }, { rhythm: 'halfYear', ...typed });
	expect(made.status, made.text.slice(0, 600)).toBe(200);
	return made;
}

/** The town's morning run on a day, as the schedule queues it. */
async function morning(day: Temporal.PlainDate): Promise<void> {
	app.setClock(`${day}T06:00`);
	const [town] = await allTowns();
	const ctx = contextFor(town!, SYSTEM);
	await remindOfReports(ctx, { origin: app.url });
	await endRequest(ctx);
}

const mails = (about: string) =>
	sql<{ to_name: string; subject: string; text: string }>(
		`select to_name, subject, text from kernel.mail where text like '%/berichtspflichten/%' and subject like '%' || $1 order by id`,
		[about],
	);
const lastOfMonth = (day: Temporal.PlainDate) => day.with({ day: day.daysInMonth });

test('VOR-22: a reporting duty creates due dates and reminds the department until the report paper is linked', async () => {
	const motion = await filed('Antrag', {
		title: 'Mehr Zeit im Meldebüro',
		operative: 'Die Verwaltung berichtet halbjährlich über Fortgang und Zwischenergebnisse.',
	});
	const first = lastOfMonth(today.add({ months: 2 }));
	const refused = await (
		await page(`/berichtspflichten/neu?vorlage=${motion.path.split('/').at(-1)}`, office)
	).send({ covers: 'none' }, { rhythm: 'halfYear', subject: 'Fortgang im Meldebüro', firstDue: '', recipientId: '' });
	expect(refused.status).toBe(422);
	expect(refused.text).toContain('Wählen Sie, wer den Bericht bekommt.');
	expect(refused.html).toContain('Fortgang im Meldebüro');
	const made = await refused.send(
		{ covers: 'none' },
		{
			subject: 'Fortgang im Meldebüro',
			rhythm: 'halfYear',
			firstDue: `${first}`,
			paper: motion.number.replace('/', ' – '),
			recipientId: await organisation('Beirat für Integration und Migration'),
			departmentId: await organisation('Bürgeramt'),
			endCount: '3',
		},
	);
	const path = new URL(made.url).pathname;
	expect(made.text).toContain('jedes Halbjahr');
	expect(made.text).toContain('Berichte insgesamt: 3');
	expect(made.html).toContain(`datetime="${first}"`);
	expect((await page(motion.path)).text).toContain('Fortgang im Meldebüro');

	await morning(first.subtract({ days: 40 }));
	expect(await mails('Meldebüro')).toEqual([]);
	await morning(first.subtract({ days: 28 }));
	await morning(first.subtract({ days: 27 }));
	await morning(first.add({ days: 1 }));
	await morning(first.add({ days: 15 }));
	expect(
		(await mails('Meldebüro')).map(({ to_name, subject }) => `${to_name}: ${subject.replace(/ \(?\d.*\d{4}\)?/, '')}`),
	).toEqual([
		'Jörn Matthies: Bericht bis: Fortgang im Meldebüro',
		'Jörn Matthies: Bericht bis: Fortgang im Meldebüro',
		'Jörn Matthies: Überfälliger Bericht: Fortgang im Meldebüro',
	]);
	expect((await page('/berichtspflichten')).text).toContain('Fortgang im Meldebüro');

	const link = /http\S+\/berichtspflichten\/\S+/.exec((await mails('Meldebüro'))[0]!.text)![0];
	const asked = await fetch(link, { redirect: 'manual' });
	expect(asked.headers.get('location')).toContain('/anmelden?weiter=');
	const led = await fetch(link, { redirect: 'manual', headers: { cookie: department } });
	expect(led.headers.get('location')).toBe(`${path}#bericht`);
	const form = await page(path, department);
	const dueId = /<option[^>]*value="([^"]{36})"/.exec(form.html)![1]!;
	const missing = await form.send({ extent: 'partial' }, { dueId, reference: 'I 9999/26' });
	expect(missing.status).toBe(422);
	expect(missing.text).toContain('Eine eingereichte Vorlage mit der Nummer I9999/26 gibt es nicht.');
	const part = await filed('Information', { title: 'Zwischenstand im Meldebüro' }, department);
	const partly = await form.send({ extent: 'partial' }, { dueId, reference: part.number });
	expect(partly.text).toContain('Der Bericht ist verknüpft.');
	expect((await page('/berichtspflichten')).text).toContain('Teilbericht');
	const report = await filed('Information', { title: 'Bericht über das Meldebüro' }, department);
	await partly.send({ extent: 'full' }, { dueId, reference: report.number.toLowerCase().replace('/', ' / ') });
	const before = (await mails('Meldebüro')).length;
	await morning(first.add({ days: 29 }));
	expect(await mails('Meldebüro')).toHaveLength(before);
	const overdue = await page('/berichtspflichten');
	expect(overdue.text).not.toContain('Fortgang im Meldebüro');
	expect((await page('/berichtspflichten?stand=berichtet')).text).toContain(report.number);
	expect((await page(report.path)).text).toContain('Fortgang im Meldebüro');
	// The next date stands there by itself; the third is the last one.
	const next = lastOfMonth(first.add({ months: 6 }));
	expect((await page(path)).html).toContain(`datetime="${next}"`);
	await morning(lastOfMonth(first.add({ months: 24 })));
	expect((await page(path)).html.match(/<time[^>]*datetime="\d{4}-\d\d-\d\d"/g)).toHaveLength(3);
	app.setClock(`${today}T12:00`);
});

test('VOR-23: the committee that receives the reports sees the due report in its next agenda proposal, and only there', async () => {
	const administrator = await app.signIn('administrator');
	const body = await (
		await page('/gremien/anlegen', administrator)
	).send(
		{ preset: '' },
		{
			preset: 'free-beirat',
			name: 'Ausschuss für Recht und Ordnung',
			slug: 'recht',
			kind: 'committee',
			from: '2020-01-01',
			visibility: 'public',
		},
	);
	expect(body.status, body.text.slice(0, 500)).toBe(200);
	const motion = await filed('Antrag', { title: 'Schnellere Bescheide', operative: 'Es wird berichtet.' });
	const due = today.add({ days: 20 });
	await duty(`?vorlage=${motion.path.split('/').at(-1)}`, {
		subject: 'Dauer der Bescheide',
		paper: motion.number,
		firstDue: `${due}`,
		recipientId: await organisation('Ausschuss für Recht und Ordnung'),
		departmentId: await organisation('Bürgeramt'),
	});
	const proposal = (gremium: string, day: Temporal.PlainDate) =>
		page(`/sitzungen/neu?gremium=${gremium}&tag=${day}`, office);
	expect((await proposal('recht', due.subtract({ days: 1 }))).text).not.toContain('Dauer der Bescheide');
	expect((await proposal('beirat', due)).text).not.toContain('Dauer der Bescheide');
	const form = await proposal('recht', due);
	expect(form.text).toContain('Bericht: Dauer der Bescheide');
	const agenda = await form.send(
		{ body: 'recht' },
		{ public: 'on', date: `${due}`, start: '17:00', end: '19:00', kind: 'regular' },
	);
	expect(agenda.text).toContain('Bericht: Dauer der Bescheide');
	expect(agenda.text).toContain(motion.number);
	expect((await proposal('recht', due.add({ days: 30 }))).text).not.toContain('Dauer der Bescheide');

	// a report that is owed only since the session was planned is offered on its agenda, and put there by one press
	await duty(`?vorlage=${motion.path.split('/').at(-1)}`, {
		subject: 'Zahl der Bescheide',
		paper: motion.number,
		firstDue: `${due}`,
		recipientId: await organisation('Ausschuss für Recht und Ordnung'),
		departmentId: await organisation('Bürgeramt'),
	});
	const work = new URL(agenda.url).pathname;
	const planned = await page(work, office);
	expect(planned.text).toContain('Was ansteht');
	const key = /name="key" value="(papers\.report:[^"]+)"/.exec(planned.html)![1]!;
	const taken = await planned.send({ key });
	expect(taken.text).toContain('Der Punkt steht auf der Tagesordnung.');
	expect(taken.offers({ key })).toBe(false);
	await planned.send({ key });
	const items = await sql(`select id from council.agenda_item where title = 'Bericht: Zahl der Bescheide'`);
	expect(items, 'pressed twice it is there once').toHaveLength(1);
});

test('MIT-07: the yearly report of the commissioner is a task of whoever holds the office, with due date and reminder', async () => {
	const commissioner = await idOf('registry.office', 'title', 'Beauftragte für Integration und Migration');
	const due = today.add({ days: 50 });
	const made = await duty(`?amt=${commissioner}`, {
		subject: 'Jahresbericht der Beauftragten',
		sourceText: 'DA 90/03',
		rhythm: 'year',
		covers: 'previousYear',
		firstDue: `${due}`,
		officeId: commissioner,
		recipientId: await organisation('Beirat für Integration und Migration'),
	});
	expect(made.text).toContain('DA 90/03');
	expect(made.text).toContain(`für das Jahr ${due.year - 1}`);
	const desk = await page('/tisch', holder);
	expect(desk.text).toContain('Jahresbericht der Beauftragten');
	expect(desk.html).toContain(`datetime="${due}"`);
	await morning(today);
	const sent = (await mails('Beauftragten')).map(({ to_name, subject }) => `${to_name}: ${subject}`);
	expect(
		sent.filter((mail) => /^Shirin Adlerkamp: Bericht bis .*: Jahresbericht der Beauftragten$/.test(mail)),
	).toHaveLength(1);
	// She writes it from her desk; filed, it counts by itself, and the next year's is the next task.
	const form = await page(new URL(made.url).pathname, holder);
	const draft = await form.send({ begin: '1' });
	expect(draft.html, draft.text.slice(0, 300)).toContain(`Jahresbericht der Beauftragten ${due.year - 1}`);
	const done = await draft.send({ einreichen: /name="einreichen" value="(\d+)"/.exec(draft.html)![1]! });
	expect(done.text).toContain('Jahresbericht der Beauftragten');
	expect((await page(new URL(made.url).pathname)).text).toContain('berichtet');
});

test('a report that comes before its day brings the next date at once; after the last one nothing is owed any more', async () => {
	const first = today.add({ days: 12 });
	const made = await duty('', {
		subject: 'Stand der Lotsen',
		sourceText: 'Beschluss vom Frühjahr',
		firstDue: `${first}`,
		endCount: '2',
		recipientId: await organisation('Beirat für Integration und Migration'),
		departmentId: await organisation('Bürgeramt'),
	});
	const path = new URL(made.url).pathname;
	const report = async () => {
		const { number } = await filed(
			'Information',
			{ title: 'Stand der Lotsen', operative: 'Es gibt acht.' },
			department,
		);
		const form = await page(path, department);
		const dueId = /(?:name="dueId"|<option)[^>]*value="([0-9a-f-]{36})"/.exec(form.html)![1]!;
		expect((await form.send({ extent: 'full' }, { dueId, reference: number })).text).toContain(
			'Der Bericht ist verknüpft.',
		);
	};
	await report();
	const between = await page(path);
	expect(between.html).toContain(`datetime="${first.add({ months: 6 })}"`);
	expect(between.text).not.toContain('beendet');
	await report();
	expect((await page(path)).text).toContain('beendet');
});

test('VOR-30: a substitute information is linked to the missing yearly report and to the holder’s term', async () => {
	const commissioner = await idOf('registry.office', 'title', 'Beauftragte für Integration und Migration');
	const due = today.subtract({ days: 30 });
	const made = await duty(`?amt=${commissioner}`, {
		subject: 'Jahresbericht der Integrationsbeauftragten',
		sourceText: 'SDA II 90/03',
		rhythm: 'once',
		covers: 'previousYear',
		firstDue: `${due}`,
		officeId: commissioner,
		recipientId: await organisation('Beirat für Integration und Migration'),
	});
	expect((await page('/berichtspflichten')).text).toContain('Jahresbericht der Integrationsbeauftragten');
	const info = await filed('Information', { title: 'Zur Berichterstattung der Integrationsbeauftragten' });
	const form = await page(new URL(made.url).pathname, office);
	const refused = await form.send({ extent: 'substitute' }, { reference: info.number });
	expect(refused.text).toContain('Schreiben Sie, warum der Bericht selbst fehlt.');
	const linked = await refused.send(
		{ extent: 'substitute' },
		{ reference: info.number, reason: 'Das Amt war mehrere Monate nicht besetzt.' },
	);
	expect(linked.text).toContain('Der Bericht ist verknüpft.');
	const [term] = await sql<{ from: string }>(
		`select to_char(h.from_date, 'YYYY') as "from" from registry.office_holding h where h.office_id = $1`,
		[commissioner],
	);
	const paper = await page(info.path);
	expect(paper.text).toContain('Jahresbericht der Integrationsbeauftragten');
	expect(paper.text).toContain(`für das Jahr ${due.year - 1}`);
	expect(paper.text).toContain('Ersatz für den fehlenden Bericht');
	expect(paper.text).toContain('Das Amt war mehrere Monate nicht besetzt.');
	expect(paper.text).toMatch(new RegExp(`Amtszeit seit [^.]*\\. \\w+ ${term!.from}`));
	expect((await page('/berichtspflichten')).text).not.toContain('Jahresbericht der Integrationsbeauftragten');
	const undone = await linked.send({ id: /name="id" value="([^"]+)"/.exec(linked.html)![1]! });
	expect(undone.text).toContain('Die Verknüpfung ist gelöst.');
	expect((await page('/berichtspflichten')).text).toContain('Jahresbericht der Integrationsbeauftragten');
});

test('a duty is paused, ended and taken up again, its rhythm changes, and strangers never see a closed one', async () => {
	const made = await duty('', {
		subject: 'Lage der Unterkünfte',
		sourceText: 'Beschluss im nichtöffentlichen Teil',
		rhythm: 'quarter',
		firstDue: `${today.subtract({ days: 5 })}`,
		recipientId: await organisation('Beirat für Integration und Migration'),
		departmentId: await organisation('Ausländerbehörde'),
		closed: 'on',
	});
	const path = new URL(made.url).pathname;
	expect((await page(path)).status).toBe(404);
	expect((await page('/berichtspflichten')).text).not.toContain('Lage der Unterkünfte');
	expect((await page('/berichtspflichten', office)).text).toContain('Lage der Unterkünfte');
	const strange = await page(path, department);
	expect(strange.status).toBe(404);
	const unreasoned = await made.send({ reason: '' }, {});
	expect(unreasoned.status).toBe(422);
	const send = async (name: string, typed: Record<string, string>) => {
		const answer = await fetch(`${app.url}${path}?/${name}`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: app.url, accept: 'text/html', cookie: office },
			body: new URLSearchParams(typed),
		});
		expect(answer.status).toBe(303);
		return page(path, office);
	};
	expect((await send('ruhen', { reason: 'Umzug des Amtes' })).text).toContain('Umzug des Amtes');
	expect((await page('/berichtspflichten', office)).text).not.toContain('Lage der Unterkünfte');
	expect((await send('fortsetzen', {})).text).not.toContain('Umzug des Amtes');
	expect((await page('/berichtspflichten', office)).text).toContain('Lage der Unterkünfte');
	const changed = await send('rhythmus', { from: `${today.add({ days: 100 })}`, rhythm: 'year', reason: 'zu oft' });
	expect(changed.text).toContain('jedes Jahr');
	const ended = await send('beenden', { reason: 'vom Rat aufgehoben' });
	expect(ended.text).toContain('nicht mehr nötig');
	expect((await send('fortsetzen', {})).text).not.toContain('nicht mehr nötig');
});
