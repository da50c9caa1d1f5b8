import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { axeFindings } from '../../support/axe.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';
import { withPaper } from './numbered.ts';
import { officeOf } from './way-support.ts';

const app = await startApp({ demonstration: true, workers: 0 });
const { database } = app;
const office = await app.signIn('office');
const department = await app.signIn('department');

const id = async (table: 'papers.paper_type' | 'registry.organisation', name: string) => {
	const [row] = await database.sql<{ id: string }>(`select id from ${table} where name = $1`, [name]);
	return row!.id;
};
const today = () => Temporal.Now.plainDateISO('Europe/Berlin');
const typeOf = { motion: await id('papers.paper_type', 'Antrag'), inquiry: await id('papers.paper_type', 'Anfrage') };
const DEPARTMENT = await id('registry.organisation', 'Bürgeramt');
const OTHER = await id('registry.organisation', 'Integrationsbüro');
const GROUP = await id('registry.organisation', 'Fraktion Grüne Elbe');

/** Somebody of the demonstration town who has no sign-in of its own gets one. */
async function signInPerson(family: string): Promise<string> {
	const email = `${family.toLowerCase()}@probe.example`;
	const cookie = await app.signInAs(email);
	await database.sql(
		`update registry.person set email = $1, account_id = (select "id" from auth."user" where "email" = $1) where family_name = $2`,
		[email, family],
	);
	return cookie;
}
const mayor = await app.signIn('mayor');
await database.sql(
	`insert into registry.person (body_id, id, given_name, family_name) select id, gen_random_uuid(), 'Milan', 'Probst' from kernel.town`,
);
await database.sql(`insert into registry.duty (body_id, id, person_id, duty, organisation_id, from_date)
	select body_id, gen_random_uuid(), id, 'department', '${OTHER}', '2020-01-01' from registry.person where family_name = 'Probst'`);
const otherDepartment = await signInPerson('Probst');
await database.sql(`update registry.person set email = 'amt@elbstadt.example' where family_name = 'Matthies'`);

const way = await officeOf(app);
const mailsTo = (address: string) =>
	database.sql<{ subject: string; text: string }>(
		`select subject, text from kernel.mail where to_address = $1 order by id desc`,
		[address],
	);

/** Writes and files a paper by the forms of the office. @returns the last part of its address */
async function filed(kind: 'motion' | 'inquiry', typed: Record<string, string>): Promise<string> {
	const form = await plainPage(app, `/vorlagen/neu?typ=${typeOf[kind]}`, office);
	const saved = await form.send({ typeId: typeOf[kind] }, { relevance: '', von1: GROUP, ...typed });
	const seen = /name="einreichen" value="(\d+)"/.exec(saved.html)![1]!;
	const paper = await saved.send({ einreichen: seen });
	expect(paper.status, paper.text.slice(0, 400)).toBe(200);
	return new URL(paper.url).pathname.split('/').at(-1)!;
}

const pageOf = (slug: string, cookie?: string) => plainPage(app, `/vorlagen/${slug}/stellungnahme`, cookie);

/** Plans the first committee, or plans it for another day. @returns the station's id */
const stations = new Map<string, string>();
async function plan(slug: string, days: number): Promise<string> {
	const body = await id('registry.organisation', 'Beirat für Integration und Migration');
	const plannedOn = today().add({ days }).toString();
	const known = stations.get(slug);
	if (known) await way.act(slug, 'aendern', { id: known, role: 'advisory', body, plannedOn });
	else stations.set(slug, await way.station(slug, 'advisory', 'Beirat für Integration und Migration', { plannedOn }));
	return stations.get(slug)!;
}

async function writes(slug: string, typed: Record<string, string>, cookie = department): Promise<PlainPage> {
	const page = await pageOf(slug, cookie);
	return page.send({ dann: typed.dann ?? '' }, { title: 'Stellungnahme', ...typed });
}

