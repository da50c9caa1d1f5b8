import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { SYSTEM } from '../../../src/kernel/access/actor.ts';
import { everyDay } from '../../../src/modules/(papers)/involvement/jobs.server.ts';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';
import { involvementOf } from './involvement-support.ts';

const app = await startApp({ demonstration: true, workers: 0 });
const { sql } = app.database;
const town = await involvementOf(app);
const { answer, ask, draft, idOf, one, open, post, read, upload } = town;
const today = Temporal.Now.plainDateISO('Europe/Berlin');
await town.rule(await town.instruct('DA 1/26', today.toString()));

const main = (page: Page) => page.locator('main').innerText();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

test.each([
	['with JavaScript', true],
	['without JavaScript', false],
])(
	'a matter whose draft changes after co-signature is asked about anew before the mayor approves (%s)',
	async (_, js) => {
		const title = `Sprechstunde im Stadtteil ${js ? 'mit' : 'ohne'}`;
		const slug = await draft(title, 'Der Stadtrat beschließt:\n\n1. Es gibt eine Sprechstunde im Monat.');
		const office = await app.newPage({ role: 'office', javaScriptEnabled: js });
		await office.goto(`/einbindung/neu?vorlage=${slug}`);
		expect(await office.getByLabel('Worum es geht').inputValue()).toBe(title);
		await office.getByLabel('Warum?').fill('Viele kommen mit Fragen zum Aufenthalt.');
		await press(office, 'Vorhaben anlegen');
		expect(await main(office)).toContain('Das Vorhaben ist angelegt.');
		expect(await main(office)).toContain('Gesperrt: Es wurde noch nicht um Mitzeichnung gebeten');
		await press(office, 'Um Antwort bitten');
		expect(await main(office)).toContain('Die Anfrage ist verschickt.');
		const matter = new URL(office.url()).pathname;

		const commissioner = await app.newPage({ role: 'commissioner', javaScriptEnabled: js });
		await commissioner.goto('/tisch');
		await commissioner
			.getByRole('link', { name: `Mitzeichnung: ${title}` })
			.first()
			.click();
		expect(await main(commissioner)).toContain('Es gibt eine Sprechstunde im Monat.');
		await press(commissioner, 'Mitzeichnen');
		expect(await main(commissioner)).toContain('Danke, die Antwort ist gespeichert.');
		await office.goto(matter);
		expect(await main(office)).toContain('Alle Mitzeichnungen sind beantwortet');

		// the draft changes: what was signed is outdated, and the gate shuts
		await office.goto(`/vorlagen/${slug}/bearbeiten`);
		await office
			.locator('textarea[name=operative]')
			.fill('Der Stadtrat beschließt:\n\n1. Es gibt eine Sprechstunde im Quartal.');
		await office
			.locator(
				'form:has(textarea[name=operative]) button[type=submit], form:has(textarea[name=operative]) button:not([type])',
			)
			.first()
			.click();
		await office.waitForURL(/gespeichert/);
		expect(await main(office)).toContain('wird zum neuen noch einmal gefragt');
		await office.goto(matter);
		expect(await main(office)).toContain('Gesperrt: Die Frist für die Mitzeichnung läuft noch.');
		expect(await main(office)).toContain('Eine frühere Anfrage');
		await press(office, 'Freigeben');
		expect(await main(office)).toContain('Freigabe nicht möglich');

		// the commissioner sees what changed, and this time has remarks
		await commissioner.goto(matter);
		expect(await main(commissioner)).toContain('Was sich seit Ihrer Antwort geändert hat');
		expect((await commissioner.locator('ins').allInnerTexts()).join(' ')).toContain('Quartal');
		expect((await commissioner.locator('del').allInnerTexts()).join(' ')).toContain('Monat');
		await commissioner.locator('summary', { hasText: 'Mit Anmerkungen oder ablehnen' }).click();
		await commissioner.getByLabel('Mitgezeichnet mit Anmerkungen').check();
		await commissioner.getByLabel('Anmerkungen oder Gründe').fill('Im Quartal ist zu selten.');
		await press(commissioner, 'Antwort senden');
		expect(await main(commissioner)).toContain('Im Quartal ist zu selten.');
		if (js) expect(await axeFindings(commissioner)).toEqual([]);

		await office.goto(matter);
		if (js) expect(await axeFindings(office)).toEqual([]);
		await office.locator('summary', { hasText: 'Sagen, was aus den Anmerkungen wurde' }).click();
		await office.getByLabel('Nicht übernommen').check();
		await office.getByLabel('Begründung').fill('Mehr Personal gibt es nicht.');
		await press(office, 'Speichern');
		expect(await main(office)).toContain('Mehr Personal gibt es nicht.');
		await press(office, 'Freigeben');
		expect(await main(office)).toContain('Freigegeben.');
		const rounds = await sql<{ state: string; answer: string }>(
			`select state, answer from papers.sign_request where matter_id = $1 order by round`,
			[matter.split('/').at(-1)],
		);
		expect(rounds.map(({ state, answer: said }) => `${state} ${said}`)).toEqual([
			'outdated agreed',
			'answered agreedWithRemarks',
		]);
		await office.context().close();
		await commissioner.context().close();
	},
);

