import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { write } from '../../../src/kernel/write.ts';
import { PRESETS } from '../../../src/modules/(council)/rules/presets.ts';
import { challengeQuorum, stateQuorumNow } from '../../../src/modules/(council)/session/course-quorum.server.ts';
import { openSession } from '../../../src/modules/(council)/session/course.server.ts';
import { checkIn, leave } from '../../../src/modules/(council)/session/presence.server.ts';
import { prepareRoll } from '../../../src/modules/(council)/session/roll.server.ts';
import { sampleSession, type Sample } from '../../../src/modules/(council)/session/testing.ts';
import { axeFindings } from '../../support/axe.ts';
import { startApp } from '../../support/app.ts';

const { newPage, database, signInAs, url } = await startApp({ workers: 0 });
const { sql, ctx, town } = database;
const VOTING = PRESETS.find(({ key }) => key === 'st-beirat-2019')!.rules.voting;
const WITHOUT_SCRIPT = { javaScriptEnabled: false };

/** A running session with the first `present` of fifteen seats taken; the chair has stated the quorum. */
async function running(
	present: number,
	options: Parameters<typeof sampleSession>[1] = {},
): Promise<Sample & { slug: string }> {
	const sample = await sampleSession(database, options);
	await write(ctx(), async (tx) => {
		await openSession(tx, sample.meeting, { proper: true, note: '' });
		for (const row of sample.rows.slice(0, present)) await checkIn(tx, row);
		await stateQuorumNow(tx, sample.meeting);
	});
	const [row] = await sql<{ slug: string }>('select slug from council.meeting where id = $1', [sample.meeting]);
	return { ...sample, slug: row!.slug };
}

let people = 0;
/** A page signed in as a person of the register. */
async function pageOf(personId: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
	const email = `person-${++people}@elbstadt.example`;
	const cookie = await signInAs(email);
	await sql(
		`update registry.person set account_id = (select "id" from auth."user" where "email" = $2), email = $2 where id = $1`,
		[personId, email],
	);
	const page = await newPage(options);
	const cookies = cookie.split('; ').map((pair) => {
		const [name, ...value] = pair.split('=');
		return { name: name!, value: value.join('='), url };
	});
	await page.context().addCookies(cookies);
	return page;
}
async function officePage(options: { javaScriptEnabled?: boolean } = WITHOUT_SCRIPT): Promise<Page> {
	const [person] = await sql<{ id: string }>(
		`insert into registry.person (body_id, id, given_name, family_name) values ($1, gen_random_uuid(), 'Ines', 'Büro') returning id`,
		[town.id],
	);
	await sql(
		`insert into registry.duty (body_id, id, person_id, duty, from_date) values ($1, gen_random_uuid(), $2, 'office', '2020-01-01')`,
		[town.id, person!.id],
	);
	return pageOf(person!.id, options);
}
/** The page as a clerk with script sees it has nothing that axe finds. */
async function lookAt(path: string): Promise<void> {
	const page = await officePage({});
	await page.goto(path);
	expect(await axeFindings(page)).toEqual([]);
	await page.context().close();
}
const main = (page: Page) => page.locator('main').innerText();
const here = (slug: string) => `/sitzungen/${slug}/abstimmungen`;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
/** Opens every fold, so that fields inside can be filled in without script. */
async function unfold(page: Page): Promise<void> {
	const folded = page.locator('main details:not([open]) > summary').filter({ visible: true });
	while (await folded.count()) await folded.first().click();
}
async function put(page: Page, text: string): Promise<void> {
	await unfold(page);
	await page.getByLabel('Wortlaut').first().fill(text);
	await press(page, 'Antrag speichern');
}
async function figures(page: Page, values: Record<string, string>): Promise<void> {
	for (const [name, value] of Object.entries(values))
		await page.getByLabel(name, { exact: true }).filter({ visible: true }).first().fill(value);
	await press(page, 'Ergebnis speichern und schließen');
}