test('VOR-19: a motion without statement ten days before its first committee is on the overdue list; asked, drafted, co-signed, approved, published it leaves it', async () => {
	const slug = await filed('motion', {
		title: 'Wegweiser am Rathaus',
		operative: 'Der Stadtrat möge beschließen:\n\nAm Rathaus stehen Wegweiser mit Bildzeichen.',
		departmentId: DEPARTMENT,
		relevance: 'no',
		relevanceReason: 'Bildzeichen helfen allen.',
	});
	const reference = slug.replace('-', '/').toUpperCase();
	// Requested on submission, the department knows by mail, and the public sees that something is owed, but nobody's name.
	const [asked] = await mailsTo('amt@elbstadt.example');
	expect(asked!.subject).toContain(reference);
	await plan(slug, 11);
	const soon = await plainPage(app, '/stellungnahmen?alle');
	expect(soon.text).toContain('Wegweiser am Rathaus');
	await plan(slug, 10);
	const late = await plainPage(app, '/stellungnahmen');
	expect(late.text).toContain('Wegweiser am Rathaus');
	expect(late.text).toContain('überfällig');
	expect(late.text).not.toContain('Matthies');
	expect((await pageOf(slug)).text).toContain('fällig und fehlt noch');

	// The link of the mail: signs in, leads to the form.
	const link = /http\S+(\/stellungnahmen\/[\w-]+)/.exec(asked!.text)![1]!;
	const stranger = await fetch(app.url + link, { redirect: 'manual' });
	expect(stranger.headers.get('location')).toBe(`/anmelden?weiter=${encodeURIComponent(link)}`);
	expect((await plainPage(app, link, department)).text).toContain('Stellungnahme schreiben');
	expect((await plainPage(app, '/stellungnahmen?meine', department)).text).toContain('Wegweiser am Rathaus');
	expect((await plainPage(app, '/tisch', department)).text).toContain('Wegweiser am Rathaus');

	// Nothing is lost on a fault, and nobody outside reads the draft.
	const empty = await writes(slug, { dann: 'vorlegen', summary: 'Gute Idee.', text: '' });
	expect(empty.status).toBe(422);
	expect(empty.text).toContain('Die Stellungnahme hat noch keinen Text.');
	expect(empty.html).toContain('Gute Idee.');
	const without = await writes(slug, { dann: 'vorlegen', text: 'Wir sind dafür.' });
	expect(without.text).toContain('Bitte sagen Sie, was die Verwaltung empfiehlt.');
	const sent = await writes(slug, {
		dann: 'mitzeichnung',
		recommendation: 'adopt',
		summary: 'Die Wegweiser kommen.',
		text: 'Die Verwaltung begrüßt den Antrag.',
		departments: OTHER,
	});
	expect(sent.text).toContain('um Mitzeichnung gebeten');
	expect((await pageOf(slug)).text).not.toContain('begrüßt');

	// Another department co-signs in two clicks.
	const [coSign] = await mailsTo('probst@probe.example');
	expect(coSign!.text).toContain('/stellungnahmen/');
	const signs = await pageOf(slug, otherDepartment);
	expect(signs.text).toContain('Die Verwaltung begrüßt den Antrag.');
	const why = await signs.send({ answer: 'refused' });
	expect(why.status).toBe(422);
	const signed = await why.send({ answer: 'agreedWithRemarks' }, { remarks: 'Bitte auch tastbar.' });
	expect(signed.text).toContain('Sie bekommen eine Bestätigung per E-Mail.');
	expect((await mailsTo('probst@probe.example'))[0]!.subject).toContain('Eingegangen');

	// The mayor gives it back with a reason; the changed words have to be signed anew.
	const handed = await (await pageOf(slug, department)).send({ was: 'vorlegen' });
	expect(handed.text).toContain('liegt zur Freigabe vor');
	expect((await plainPage(app, '/tisch', mayor)).text).toContain('Lesen und freigeben');
	// Whoever handed it in may take it back for a slip, as long as it is not approved.
	expect((await pageOf(slug, department)).text).toContain('Zurückholen und ändern');
	const fetched = await (await pageOf(slug, department)).send({ backReason: '' }, { backReason: 'Ein Tippfehler.' });
	expect(fetched.text).toContain('Zurückgegeben.');
	const once = await writes(slug, {
		dann: 'vorlegen',
		recommendation: 'adopt',
		summary: 'Die Wegweiser kommen.',
		text: 'Die Verwaltung begrüßt den Antrag.',
	});
	expect(once.text).toContain('liegt zur Freigabe vor');
	const noReason = await (await pageOf(slug, mayor)).send({ backReason: '' });
	expect(noReason.status).toBe(422);
	const back = await (await pageOf(slug, mayor)).send({ backReason: '' }, { backReason: 'Was kostet das?' });
	expect(back.text).toContain('Zurückgegeben.');
	await writes(slug, {
		dann: 'mitzeichnung',
		recommendation: 'adopt',
		summary: 'Die Wegweiser kommen.',
		text: 'Die Verwaltung begrüßt den Antrag. Er kostet 4.000 Euro.',
		departments: OTHER,
	});
	const again = await pageOf(slug, otherDepartment);
	expect(again.text).toContain('überholt');
	// Silence is no agreement.
	const silent = await (await pageOf(slug, department)).send({ was: 'vorlegen', silentReason: '' });
	expect(silent.text).toContain('Noch nicht geantwortet haben: 1.');
	await again.send({ answer: 'agreed' });
	await (await pageOf(slug, department)).send({ was: 'vorlegen' });
	const approved = await (await pageOf(slug, mayor)).send({ was: 'freigeben' });
	expect(approved.text).toContain('Freigegeben.');
	const published = await (await pageOf(slug, office)).send({ was: 'veroeffentlichen' });
	expect(published.text).toContain('Die Stellungnahme ist veröffentlicht.');

	// A paper of its own with a number of its own, which everybody reads; the list is empty of it.
	const [, number] = /Stellungnahme (S\d{4}\/\d\d)/.exec((await pageOf(slug)).text)!;
	const motion = await plainPage(app, `/vorlagen/${slug}`);
	expect(motion.text).toContain('Verwaltung: Zustimmung');
	expect(motion.text).toContain('Die Wegweiser kommen.');
	const statement = await plainPage(app, `/vorlagen/${number!.toLowerCase().replace('/', '-')}`);
	expect(statement.text).toContain('Er kostet 4.000 Euro.');
	expect(statement.text).toContain('Wegweiser am Rathaus');
	expect((await pageOf(slug)).text).toContain('mitgezeichnet: Integrationsbüro');
	expect((await pageOf(slug)).text).not.toContain('tastbar');
	expect((await plainPage(app, '/stellungnahmen')).text).not.toContain('Wegweiser am Rathaus');
});