/** A matter with a file, opened and asked about. @returns its id */
async function asked(title: string, more: Record<string, string> = {}): Promise<string> {
	const id = idOf(await open(title, { firstInformedOn: today.toString() }));
	await upload(id, 'entwurf.txt', title);
	await ask(id, more);
	return id;
}
const page = async (id: string) => (await read(`/einbindung/${id}`)).text;

test('the commissioner is biased or away: the deputy is asked; without one the deadline begins later; a vacant office waits', async () => {
	const officeId = await town.commissionerOffice();
	const deputy = await one(`select p.id as value from registry.person p where p.family_name = 'Brückner'`);
	const named = await post('/einbindung/vertretung?/vertretung', {
		officeId,
		personId: deputy,
		from: today.toString(),
	});
	expect(named.text).toContain('Vertretung: Thi Lan Anh Brückner');
	const biased = await asked('Grundstück am Wall');
	await answer(biased, { answer: 'abstainedBias' });
	expect(await page(biased)).toContain('Gefragt wurde die Stellvertretung.');
	const cookie = await app.signIn('member');
	expect((await read('/tisch', cookie)).text).toContain('Mitzeichnung: Grundstück am Wall');
	expect((await answer(biased, { answer: 'agreed' }, { cookie })).text).toContain('Danke');

	const away = { officeId, from: today.toString(), last: today.add({ days: 10 }).toString() };
	await post('/einbindung/vertretung?/abwesend', away, town.commissioner);
	expect(await page(await asked('Zaun am Wall'))).toContain('Gefragt wurde die Stellvertretung.');
	const id = await one('select id as value from papers.office_deputy limit 1');
	await post('/einbindung/vertretung?/vertretungende', { id });
	expect(await page(await asked('Tor am Wall'))).toContain('Die Frist beginnt nach der Abwesenheit.');
	const absence = await one('select id as value from papers.office_absence limit 1');
	await post('/einbindung/vertretung?/zurueck', { id: absence }, town.commissioner);

	// between two terms nobody holds the office: no deadline runs, nothing counts as agreed, the process is not held up
	await sql(
		`update registry.office_holding set until_date = (now() at time zone 'Europe/Berlin')::date where office_id = $1`,
		[officeId],
	);
	const vacant = await asked('Brunnen am Wall');
	expect(await page(vacant)).toContain('Amt nicht besetzt');
	expect(await page(vacant)).toContain('Alle Mitzeichnungen sind beantwortet oder der Grund ist festgehalten.');
	await sql(`update registry.office_holding set until_date = null where office_id = $1`, [officeId]);
});