test('SIT-05: with nine of fifteen there the vote counts; with seven after a challenge no resolution is possible', async () => {
	const { slug, meeting, rows } = await running(9, { items: [{ title: 'Zuschuss' }, { title: 'Sprachkurse' }] });
	const office = await officePage();
	await office.goto(here(slug));
	expect(await main(office)).toContain('Stimmberechtigt anwesend: 9');
	await put(office, 'Der Beirat empfiehlt zehn Kurse.');
	await press(office, 'Abstimmung eröffnen');
	await figures(office, { Ja: '6', Nein: '1', Enthaltungen: '8' });
	expect(await office.locator('#faults').innerText()).toContain('nur 9 Stimmberechtigte');
	expect(await office.getByLabel('Ja', { exact: true }).first().inputValue()).toBe('6');
	await figures(office, { Enthaltungen: '2' });
	expect(await main(office)).toContain('6 Ja, 1 Nein, 2 Enthaltungen');
	expect(await main(office)).toContain('angenommen');
	await lookAt(here(slug));
	const stranger = await newPage(WITHOUT_SCRIPT);
	await stranger.goto(`/sitzungen/${slug}`);
	expect(await main(stranger)).toContain('6 Ja, 1 Nein, 2 Enthaltungen');

	await write(ctx(), async (tx) => {
		await leave(tx, rows[7]!);
		await leave(tx, rows[8]!);
		await challengeQuorum(tx, meeting, rows[0]!);
	});
	await office.goto(here(slug));
	const second = office.locator('section', { hasText: 'Sprachkurse' }).last();
	await second.locator('summary', { hasText: 'Antrag aufnehmen' }).click();
	await second.getByLabel('Wortlaut').fill('Mehr Kurse');
	await second.getByRole('button', { name: 'Antrag speichern' }).click();
	await press(office, 'Abstimmung eröffnen');
	const said = await office.locator('#faults').innerText();
	expect(said).toContain('nicht beschlussfähig: 7 stimmberechtigt anwesend, nötig sind 8');
	expect(
		await sql(
			`select 1 from council.vote v join council.agenda_item i on i.id = v.agenda_item_id where i.title = 'Sprachkurse'`,
		),
	).toEqual([]);
	await Promise.all([office.context().close(), stranger.context().close()]);
});

test('double submit and the back button: one motion, one vote, one result, and other figures afterwards are refused', async () => {
	const { slug, meeting, items } = await running(9, { items: [{ title: 'Zweimal gedrückt' }] });
	const office = await officePage();
	await office.goto(here(slug));
	const cookie = (await office.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
	const send = async (act: string, typed: Record<string, string>) => {
		const answer = await fetch(`${url}${here(slug)}?/${act}`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: url, accept: 'text/html', cookie },
			body: new URLSearchParams(typed),
		});
		return { status: answer.status, text: await answer.text() };
	};
	const twice = async (act: string, typed: Record<string, string>) =>
		(await Promise.all([send(act, typed), send(act, typed)])).map(({ status }) => status);
	const ids = (table: string) =>
		sql<{ id: string }>(
			`select t.id from council.${table} t join council.agenda_item i on i.id = t.agenda_item_id where i.meeting_id = $1`,
			[meeting],
		);
	expect(await twice('antrag', { item: items[0]!, kind: 'main', text: 'Einmal genügt.' })).toEqual([303, 303]);
	const motions = await ids('motion');
	expect(motions).toHaveLength(1);
	expect(await twice('abstimmen', { item: items[0]!, motion: motions[0]!.id })).toEqual([303, 303]);
	const votes = await ids('vote');
	expect(votes).toHaveLength(1);
	await office.goto(here(slug));
	await figures(office, { Ja: '6', Nein: '1', Enthaltungen: '2' });
	expect(await ids('resolution')).toHaveLength(1);
	const again = { vote: votes[0]!.id, yes: '6', no: '1', abstain: '2' };
	expect(await twice('ergebnis', again)).toEqual([303, 303]);
	const other = await send('ergebnis', { ...again, yes: '7', no: '0' });
	expect(other.status).toBe(422);
	expect(other.text).toContain('schon geschlossen: 6 Ja, 1 Nein, 2 Enthaltungen. Ihre Zahlen zählen nicht');
	// Going back shows how it stands, not the form that was sent.
	await office.goBack();
	expect(await main(office)).toContain('6 Ja, 1 Nein, 2 Enthaltungen');
	expect(await office.getByRole('button', { name: 'Ergebnis speichern und schließen' }).count()).toBe(0);
	expect(await sql('select yes, no from council.vote where id = $1', [votes[0]!.id])).toEqual([{ yes: 6, no: 1 }]);
	expect(await ids('resolution')).toHaveLength(1);
	// A vote has one address: under another session's it leads there.
	const elsewhere = await running(9);
	await office.goto(`/sitzungen/${elsewhere.slug}/abstimmung/${votes[0]!.id}`);
	expect(new URL(office.url()).pathname).toBe(`/sitzungen/${slug}/abstimmung/${votes[0]!.id}`);
	await office.context().close();
});