/** A statement from the form to the publication, in the shortest way. @returns its number */
async function answered(slug: string, typed: Record<string, string>): Promise<string> {
	await writes(slug, { dann: 'vorlegen', text: 'Die Verwaltung nimmt Stellung.', ...typed }, office);
	await (await pageOf(slug, mayor)).send({ was: 'freigeben' });
	const page = await (await pageOf(slug, office)).send({ was: 'veroeffentlichen' });
	expect(page.text, page.text.slice(0, 800)).toContain('Die Stellungnahme ist veröffentlicht.');
	return /Stellungnahme (S\d{4}\/\d\d)/.exec(page.text)![1]!;
}

const slugOf = (reference: string) => reference.toLowerCase().replaceAll('/', '-');
const COUNTER =
	'1. Die Verwaltung berichtet dem Ausschuss halbjährlich.\n2. Eine Arbeitsgruppe wird nicht eingerichtet.';

test('VOR-20: a statement is classified as rejection with counter-proposal, in the overview of the motion and in the list', async () => {
	const slug = await filed('motion', {
		title: 'Arbeitsgruppe Willkommen',
		operative: 'Der Stadtrat möge beschließen:\n\nEs wird eine Arbeitsgruppe eingerichtet.',
		departmentId: DEPARTMENT,
	});
	const before = await plainPage(app, `/vorlagen/${slug}`);
	expect(before.text).toContain('Die Verwaltung hat noch nicht geantwortet.');
	const missing = await writes(slug, { recommendation: 'counterProposal', text: 'Nein.' });
	expect(missing.text).toContain('Bitte schreiben Sie den Gegenvorschlag als Beschlusstext.');
	const number = await answered(slug, {
		title: 'Stellungnahme zur Arbeitsgruppe',
		recommendation: 'reject',
		summary: 'Für eine Arbeitsgruppe besteht kein Bedarf.',
		counterProposal: COUNTER,
	});
	const motion = await plainPage(app, `/vorlagen/${slug}`);
	expect(motion.text).toContain('Verwaltung: Ablehnung, Gegenvorschlag');
	expect(motion.text).toContain('Für eine Arbeitsgruppe besteht kein Bedarf.');
	expect(motion.html).toContain(`/vorlagen/${slugOf(number)}`);
	expect((await plainPage(app, '/vorlagen')).text).toContain('Verwaltung: Ablehnung, Gegenvorschlag');
	expect((await plainPage(app, `/en/vorlagen/${slug}`)).text).toContain('Administration: against, counter-proposal');
});