test('silence is no agreement; an urgent deadline needs a reason; a withdrawn matter owes nothing', async () => {
	const hasty = idOf(await open('Schild am Tor', { firstInformedOn: today.toString() }));
	await upload(hasty, 'schild.txt', 'Schild');
	const refused = await ask(hasty, { urgent: 'on' });
	expect(refused.status).toBe(422);
	expect(refused.text).toContain('Eine kürzere Frist braucht einen Grund.');
	await ask(hasty, { urgent: 'on', urgentReason: 'Die Lieferung kommt morgen.' });
	await sql(
		`update papers.sign_request set due_on = (now() at time zone 'Europe/Berlin')::date - 1 where matter_id = $1`,
		[hasty],
	);
	const silent = await page(hasty);
	expect(silent).toContain('keine Antwort in der Frist');
	expect((await post(`/einbindung/${hasty}?/freigeben`, {})).text).toContain('Freigegeben.');
	expect((await answer(hasty, { answer: 'agreed' })).text).toContain('verspätet beantwortet');

	const withdrawn = await asked('Bank am Tor');
	expect((await post(`/einbindung/${withdrawn}?/zurueckziehen`, {})).text).toContain('Niemand muss mehr antworten.');
	expect((await read('/tisch', town.commissioner)).text).not.toContain('Bank am Tor');
});

test('an urgent decision of the mayor is on record as an omission, and stays open until it is reported', async () => {
	const id = idOf(await open('Notunterkunft in der Turnhalle', { firstInformedOn: today.toString() }));
	const decided = await post(`/einbindung/${id}?/eil`, { on: today.toString(), reason: 'Ankunft in der Nacht.' });
	expect(decided.text).toContain('noch nicht nachträglich berichtet');
	expect(decided.text).toContain('Eilig');
	const reported = await post(`/einbindung/${id}?/eilbericht`, { reportedOn: today.toString() });
	expect(reported.text).toContain('Nachträglich berichtet am');
});

test('two commissioners with opposite answers stand side by side, and neither cancels the other', async () => {
	const office = '01900000-0000-7000-8000-00000000beef';
	await sql(
		`insert into registry.office (body_id, id, title, kind) select id, $1, 'Seniorenbeauftragte', 'commissioner' from kernel.town`,
		[office],
	);
	await sql(
		`insert into registry.office_holding (body_id, id, office_id, person_id, from_date)
		 select body_id, gen_random_uuid(), $1, id, '2020-01-01' from registry.person where family_name = 'Brückner'`,
		[office],
	);
	const instruction = await one(`select id as value from papers.instruction where reference = 'DA 1/26'`);
	await town.rule(instruction, { who: `office:${office}` });
	const id = await asked('Sitzbänke im Park');
	const requests = await sql<{ id: string; hash: string; office_id: string }>(
		`select r.id, r.hash, i.office_id from papers.sign_request r join papers.involvement i on i.id = r.involvement_id where r.matter_id = $1`,
		[id],
	);
	const give = (one: (typeof requests)[number], fields: Record<string, string>, cookie: string) =>
		post(`/einbindung/${id}?/antworten`, { request: one.id, hash: one.hash, ...fields }, cookie);
	const senior = requests.find((one) => one.office_id === office)!;
	const integration = requests.find((one) => one.office_id !== office)!;
	const member = await app.signIn('member');
	// nobody answers for somebody else's office
	expect((await give(integration, { answer: 'agreed' }, member)).status).toBe(404);
	await give(senior, { answer: 'agreedWithRemarks', reasons: 'Mit Lehne, bitte.' }, member);
	await give(integration, { answer: 'refused', reasons: 'Keine Lehnen: Platz für alle.' }, town.commissioner);
	const both = await page(id);
	expect(both).toContain('Mit Lehne, bitte.');
	expect(both).toContain('Keine Lehnen: Platz für alle.');
	expect(both).toContain('Die Beauftragten sind verschiedener Meinung.');
	// a refusal is no veto
	expect((await post(`/einbindung/${id}?/freigeben`, {})).text).toContain('Freigegeben.');
});

