import { expect, test } from 'vitest';
import { SYSTEM } from '../../../src/kernel/access/actor.ts';
import { contextFor, endRequest } from '../../../src/kernel/request.ts';
import { allTowns } from '../../../src/kernel/towns.ts';
import { remindOfResolutions } from '../../../src/modules/(papers)/duties/control/remind.server.ts';
import { extractText } from '../../../src/kernel/files/extract.ts';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';
import { clerkOf } from '../council/room-support.ts';
import { officeOf } from './way-support.ts';

/** What became of resolutions: offered, taken under control, reported on, noted, off the list. All by plain forms. */
const app = await startApp({ demonstration: true, workers: 0 });
const { sql } = app.database;
const office = await app.signIn('office');
const department = await app.signIn('department');
const member = await app.signIn('member');
const today = Temporal.Now.plainDateISO('Europe/Berlin');
const page = (path: string, cookie?: string) => plainPage(app, path, cookie);
await sql(
	`update registry.person set email = 'p' || right(replace(id::text, '-', ''), 12) || '@probe.example' where email is null`,
);

test('a resolution is offered, taken under control, reported on by its department, noted in a session, and leaves the list', async () => {
	const [bureau] = await sql<{ id: string }>(`select id from registry.organisation where name = 'Bürgeramt'`);
	const start = await page('/beschlusskontrolle', office);
	expect(start.text).toContain('Beschlüsse, die noch nicht unter Kontrolle stehen');
	const refused = await start.send({ state: 'inProgress' }, { due: '', departmentId: bureau!.id });
	expect(refused.status).toBe(422);
	expect(refused.text).toContain('Geben Sie einen Tag an.');
	const due = today.add({ days: 60 });
	const offered = /action="\?\/aufnehmen"[\s\S]*?name="id" value="([^"]+)"/.exec(start.html)![1]!;
	const taken = await start.send({ state: 'inProgress', id: offered }, { due: `${due}`, departmentId: bureau!.id });
	expect(taken.text).toContain('Der Beschluss steht unter Kontrolle.');
	const [entry] = await sql<{ id: string; title: string; body: string }>(
		`select id, title, decided_by_id as body from papers.control_entry where resolution_id = $1`,
		[offered],
	);
	const path = `/beschlusskontrolle/${entry!.id}`;
	expect((await page('/beschlusskontrolle')).html).toContain(path);
	expect((await page(path)).text).toContain('Bürgeramt');

	app.setClock(`${due.subtract({ days: 14 })}T06:00`);
	const [town] = await allTowns();
	const ctx = contextFor(town!, SYSTEM);
	await remindOfResolutions(ctx, { origin: app.url });
	await endRequest(ctx);
	const mails = await sql<{ to_name: string; text: string }>(
		`select to_name, text from kernel.mail where text like '%' || $1 || '/melden%'`,
		[path],
	);
	expect(mails.map(({ to_name }) => to_name)).toEqual(['Jörn Matthies']);
	app.setClock(`${today}T23:59`);
	const link = /http\S+\/melden/.exec(mails[0]!.text)![0];
	const led = await fetch(link, { redirect: 'manual', headers: { cookie: department } });
	expect(led.headers.get('location')).toBe(`${path}#melden`);

	const form = await page(path, department);
	const unreasoned = await form.send({ state: 'deadline' }, { due: `${due.add({ months: 3 })}`, delayReason: '' });
	expect(unreasoned.status).toBe(422);
	expect(unreasoned.text).toContain('Schreiben Sie, warum es länger dauert.');
	const later = await form.send(
		{ state: 'deadline' },
		{ due: `${due.add({ months: 3 })}`, delayReason: 'Die Ausschreibung wurde wiederholt.' },
	);
	expect(later.text).toContain('Der Stand ist gemeldet.');
	expect((await page(path)).text).toContain('Warum es länger dauert: Die Ausschreibung wurde wiederholt.');
	const csv = await (await fetch(`${app.url}/beschlusskontrolle.csv`)).text();
	expect(csv).toContain('Die Ausschreibung wurde wiederholt.');
	const pdf = await fetch(`${app.url}/beschlusskontrolle.pdf`);
	expect(pdf.headers.get('content-type')).toBe('application/pdf');

	const done = await (await page(path, department)).send({ state: 'done' }, { note: 'Die Schalter sind besetzt.' });
	expect(done.text).toContain('erledigt');
	const list = await page(`/beschlusskontrolle?gremium=${entry!.body}`, office);
	const meeting = /name="meetingId"[\s\S]*?<option[^>]*value="([^"]{36})"/.exec(list.html)![1]!;
	const noted = await list.send({ entry: entry!.id }, { meetingId: meeting });
	expect(noted.text).toContain('Notiert.');
	const history = await page(path);
	expect(history.text).toContain('zur Kenntnis genommen am');
	expect(history.text).toContain('mit neuer Frist');
	expect((await page(path, department)).offers({ state: 'done' })).toBe(false);
	// Taken back, it stands on the list again.
	const [{ slug } = { slug: '' }] = await sql<{ slug: string }>('select slug from council.meeting where id = $1', [
		meeting,
	]);
	await (await page(path, office)).send({ meeting: slug });
	expect((await page('/beschlusskontrolle')).html).toContain(path);
});