test('VOR-21: a counter-proposal is a structured resolution; the committee votes on it as an amendment with a number of its own', async () => {
	const slug = await filed('motion', {
		title: 'Beirat früher fragen',
		operative: 'Der Stadtrat möge beschließen:\n\nDer Beirat wird vor jedem Entwurf gefragt.',
		departmentId: DEPARTMENT,
	});
	const station = await plan(slug, 40);
	const number = await answered(slug, { title: 'Stellungnahme', recommendation: 'reject', counterProposal: COUNTER });
	const statement = await plainPage(app, `/vorlagen/${slugOf(number)}`);
	expect(statement.text).toContain('Gegenvorschlag der Verwaltung');
	expect(statement.html).toMatch(/<ol>[\s\S]*halbjährlich[\s\S]*<\/ol>/);
	const page = await (await pageOf(slug, office)).send({ was: 'gegenvorschlag' });
	const amendment = new URL(page.url).pathname;
	expect(amendment).toBe(`/vorlagen/${slug}-1`);
	const seen = await plainPage(app, amendment);
	expect(seen.text).toContain('Die Verwaltung berichtet dem Ausschuss halbjährlich.');
	// What it changes in the motion is shown word by word, and it stands with the motion.
	expect(seen.text).toContain('Gestrichen: Der Beirat wird vor jedem Entwurf gefragt.');
	expect((await plainPage(app, `/vorlagen/${slug}`)).html).toContain(amendment);
	// On the station that the motion has still before it, the committee votes on the one and on the other.
	const [own] = await database.sql<{ id: string }>(
		`select c.id from papers.consultation c join papers.paper p on p.id = c.paper_id where p.slug = $1`,
		[`${slug}-1`],
	);
	const day = today().toString();
	const votes = { happenedOn: day, 'yes-0': '6', 'no-0': '1', 'abstain-0': '2' };
	await way.outcome(`${slug}-1`, own!.id, 'adopted', votes);
	await way.outcome(slug, station, 'rejected', { happenedOn: day, 'yes-0': '2', 'no-0': '7', 'abstain-0': '0' });
	expect((await plainPage(app, amendment)).text).toContain('6 : 1');
	expect((await plainPage(app, `/vorlagen/${slug}`)).text).toContain('2 : 7');
	// Asked for twice, it is there once.
	expect((await pageOf(slug, office)).offers({ was: 'gegenvorschlag' })).toBe(false);
});

test('one statement answers two inquiries', async () => {
	const first = await filed('inquiry', {
		title: 'Wie viele Kurse?',
		operative: 'Wie viele?',
		departmentId: DEPARTMENT,
	});
	const second = await filed('inquiry', {
		title: 'Wie viele Plätze?',
		operative: 'Wie viele?',
		departmentId: DEPARTMENT,
	});
	const wrong = await (await pageOf(first, department)).send({ reference: '' }, { reference: 'F9999/99' });
	expect(wrong.text).toContain('Diese Nummer gibt es nicht');
	const typed = second.replace(/^f0*/, 'f ').replace('-', ' – ');
	const both = await (await pageOf(first, department)).send({ reference: '' }, { reference: typed });
	expect(both.text).toContain('Wie viele Plätze?');
	// Taken apart and put together again.
	const parted = await (await pageOf(second, department)).send({ paperId: await paperId(second) });
	expect(parted.text).not.toContain('Wie viele Kurse?');
	await (await pageOf(first, department)).send({ reference: '' }, { reference: typed });
	const number = await answered(first, { title: 'Antwort auf zwei Anfragen' });
	for (const slug of [first, second])
		expect((await plainPage(app, `/vorlagen/${slug}`)).html).toContain(slugOf(number));
	const statement = await plainPage(app, `/vorlagen/${slugOf(number)}`);
	expect(statement.text).toContain('Wie viele Kurse?');
	expect(statement.text).toContain('Wie viele Plätze?');
});

const paperId = async (slug: string) =>
	(await database.sql<{ id: string }>('select id from papers.paper where slug = $1', [slug]))[0]!.id;