test('asked one after the other, the second waits for the first; who is silent is reminded once and holds nobody up', async () => {
	const id = idOf(await open('Bänke am Fluss', { firstInformedOn: today.toString() }));
	await upload(id, 'baenke.txt', 'Bänke');
	const rows = await sql<{ id: string; title: string }>(
		`select i.id, o.title from papers.involvement i join registry.office o on o.id = i.office_id where i.matter_id = $1`,
		[id],
	);
	const of = (title: string) => rows.find((row) => row.title.startsWith(title))!.id;
	const [first, second] = [of('Senioren'), of('Beauftragte')];
	const steps = { [`schritt-${first}`]: '1', [`schritt-${second}`]: '2' };
	await post(`/einbindung/${id}?/fragen`, { wen: [first, second], ...steps });
	expect(await page(id)).toContain('noch nicht an der Reihe');
	const due = await one(
		`select due_on::text as value from papers.sign_request where matter_id = $1 and state = 'open'`,
		[id],
	);
	const at = (day: Temporal.PlainDate) => app.setClock(`${day.toString()}T08:00`);
	const subject = `select count(*)::text as value from kernel.mail where subject like 'Erinnerung: Antwort bis%' and text like '%Bänke am Fluss%'`;
	at(Temporal.PlainDate.from(due));
	await sql(`update registry.person set email = 'senioren@probe.example' where family_name = 'Brückner'`);
	await everyDay(app.database.ctx(SYSTEM, await theTown()));
	await everyDay(app.database.ctx(SYSTEM, await theTown()));
	expect(await one(subject)).toBe('1');
	at(Temporal.PlainDate.from(due).add({ days: 1 }));
	await everyDay(app.database.ctx(SYSTEM, await theTown()));
	expect(await page(id)).not.toContain('noch nicht an der Reihe');
	expect(await page(id)).toContain('keine Antwort in der Frist');
});

test('a matter that began with a file becomes a paper: what was answered to the file is asked anew about its words', async () => {
	const id = await asked('Aushang in Bildern');
	expect((await answer(id, { answer: 'agreed' })).text).toContain('Danke');
	const slug = await draft('Aushang in Bildern, Entwurf', 'Alle Aushänge gibt es in Bildern.');
	const [paper] = await sql<{ id: string }>('select id from papers.paper where slug = $1', [slug]);
	const nothing = await post(`/einbindung/${id}?/vorlage`, { of: 'vorlage', paperId: '' });
	expect(nothing.status).toBe(422);
	expect(nothing.text).toContain('Bitte wählen Sie eine Vorlage');
	const linked = await post(`/einbindung/${id}?/vorlage`, { of: 'vorlage', paperId: paper!.id });
	expect(linked.text).toContain('Alle Aushänge gibt es in Bildern.');
	expect(linked.text).toContain('Eine frühere Anfrage');
	expect(linked.text).toContain('Gesperrt: Die Frist für die Mitzeichnung läuft noch.');
	// no other matter takes the same paper
	const other = idOf(await open('Noch ein Aushang', { firstInformedOn: today.toString() }));
	expect((await post(`/einbindung/${other}?/vorlage`, { of: 'vorlage', paperId: paper!.id })).status).toBe(422);
	const apart = await post(`/einbindung/${id}?/vorlage-loesen`, { of: 'vorlage' });
	expect(apart.text).not.toContain('Alle Aushänge gibt es in Bildern.');
});

test('matters are shown a page at a time, and each of them once', async () => {
	await sql(`insert into papers.matter (body_id, id, title, department_id, relevant, opened_on)
		select o.body_id, gen_random_uuid(), 'Viele ' || n, o.id, false, date '2024-01-01' + n from registry.organisation o,
		generate_series(1, 60) n where o.name = 'Bürgeramt'`);
	const seen: string[] = [];
	for (let path: string | undefined = '/einbindung?zeige=alle'; path;) {
		const { html } = await read(path);
		seen.push(...[...html.matchAll(/>(Viele \d+)</g)].map(([, title]) => title!));
		path = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
	}
	expect(seen.toSorted()).toEqual(Array.from({ length: 60 }, (_, n) => `Viele ${n + 1}`).toSorted());
});

async function theTown() {
	const [row] = await sql<{ id: string; name: string }>('select id, name from kernel.town');
	return { ...app.database.town, ...row!, demonstration: true };
}