test('SIT-15: a resolution under "Verschiedenes" shows a warning with the rule and needs a reason', async () => {
	const { slug } = await running(9, { items: [{ title: 'Verschiedenes', kind: 'anyOther' }] });
	const office = await officePage();
	await office.goto(here(slug));
	await put(office, 'Der Beirat beschließt noch etwas.');
	await press(office, 'Abstimmung eröffnen');
	expect(await office.locator('#faults').innerText()).toContain('wird nur informiert, nicht beschlossen');
	await office.getByLabel('Trotzdem abstimmen').check();
	await office.getByLabel('Begründung').fill('Alle sind da und einverstanden');
	await press(office, 'Abstimmung eröffnen');
	expect(await main(office)).toContain('Trotz Hinweis abgestimmt: Alle sind da und einverstanden');
	await office.context().close();
});

test('GRE-07: the managing office is offered no vote; a member votes by name on the phone, and after closing learns that it is over', async () => {
	const { slug, seats, meeting } = await running(9, { items: [{ title: 'Antrag' }] });
	const office = await officePage();
	await office.goto(here(slug));
	await put(office, 'Der Beirat empfiehlt zehn Kurse.');
	await unfold(office);
	await office.getByLabel('Namentlich verlangt von').fill('1');
	await office.getByLabel('Mitglieder stimmen bei namentlicher').check();
	await press(office, 'Abstimmung eröffnen');
	const [vote] = await sql<{ id: string }>(
		`select v.id from council.vote v join council.agenda_item i on i.id = v.agenda_item_id where v.state = 'open' and i.meeting_id = $1`,
		[meeting],
	);
	const address = `/sitzungen/${slug}/abstimmung/${vote!.id}`;
	await office.goto(address);
	expect(await main(office)).toContain('Die Geschäftsführung hat kein Stimmrecht');
	expect(await office.locator('main').getByRole('button').count()).toBe(0);
	const [cookie] = await office.context().cookies();
	const tried = await fetch(`${url}${address}?/stimme`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html', cookie: `${cookie!.name}=${cookie!.value}` },
		body: new URLSearchParams({ voice: 'yes' }),
	});
	expect(tried.status).toBe(422);
	expect(await tried.text()).toContain('Sie haben hier keine Stimme');

	const member = await pageOf(seats[0]!.person!, { ...WITHOUT_SCRIPT });
	await member.setViewportSize({ width: 390, height: 800 });
	await member.goto(address);
	expect(await main(member)).toContain('Sie stimmen für Platz 1.');
	await member.getByLabel('Nein', { exact: true }).check();
	await member.getByRole('button', { name: 'Abstimmen' }).click();
	expect(await member.getByRole('status').innerText()).toContain('Ihre Stimme ist gespeichert: Nein');
	await member.getByLabel('Ja', { exact: true }).check();
	await member.getByRole('button', { name: 'Stimme ändern' }).click();

	const late = await pageOf(seats[1]!.person!, WITHOUT_SCRIPT);
	await late.goto(address);
	await office.goto(here(slug));
	expect(await main(office)).toContain('1 von 9 Stimmen sind da');
	for (const group of (await office.locator('.roll fieldset').all()).slice(2)) await group.getByLabel('Ja').check();
	await press(office, 'Speichern und schließen');
	expect(await office.getByText('Die übrigen waren da').isVisible()).toBe(true);
	await office.getByLabel('Die übrigen waren da und haben nicht mitgestimmt').check();
	await press(office, 'Speichern und schließen');
	expect(await main(office)).toContain('8 Ja, 0 Nein, 0 Enthaltungen');
	const stranger = await newPage(WITHOUT_SCRIPT);
	await stranger.goto(`/sitzungen/${slug}`);
	await unfold(stranger);
	expect(await main(stranger)).toMatch(/Ja 8\s+Person Nummer 1, Person Nummer 3/);
	expect(await main(stranger)).toMatch(/Nicht mitgestimmt 1\s+Person Nummer 2/);
	await stranger.context().close();
	await late.getByLabel('Nein', { exact: true }).check();
	await late.getByRole('button', { name: 'Abstimmen' }).click();
	expect(await main(late)).toContain('schon geschlossen. Ihre Eingabe zählt nicht mehr');
	await Promise.all([office, member, late].map((page) => page.context().close()));
});