test('a statement does not become public before its motion; strangers learn nothing of a closed one, who answers reads it', async () => {
	const slug = await filed('motion', {
		title: 'Ein Mietvertrag',
		operative: 'Der Stadtrat möge beschließen:\n\nDer Vertrag wird verlängert.',
		departmentId: OTHER,
		closed: 'yes',
		closedReason: 'Vertragsgeheimnis',
	});
	expect((await pageOf(slug)).status).toBe(404);
	expect((await plainPage(app, '/stellungnahmen?alle')).text).not.toContain('Mietvertrag');
	expect((await pageOf(slug, department)).status).toBe(404);
	expect((await pageOf(slug, otherDepartment)).text).toContain('Ein Mietvertrag');
	expect((await pageOf(slug, mayor)).text).toContain('Ein Mietvertrag');
	const typed = { title: 'Stellungnahme', recommendation: 'adopt', text: 'Ja.', dann: 'vorlegen' };
	await writes(slug, typed, otherDepartment);
	await (await pageOf(slug, mayor)).send({ was: 'freigeben' });
	const refused = await (await pageOf(slug, office)).send({ was: 'veroeffentlichen' });
	expect(refused.status).toBe(422);
	expect(refused.text).toContain('ist noch nicht öffentlich. Vorher darf die Stellungnahme nicht öffentlich werden.');
	// Closed as well, it is published for those who may read it.
	await (await pageOf(slug, mayor)).send({ backReason: '' }, { backReason: 'Bitte nichtöffentlich.' });
	await writes(slug, { ...typed, closed: 'on' }, otherDepartment);
	await (await pageOf(slug, mayor)).send({ was: 'freigeben' });
	const done = await (await pageOf(slug, office)).send({ was: 'veroeffentlichen' });
	const number = /Stellungnahme (S\d{4}\/\d\d)/.exec(done.text)![1]!;
	expect((await plainPage(app, `/vorlagen/${slugOf(number)}`)).status).toBe(404);
});

test('VOR-27: a position paper of a civil body goes to another body, and its treatment there is followed up to the answer', async () => {
	const type = await id('papers.paper_type', 'Positionspapier');
	const roundTable = await id('registry.organisation', 'Runder Tisch Ankommen');
	const council = await id('registry.organisation', 'Beirat für Integration und Migration');
	const form = await plainPage(app, `/vorlagen/neu?typ=${type}`, office);
	const saved = await form.send(
		{ typeId: type },
		{
			relevance: '',
			title: 'Sprachmittlung für alle',
			operative: 'Wir fordern Sprachmittlung.',
			von1: roundTable,
			addresseeId: council,
		},
	);
	const paper = await saved.send({ einreichen: /name="einreichen" value="(\d+)"/.exec(saved.html)![1]! });
	const slug = new URL(paper.url).pathname.split('/').at(-1)!;
	const trace = (cookie?: string) => plainPage(app, `/vorlagen/${slug}/behandlung`, cookie);
	const visitor = await trace();
	expect(visitor.text).toContain('Beirat für Integration und Migration');
	expect(visitor.text).toContain('Eine Antwort wird bis');
	expect(visitor.offers({ kind: 'received' })).toBe(false);
	const day = today().toString();
	const open = await (
		await trace(office)
	).send({ kind: 'dealtWith' }, { happenedOn: day, place: '6. Sitzung, Punkt 4' });
	expect(open.status).toBe(422);
	expect(open.text).toContain('Bitte sagen Sie, wie es ausging.');
	expect(open.html).toContain('6. Sitzung, Punkt 4');
	const early = await (await trace(office)).send({ kind: 'received' }, { happenedOn: '2020-01-01' });
	expect(early.text).toContain('Der Tag liegt vor dem');
	await (await trace(office)).send({ kind: 'received' }, { happenedOn: day });
	await (
		await trace(office)
	).send({ kind: 'dealtWith' }, { happenedOn: day, place: '6. Sitzung, Punkt 4', result: 'adoptedChanged' });
	expect((await trace()).text).toContain('behandelt: geändert angenommen 6. Sitzung, Punkt 4');
	await (await trace(office)).send({ kind: 'answered' }, { happenedOn: day, note: 'Wir schließen uns an.' });
	expect((await trace()).text).toContain('Wir schließen uns an.');
	expect((await plainPage(app, `/vorlagen/${slug}`)).text).toContain('Wir schließen uns an.');
	expect((await plainPage(app, '/stellungnahmen?empfehlungen')).text).toContain('Sprachmittlung für alle');
});

test('a recommendation that nobody answered is overdue, for everybody to see and on the desk of the members', async () => {
	const page = await plainPage(app, '/stellungnahmen?empfehlungen');
	expect(page.text).toContain('Ausbildung auch mit Duldung überfällig An Ausländerbehörde');
	expect((await plainPage(app, '/tisch', await app.signIn('member'))).text).toContain('Niemand hat geantwortet');
});