test('closed resolutions stand in a list of their own, and exports leave them out', async () => {
	const [entry] = await sql<{ id: string; item: string; title: string }>(
		`select c.id, c.title, r.agenda_item_id as item from papers.control_entry c join council.resolution r on r.id = c.resolution_id
		where c.state <> 'declined' order by c.decided_on limit 1`,
	);
	const path = `/beschlusskontrolle/${entry!.id}`;
	expect((await page(path)).status).toBe(200);
	await sql('update council.agenda_item set public = false where id = $1', [entry!.item]);
	const stranger = await fetch(`${app.url}${path}?x=${Date.now()}`);
	expect(stranger.status).toBe(404);
	expect(await (await fetch(`${app.url}/beschlusskontrolle.csv?x=1`)).text()).not.toContain(entry!.id);
	expect((await page('/beschlusskontrolle?x=1', office)).html).not.toContain(path);
	expect((await page('/beschlusskontrolle/nichtoeffentlich', office)).html).toContain(path);
	expect((await page('/beschlusskontrolle/nichtoeffentlich', member)).html).toContain(path);
	expect((await page('/beschlusskontrolle/nichtoeffentlich')).status).toBe(404);
});

test('the quarter’s list is noted by the session’s result, and no longer when the result was another one; the closed part is a file for those inside', async () => {
	const clerk = await clerkOf(app);
	const { session } = await officeOf(app);
	app.setClock(`${today}T12:00`);
	const entries = await sql<{ id: string }>(
		`select c.id from papers.control_entry c where c.state <> 'declined' and c.noted_off_on is null and c.decided_by_id = $1
		 and exists (select from council.resolution r join council.agenda_item i on i.id = r.agenda_item_id
			where r.id = c.resolution_id and i.public)`,
		[clerk.council.id],
	);
	expect(entries.length).toBeGreaterThan(0);
	const path = `/beschlusskontrolle/${entries[0]!.id}`;
	const noted = async () => ((await page(path, office)).text.match(/zur Kenntnis genommen am/g) ?? []).length;
	const before = await noted();
	const made = await session(today.toString());
	const [item] = await sql<{ id: string }>(
		`select id from council.agenda_item where meeting_id = $1 and title like 'Beschlusskontrolle:%'`,
		[made.id],
	);
	await clerk.begin({ ...made, items: [item!.id] }, 12);
	await (await clerk.room(made, item!.id)).send({ art: 'item', item: item!.id });
	await (await clerk.room(made, item!.id)).send({ art: 'result', item: item!.id }, { result: 'noted' });
	expect(await noted()).toBe(before + 1);
	await (await clerk.room(made, item!.id)).send({ art: 'result', item: item!.id }, { result: 'postponed' });
	expect(await noted()).toBe(before);
	await (await clerk.room(made, item!.id)).send({ art: 'result', item: item!.id }, { result: 'noted' });
	expect(await noted()).toBe(before + 1);

	const closed = '/beschlusskontrolle/nichtoeffentlich.pdf';
	const file = (cookie?: string) => fetch(app.url + closed, { headers: { ...(cookie && { cookie }) } });
	const [shut] = await sql<{ title: string }>(
		`select c.title from papers.control_entry c join council.resolution r on r.id = c.resolution_id
		 join council.agenda_item i on i.id = r.agenda_item_id where not i.public limit 1`,
	);
	expect((await file()).status).toBe(404);
	expect((await file(await app.signIn('administrator'))).status).toBe(403);
	const { text } = await extractText(new Uint8Array(await (await file(office)).arrayBuffer()), 'a.pdf');
	expect(text.replaceAll(/\s+/g, ' ')).toContain(shut!.title.split(' ').slice(0, 3).join(' '));
	const open = new Uint8Array(await (await fetch(`${app.url}/beschlusskontrolle.pdf?x=2`)).arrayBuffer());
	expect((await extractText(open, 'a.pdf')).text.replaceAll(/\s+/g, ' ')).not.toContain(shut!.title);
});