test('a secret vote: ballots are fetched, cast without cookie, counted with the paper ones; nobody knows whose is whose', async () => {
	const { slug, seats } = await running(9, { items: [{ title: 'Antrag' }] });
	const office = await officePage();
	await office.goto(here(slug));
	await put(office, 'Der Beirat empfiehlt zehn Kurse.');
	await unfold(office);
	await office.getByLabel('Geheim verlangt von').fill('1');
	await press(office, 'Abstimmung eröffnen');
	const [vote] = await sql<{ id: string; ballot: string }>(
		`select v.id, b.id as ballot from council.vote v join council.secret_ballot b on b.vote_id = v.id where v.state = 'open'`,
	);
	const address = `/sitzungen/${slug}/abstimmung/${vote!.id}`;
	const paper = await pageOf(seats[1]!.person!, WITHOUT_SCRIPT);
	await paper.goto(address);
	expect(await main(paper)).toContain('Ohne JavaScript nehmen Sie einen Papierstimmzettel');
	await paper.getByRole('button', { name: 'Ich nehme einen Papierstimmzettel' }).click();
	expect(await main(paper)).toContain('Sie stimmen auf Papier ab');

	const member = await pageOf(seats[0]!.person!);
	await member.goto(address);
	expect(await main(member)).toContain('Nicht ausgeschlossen ist');
	await member.getByRole('button', { name: 'Stimmzettel auf dieses Gerät holen' }).click();
	await member.getByText('Ihr Stimmzettel liegt auf diesem Gerät').waitFor();
	await office.goto(here(slug));
	expect(await main(office)).toContain('Geholt: 1 von 9, auf Papier: 1');
	await press(office, 'Urne öffnen');
	await member.goto(address);
	await member.getByLabel('Ja', { exact: true }).check();
	const sent = member.waitForRequest((request) => request.url().includes('/wahlurne/'));
	await member.getByRole('button', { name: 'Stimmzettel einwerfen' }).click();
	const headers = await (await sent).allHeaders();
	expect(headers.cookie).toBeUndefined();
	expect(headers.referer).toBeUndefined();
	await member.getByText('Ihr Stimmzettel liegt in der Urne').waitFor();
	expect(await member.evaluate(() => localStorage.length)).toBe(0);
	expect(await axeFindings(member)).toEqual([]);

	// With a cookie nothing is taken.
	const withCookie = await fetch(`${url}/wahlurne/${vote!.ballot}`, {
		method: 'POST',
		headers: { origin: url, 'content-type': 'application/json', cookie: 'x=y' },
		body: '{}',
	});
	expect(withCookie.status).toBe(400);
	await office.goto(here(slug));
	expect(await main(office)).toContain('In der Urne: 1 von 1');
	await office.getByLabel('Die übrigen waren da und haben nicht mitgestimmt').check();
	await figures(office, { Ja: '0', Nein: '1', Enthaltungen: '0' });
	expect(await main(office)).toContain('1 Ja, 1 Nein, 0 Enthaltungen');
	expect(await main(office)).toContain('abgelehnt');
	await Promise.all([office, member, paper].map((page) => page.context().close()));
});