test('VOR-28: an open letter is registered as an external document with sender and date, and linked to a process', async () => {
	const type = await id('papers.paper_type', 'Offener Brief');
	const process = await filed('motion', {
		title: 'Neue Satzung für den Beirat',
		operative: 'Der Stadtrat möge beschließen:\n\nDie Satzung wird geändert.',
		departmentId: DEPARTMENT,
	});
	const council = await id('registry.organisation', 'Beirat für Integration und Migration');
	const received = today().subtract({ days: 3 }).toString();
	const form = await plainPage(app, `/vorlagen/neu?typ=${type}`, office);
	const saved = await form.send(
		{ typeId: type },
		{
			relevance: '',
			title: 'Offener Brief zur Satzung',
			operative: 'Der Beirat soll gewählt werden.',
			senderName: 'Verein Brückenschlag',
			receivedOn: received,
			addresseeId: council,
			base: process,
		},
	);
	const letter = await saved.send({ einreichen: /name="einreichen" value="(\d+)"/.exec(saved.html)![1]! });
	const slug = new URL(letter.url).pathname.split('/').at(-1)!;
	const trace = await plainPage(app, `/vorlagen/${slug}/behandlung`);
	expect(trace.text).toContain('Absender Verein Brückenschlag');
	expect(trace.text).toContain('eingegangen');
	// Each of the two leads to the other.
	expect((await plainPage(app, `/vorlagen/${slug}`)).html).toContain(`/vorlagen/${process}`);
	expect((await plainPage(app, `/vorlagen/${process}`)).text).toContain('Offener Brief zur Satzung');
});

test.each([
	['department', '/vorlagen/A2/stellungnahme'],
	['department', '/vorlagen/F2/stellungnahme'],
	['office', '/vorlagen/E1/behandlung'],
	['office', '/vorlagen/F1/stellungnahme'],
	['office', '/stellungnahmen/fristen'],
	[undefined, '/ar/stellungnahmen?empfehlungen'],
	[undefined, '/vorlagen/A1/stellungnahme'],
] as const)('axe finds nothing for %s on %s', async (role, path) => {
	const page = await app.newPage({ ...(role && { role }), viewport: { width: 390, height: 900 } });
	const answer = await page.goto(await withPaper(app, path));
	expect([answer!.status(), await axeFindings(page)]).toEqual([200, []]);
	const wider = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
	expect(wider).toBe(false);
	await page.context().close();
});

test('the office sets periods for the town, with their source; a wrong number comes back with all that was typed', async () => {
	const page = await plainPage(app, '/stellungnahmen/fristen', office);
	const typed = { beforeCommittee: '14', approvalDays: '5', inquiryDays: '21', coSignDays: '4', treatmentDays: '60' };
	const rest = { countedIn: 'days', reminderDays: '5, 2', citation: 'Dienstanweisung 4/26' };
	const wrong = await page.send({ beforeCommittee: '10' }, { ...typed, ...rest, beforeCommittee: 'zehn' });
	expect(wrong.status).toBe(422);
	expect(wrong.text).toContain('Bitte geben Sie eine Zahl in den üblichen Grenzen an.');
	expect(wrong.html).toContain('Dienstanweisung 4/26');
	const validFrom = today().add({ days: 30 }).toString();
	const saved = await wrong.send({ beforeCommittee: 'zehn' }, { ...typed, ...rest, validFrom });
	expect(saved.text).toContain('Dienstanweisung 4/26');
	const back = await saved.send({ validFrom });
	expect(back.text).not.toContain('Dienstanweisung 4/26');
});

test('two colleagues write one statement: whoever saves second sees both texts and loses none', async () => {
	const slug = await filed('inquiry', { title: 'Zu zweit', operative: 'Wer?', departmentId: DEPARTMENT });
	const [mine, theirs] = await Promise.all([pageOf(slug, department), pageOf(slug, office)]);
	await theirs.send({ dann: '' }, { title: 'Antwort', text: 'Was das Büro schrieb.' });
	const told = await mine.send({ dann: '' }, { title: 'Antwort', text: 'Was das Amt schrieb.' });
	expect(told.status).toBe(422);
	expect(told.text).toContain('Inzwischen hat jemand anderes gespeichert.');
	expect(told.text).toContain('Was das Büro schrieb.');
	expect(told.html).toContain('Was das Amt schrieb.');
	const both = await told.send({ dann: '' }, { title: 'Antwort', text: 'Beides.' });
	expect(both.text).toContain('Gespeichert.');
});