test('GRE-11: the election form lists only persons with an active voting membership on the election date', async () => {
	const { slug, council } = await running(9, { items: [{ title: 'Wahl des Vorsitzes', kind: 'election' }] });
	const strange = async (name: string, kind: string, from: string | null, until: string | null) => {
		const [person] = await sql<{ id: string }>(
			`insert into registry.person (body_id, id, given_name, family_name) values ($1, gen_random_uuid(), 'Kim', $2) returning id`,
			[town.id, name],
		);
		await sql(
			`insert into registry.membership (body_id, id, person_id, organisation_id, kind, voting_right, from_date, until_date)
			 values ($1, gen_random_uuid(), $2, $3, $4, $5, $6, $7)`,
			[town.id, person!.id, council, kind, kind === 'member', from, until],
		);
	};
	await strange('Beratend', 'advisory', '2020-01-01', null);
	await strange('Nachrückend', 'successor', '2020-01-01', null);
	await strange('Bestellt', 'member', null, null);
	await strange('Ausgeschieden', 'member', '2020-01-01', '2021-01-01');
	const office = await officePage();
	await office.goto(here(slug));
	await press(office, 'Wahl beginnen');
	const offered = await office.getByLabel('Stimmberechtigtes Mitglied').locator('option').allInnerTexts();
	expect(offered.slice(1).map((name) => name.replace(/ \(.*/, ''))).toEqual(
		Array.from({ length: 15 }, (_, i) => `Person Nummer ${i + 1}`),
	);
	await office.context().close();
});

test('GRE-26 GRE-27: a candidate whose organisation isn’t a member is not yet eligible, with the missing step, and the ballot needs consent', async () => {
	const { slug } = await running(9, { items: [{ title: 'Wahl des Vorsitzes', kind: 'election' }] });
	const office = await officePage();
	await office.goto(here(slug));
	await press(office, 'Wahl beginnen');
	await unfold(office);
	await office.getByLabel('Name', { exact: true }).fill('Amal Beispiel');
	await office.getByLabel('Organisation').fill('Kulturverein Morgenrot');
	await press(office, 'Jemand anderen vormerken');
	expect(await main(office)).toContain('noch nicht wählbar');
	expect(await main(office)).toContain('Zuerst muss die Organisation Kulturverein Morgenrot Mitglied werden.');
	await office.getByLabel('Stimmberechtigtes Mitglied').selectOption({ index: 1 });
	await press(office, 'Vorschlagen');
	expect(await main(office)).toContain('Die Zustimmung zur Kandidatur fehlt.');
	await press(office, '1. Wahlgang eröffnen');
	expect(await office.locator('#faults').innerText()).toContain('Noch niemand kann gewählt werden');
	const member = office.locator('li', { hasText: 'Person Nummer 1' }).last();
	await member.getByRole('button', { name: 'Zustimmung festhalten' }).click();
	expect(await office.getByRole('group', { name: 'Kandidaturen' }).innerText()).toBe('Kandidaturen\nPerson Nummer 1');
	await press(office, '1. Wahlgang eröffnen');
	expect(await office.getByLabel('Stimmen für').count()).toBe(1);
	await lookAt(here(slug));
	await office.context().close();
});

test('GRE-08: with the rule on, electing a chair opens a commissioner’s office for the same person; with it off it does not', async () => {
	for (const chairIsCommissioner of [true, false]) {
		const { slug, seats } = await running(9, {
			items: [{ title: 'Wahl des Vorsitzes', kind: 'election' }],
			rules: { chairIsCommissioner },
		});
		const office = await officePage();
		await office.goto(here(slug));
		await press(office, 'Wahl beginnen');
		for (const index of [1, 1, 1]) {
			await office.getByLabel('Stimmberechtigtes Mitglied').selectOption({ index });
			await press(office, 'Vorschlagen');
			await office.getByRole('button', { name: 'Zustimmung festhalten' }).last().click();
		}
		const count = async (votes: [string, string, string]) => {
			await office.getByLabel('Ausgegeben').fill('9');
			await office.getByLabel('Abgegeben').fill('9');
			for (const [i, number] of votes.entries())
				await office.getByLabel(`Stimmen für Person Nummer ${i + 1}`).fill(number);
			await press(office, 'Wahlgang auszählen');
		};
		await press(office, '1. Wahlgang eröffnen');
		await count(['4', '3', '2']);
		expect(await main(office)).toContain('Niemand hat die nötige Mehrheit von 5');
		await press(office, '2. Wahlgang eröffnen');
		await count(['4', '3', '3']);
		expect(await office.locator('#faults').innerText()).toContain('Summe passt nicht');
		await count(['4', '3', '2']);
		expect(await main(office)).toContain('Gewählt: Person Nummer 1');
		await press(office, 'Nimmt die Wahl an');
		const stranger = await newPage(WITHOUT_SCRIPT);
		await stranger.goto(`/ar/sitzungen/${slug}`);
		await unfold(stranger);
		expect(await main(stranger)).toMatch(/الجولة 1\s+الجولة 2\s+Person Nummer 1\s+4\s+4\s+Person Nummer 2\s+3\s+3/);
		expect(await main(stranger)).toContain('قبِل الانتخاب: Person Nummer 1');
		await stranger.context().close();
		expect(await main(office)).toMatch(/Person Nummer 1 hat die Wahl um \d\d:\d\d Uhr angenommen/);
		const offices = await sql<{ person_id: string }>(
			`select h.person_id from registry.office_holding h join registry.office o on o.id = h.office_id
			 where o.kind = 'commissioner' and h.person_id = $1`,
			[seats[0]!.person],
		);
		expect(offices).toHaveLength(chairIsCommissioner ? 1 : 0);
		await office.context().close();
	}
});

test('bias and amendments: the barred member does not vote, the text as amended is what is decided', async () => {
	const { slug } = await running(9, { items: [{ title: 'Zuschuss an einen Verein' }] });
	const office = await officePage();
	await office.goto(here(slug));
	await unfold(office);
	await office.getByLabel('Wer?').selectOption({ index: 0 });
	await office.getByLabel('Grund').selectOption('groupInterest');
	await press(office, 'Festhalten');
	expect(await office.locator('#faults').innerText()).toContain('Gruppe gehört, ist nicht befangen');
	await office.getByLabel('Grund').selectOption('boardMember');
	await press(office, 'Festhalten');
	expect(await main(office)).toContain('stimmt nicht mit');
	await put(office, 'Der Verein erhält 500 Euro.');
	await unfold(office);
	const amending = office.locator('[id^="antrag-neu-zu-"]');
	await amending.getByLabel('Wortlaut').fill('800 statt 500 Euro');
	await amending.getByRole('button', { name: 'Antrag speichern' }).click();
	await press(office, 'Abstimmung eröffnen');
	expect(await main(office)).toContain('Befangen: 1');
	await figures(office, { Ja: '8', Nein: '0', Enthaltungen: '0' });
	await press(office, 'Abstimmung eröffnen');
	expect(await office.locator('#faults').innerText()).toContain('Schreiben Sie zuerst die Endfassung auf');
	await office.getByLabel('Endfassung').fill('Der Verein erhält 800 Euro.');
	await press(office, 'Endfassung speichern');
	await press(office, 'Abstimmung eröffnen');
	await figures(office, { Ja: '5', Nein: '3', Enthaltungen: '0' });
	const [resolution] = await sql<{ text: string; result: string }>(
		`select r.text, i.result from council.resolution r join council.agenda_item i on i.id = r.agenda_item_id where i.title like 'Zuschuss an%'`,
	);
	expect(resolution).toEqual({ text: 'Der Verein erhält 800 Euro.', result: 'adoptedChanged' });
	await office.context().close();
});

test('GRE-16: the constituting session can’t be ended until the chair’s election and its acceptance are recorded', async () => {
	const { slug, meeting } = await running(9, {
		items: [{ title: 'Wahl des Vorstands', kind: 'election' }],
		meeting: { kind: 'constituting' },
	});
	const office = await officePage();
	const end = async () => {
		await office.goto(`/sitzungen/${slug}/verlauf`);
		await unfold(office);
		await press(office, 'Sitzung jetzt beenden');
		const [row] = await sql<{ state: string }>('select state from council.meeting where id = $1', [meeting]);
		return row!.state;
	};
	const refusal = 'endet erst, wenn der Vorsitz gewählt ist und die Wahl angenommen hat';
	expect(await end()).toBe('running');
	expect(await main(office)).toContain(refusal);
	await office.goto(here(slug));
	await press(office, 'Wahl beginnen');
	await office.getByLabel('Stimmberechtigtes Mitglied').selectOption({ index: 3 });
	await press(office, 'Vorschlagen');
	await press(office, 'Zustimmung festhalten');
	await press(office, '1. Wahlgang eröffnen');
	await office.getByLabel('Ausgegeben').fill('9');
	await office.getByLabel('Abgegeben').fill('9');
	await office.getByLabel('Stimmen für').fill('7');
	await office.getByLabel('Nein-Stimmen').fill('1');
	await office.getByLabel('Leer (Enthaltung)').fill('1');
	await press(office, 'Wahlgang auszählen');
	expect(await end()).toBe('running');
	expect(await main(office)).toContain(refusal);
	await office.goto(here(slug));
	await press(office, 'Nimmt die Wahl an');
	expect(await end()).toBe('held');
	await office.context().close();
});

test('a joint session: each body votes by its own majority and quorum; what one adopts and the other rejects is not adopted', async () => {
	const { slug, meeting } = await running(9, { items: [{ title: 'Gemeinsamer Aufruf' }] });
	const other = await sampleSession(database, {
		delegated: 0,
		residents: 5,
		rules: { voting: { ...VOTING, standard: { kind: 'twoThirds', of: 'present' } } },
	});
	await sql('insert into council.meeting_body (body_id, meeting_id, council_body_id) values ($1, $2, $3)', [
		town.id,
		meeting,
		other.council,
	]);
	await sql(`update registry.organisation set name = 'Jugendrat' where id = $1`, [other.council]);
	await sql(`update council.meeting set kind = 'joint' where id = $1`, [meeting]);
	const rows = await write(ctx(), async (tx) => {
		await prepareRoll(tx, meeting);
		const list = await tx.db
			.selectFrom('council.attendance')
			.select(['id', 'person_id'])
			.where('meeting_id', '=', meeting)
			.execute();
		return other.seats.map(({ person }) => list.find(({ person_id }) => person_id === person)!.id);
	});
	const come = (from: number, until: number) =>
		write(ctx(), async (tx) => {
			for (const row of rows.slice(from, until)) await checkIn(tx, row);
			await stateQuorumNow(tx, meeting);
		});
	await come(0, 2);
	const office = await officePage();
	await office.goto(here(slug));
	expect(await main(office)).toContain('Beirat: 9 stimmberechtigt anwesend Jugendrat: 2 stimmberechtigt anwesend');
	await put(office, 'Beide Gremien rufen zur Wahl auf.');
	const open = (name: string) =>
		office.getByRole('button', { name: new RegExp(`^Abstimmung eröffnen.*${name}`) }).click();
	// Two of five are there: this body can't resolve, the other one can.
	await open('Jugendrat');
	expect(await office.locator('#faults').innerText()).toContain('2 stimmberechtigt anwesend, nötig sind 3');
	await open('Beirat');
	await figures(office, { Ja: '5', Nein: '4', Enthaltungen: '0' });
	const motion = async () =>
		(
			await sql<{ state: string }>(
				`select m.state from council.motion m join council.agenda_item i on i.id = m.agenda_item_id where i.meeting_id = $1`,
				[meeting],
			)
		)[0]!.state;
	expect(await motion()).toBe('open');
	await come(2, 5);
	await office.goto(here(slug));
	await open('Jugendrat');
	// Three of five are more than half, and fewer than two thirds of those present.
	await figures(office, { Ja: '3', Nein: '2', Enthaltungen: '0' });
	expect(await motion()).toBe('rejected');
	const votes = await sql<{ name: string; yes: number; no: number; present: number; adopted: boolean; needed: number }>(
		`select o.name, v.yes, v.no, v.present, v.adopted, (v.finding -> 'outcome' ->> 'needed')::int as needed from council.vote v
		 join council.agenda_item i on i.id = v.agenda_item_id join registry.organisation o on o.id = v.council_body_id
		 where i.meeting_id = $1 order by o.name`,
		[meeting],
	);
	expect(votes).toEqual([
		{ name: 'Beirat', yes: 5, no: 4, present: 9, adopted: true, needed: 5 },
		{ name: 'Jugendrat', yes: 3, no: 2, present: 5, adopted: false, needed: 4 },
	]);
	const stranger = await newPage(WITHOUT_SCRIPT);
	await stranger.goto(`/sitzungen/${slug}`);
	await unfold(stranger);
	expect(await main(stranger)).toMatch(/Jugendrat.*3 Ja, 2 Nein/);
	expect(await main(stranger)).toContain('Abgelehnt');
	await Promise.all([office, stranger].map((page) => page.context().close()));
});
