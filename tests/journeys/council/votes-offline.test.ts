import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';

/** Votes while the network of the hall is away, and a mistyped result that is corrected: on the session's screen. */
const app = await startApp({ demonstration: true });
const { database } = app;
const PATIENCE = { timeout: 60_000 };
let office: string;
let slug: string;
let meeting: string;
let items: { id: string; number: string }[];
let voters: string[];

const rows = <Row extends Record<string, unknown>>(text: string, values: unknown[] = [meeting]) =>
	database.sql<Row>(text, values);

beforeAll(async () => {
	office = await app.signIn('office');
	const [next] = await rows<{ id: string; slug: string }>(
		`select id, slug from council.meeting where state = 'invited' order by date limit 1`,
		[],
	);
	({ id: meeting, slug } = next!);
	let page = await plainPage(app, `/sitzungen/${slug}/verlauf`, office);
	page = await page.send({ art: 'prepare' });
	voters = (
		await rows<{ id: string }>('select id from council.attendance where meeting_id = $1 and voting order by position')
	).map(({ id }) => id);
	await page.send({ art: 'open' }, { proper: 'ja' });
	await fetch(`${app.url}/sitzungen/${slug}/verlauf/vorgaenge`, {
		method: 'POST',
		headers: { cookie: office, origin: app.url, 'content-type': 'application/json' },
		body: JSON.stringify({
			operations: [
				...voters.slice(0, 9).map((row) => ({ kind: 'checkIn', payload: { row } })),
				{ kind: 'quorum', payload: {} },
				...['Kurse', 'Bericht', 'Termine', 'Räume'].map((title) => ({
					kind: 'addItem',
					payload: { title, reason: 'Die Frist läuft ab.', yes: '9', no: '0', abstain: '0' },
				})),
			].map((operation) => ({ clientId: crypto.randomUUID(), ...operation })),
		}),
	});
	items = await rows<{ id: string; number: string }>(
		`select id, number from council.agenda_item where meeting_id = $1 and public and kind not in ('opening', 'anyOther') order by position`,
	);
});

/** Opens an item, puts a motion under it and opens the vote, by forms. @returns the id of the vote */
async function openVote(item: string, more: Record<string, string> = {}): Promise<string> {
	await (await plainPage(app, `/sitzungen/${slug}/verlauf?punkt=${item}`, office)).send({ art: 'item', item });
	const votes = `/sitzungen/${slug}/abstimmungen`;
	await (await plainPage(app, votes, office)).send({ item, kind: 'main' }, { text: 'Der Beirat stimmt zu.' });
	const [motion] = await rows<{ id: string }>('select id from council.motion where agenda_item_id = $1', [item]);
	await (await plainPage(app, votes, office)).send({ motion: motion!.id, rollCallAskers: '' }, more);
	const [vote] = await rows<{ id: string }>(`select id from council.vote where motion_id = $1 and state = 'open'`, [
		motion!.id,
	]);
	return vote!.id;
}

async function screenAt(item: string): Promise<Page> {
	const page = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await page.goto(`/sitzungen/${slug}/verlauf?punkt=${item}`);
	await page.locator('#netz.ok').waitFor();
	return page;
}

const voteOf = async (id: string) =>
	(
		await rows<{ state: string; yes: number | null; no: number | null; adopted: boolean | null }>(
			'select state, yes, no, adopted from council.vote where id = $1',
			[id],
		)
	)[0]!;

test('figures of a vote wait on the device while the network is away, and arrive in their order', async () => {
	const { id: item } = items[0]!;
	const vote = await openVote(item);
	const page = await screenAt(item);
	const panel = page.locator(`[data-panel="${item}"]`);
	await page.context().setOffline(true);
	await page.getByRole('button', { name: 'Birte Aschenbrand geht' }).click();
	await panel.getByLabel('Ja', { exact: true }).fill('6');
	await panel.getByLabel('Nein', { exact: true }).fill('2');
	await panel.getByLabel('Enthaltungen', { exact: true }).fill('0');
	await panel.getByRole('button', { name: 'Ergebnis speichern und schließen' }).click();
	await expect.poll(() => page.locator('[data-waiting]').innerText(), PATIENCE).toBe('2 noch nicht gesichert');
	expect(await page.locator('[data-queue]').innerText()).toContain('Ergebnis der Abstimmung unter Punkt');
	expect((await voteOf(vote)).state).toBe('open');
	await page.context().setOffline(false);
	// Eight are left: the one who went was counted out before, because what was done first is sent first.
	await expect.poll(() => voteOf(vote), PATIENCE).toEqual({ state: 'closed', yes: 6, no: 2, adopted: true });
	const log = await rows<{ kind: string }>(
		`select kind from kernel.operation where room = $1 and kind in ('leave', 'figures') order by seq`,
		[`meeting:${meeting}`],
	);
	expect(log.map(({ kind }) => kind)).toEqual(['leave', 'figures']);
	await page.context().close();
});

test('a mistyped result is taken back with a trace while its item is open; afterwards it stands', async () => {
	const { id: item } = items[1]!;
	const vote = await openVote(item);
	const page = await screenAt(item);
	const panel = page.locator(`[data-panel="${item}"]`);
	const count = async (yes: string, no: string) => {
		await panel.getByLabel('Ja', { exact: true }).fill(yes);
		await panel.getByLabel('Nein', { exact: true }).fill(no);
		await panel.getByRole('button', { name: 'Ergebnis speichern und schließen' }).click();
	};
	await count('2', '6');
	await expect.poll(() => voteOf(vote), PATIENCE).toMatchObject({ state: 'closed', adopted: false });
	await page.locator('[data-live=meldung]').getByRole('button', { name: 'Rückgängig' }).click();
	await expect.poll(() => voteOf(vote), PATIENCE).toEqual({ state: 'open', yes: null, no: null, adopted: null });
	expect(await rows(`select 1 from council.motion where agenda_item_id = $1 and state = 'open'`, [item])).toHaveLength(
		1,
	);
	await panel.getByRole('button', { name: 'Ergebnis speichern und schließen' }).waitFor();
	await count('6', '2');
	await expect.poll(() => voteOf(vote), PATIENCE).toMatchObject({ state: 'closed', adopted: true });
	const resolutions = () =>
		rows('select 1 from council.resolution where agenda_item_id = $1 and vote_id = $2', [item, vote]);
	expect(await resolutions()).toHaveLength(1);
	const trace = await rows<{ kind: string; undone: boolean }>(
		`select kind, undone_by is not null as undone from kernel.operation where room = $1 and payload ->> 'vote' = $2 order by seq`,
		[`meeting:${meeting}`, vote],
	);
	expect(trace).toEqual([
		{ kind: 'figures', undone: true },
		{ kind: 'figures', undone: false },
	]);
	await page.context().close();

	// The next item is open: the result stands.
	const screen = await plainPage(app, `/sitzungen/${slug}/verlauf?punkt=${items[0]!.id}`, office);
	await screen.send({ art: 'item', item: items[0]!.id });
	const [last] = await rows<{ seq: number }>(
		`select seq from kernel.operation where room = $1 and kind = 'figures' order by seq desc limit 1`,
		[`meeting:${meeting}`],
	);
	const late = await (
		await plainPage(app, `/sitzungen/${slug}/verlauf`, office)
	).send({ art: 'undo', seq: String(last!.seq) });
	expect(late.status).toBe(422);
	expect(late.text).toContain('Zurücknehmen geht, solange der Punkt aufgerufen ist');
	expect((await voteOf(vote)).state).toBe('closed');
});

test('a roll call that the clerk enters without a network is sent afterwards, every name with its voice', async () => {
	const { id: item } = items[2]!;
	const vote = await openVote(item, { rollCallAskers: '1' });
	const page = await screenAt(item);
	const panel = page.locator(`[data-panel="${item}"]`);
	await page.context().setOffline(true);
	const groups = await panel.locator('.roll fieldset').all();
	expect(groups).toHaveLength(8);
	for (const [index, group] of groups.entries()) await group.getByLabel(index < 5 ? 'Ja' : 'Nein').check();
	await panel.getByRole('button', { name: 'Speichern und schließen', exact: true }).click();
	await expect.poll(() => page.locator('[data-waiting]').innerText(), PATIENCE).toBe('1 noch nicht gesichert');
	await page.context().setOffline(false);
	await expect.poll(() => voteOf(vote), PATIENCE).toEqual({ state: 'closed', yes: 5, no: 3, adopted: true });
	const voices = await rows('select 1 from council.roll_call_voice where vote_id = $1', [vote]);
	expect(voices).toHaveLength(8);
	await page.context().close();
});

test('a roll call half filled in while the network was away takes up who came since; what is marked stays', async () => {
	const { id: item } = items[7]!;
	const vote = await openVote(item, { rollCallAskers: '1' });
	const page = await screenAt(item);
	const names = page.locator(`[data-panel="${item}"] .roll fieldset`);
	const before = await names.count();
	await page.context().setOffline(true);
	await names.first().getByLabel('Nein').check();
	// Meanwhile another clerk lets somebody in.
	const came = voters[9]!;
	await (await plainPage(app, `/sitzungen/${slug}/verlauf`, office)).send({ art: 'checkIn', row: came });
	await page.context().setOffline(false);
	await expect.poll(() => names.count(), PATIENCE).toBe(before + 1);
	expect(await names.first().getByLabel('Nein').isChecked()).toBe(true);
	for (const group of (await names.all()).slice(1)) await group.getByLabel('Ja').check();
	await page
		.locator(`[data-panel="${item}"]`)
		.getByRole('button', { name: 'Speichern und schließen', exact: true })
		.click();
	await expect.poll(() => voteOf(vote), PATIENCE).toEqual({ state: 'closed', yes: before, no: 1, adopted: true });
	await page.context().close();
});

/** Puts a motion on the screen as a clerk does. */
async function put(page: Page, within: string, text: string): Promise<void> {
	const panel = page.locator(within);
	await panel.locator('summary', { hasText: 'Antrag aufnehmen' }).last().click();
	await panel.locator('[id^="antrag-neu-"]').last().getByLabel('Wortlaut').fill(text);
	await panel.locator('[id^="antrag-neu-"]').last().getByRole('button', { name: 'Antrag speichern' }).click();
}

/** The entry of a motion with these words, by its id: words change. */
async function entryOf(panel: Locator, words: string): Promise<Locator> {
	const id = await panel.locator('[data-motion]').filter({ hasText: words }).getAttribute('data-motion');
	return panel.locator(`[data-motion="${id}"]`);
}

const wordings = (item: string) =>
	rows<{ text: string; state: string }>(
		'select text, state from council.motion where agenda_item_id = $1 order by position',
		[item],
	);

test.each([
	['the session’s screen', (item: string) => `/sitzungen/${slug}/verlauf?punkt=${item}`, 3],
	['the page of votes', () => `/sitzungen/${slug}/abstimmungen`, 4],
] as const)(
	'a motion put, amended and voted on while the network is away arrives in its order, once: on %s',
	async (_, path, at) => {
		const { id: item, number } = items[at]!;
		await (await plainPage(app, `/sitzungen/${slug}/verlauf?punkt=${item}`, office)).send({ art: 'item', item });
		const page = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
		await page.goto(path(item));
		await page.locator('#netz.ok').waitFor();
		await page.context().setOffline(true);
		const within = at === 3 ? `[data-panel="${item}"]` : `#top-${item}`;
		const panel = page.locator(within);

		await put(page, within, 'Der Beirat empfiehlt zehn Kurse.');
		const main = await entryOf(panel, 'zehn Kurse');
		await main.getByText('noch nicht gesichert').first().waitFor();
		await main.locator('summary', { hasText: 'Änderungsantrag dazu' }).click();
		await main.getByLabel('Wortlaut').last().fill('Zwölf statt zehn.');
		await main.getByRole('button', { name: 'Antrag speichern' }).click();
		const amendment = await entryOf(panel, 'Zwölf statt zehn');
		await amendment.getByRole('button', { name: 'Abstimmung eröffnen' }).click();
		await amendment.getByLabel('Ja', { exact: true }).fill('6');
		await amendment.getByLabel('Nein', { exact: true }).fill('1');
		await amendment.getByLabel('Die übrigen waren da').check();
		await amendment.getByRole('button', { name: 'Ergebnis speichern und schließen' }).click();
		await main.getByLabel('Endfassung').fill('Der Beirat empfiehlt zwölf Kurse.');
		await main.getByRole('button', { name: 'Endfassung speichern' }).click();
		await main.getByRole('button', { name: 'Abstimmung eröffnen' }).click();
		await main.getByLabel('Ja', { exact: true }).fill('8');
		await main.getByLabel('Die übrigen waren da').check();
		await main.getByRole('button', { name: 'Ergebnis speichern und schließen' }).click();

		await expect.poll(() => page.locator('[data-waiting]').innerText(), PATIENCE).toBe('7 noch nicht gesichert');
		const listed = await page.locator('[data-queue]').innerText();
		expect(listed).toContain(`Antrag unter Punkt ${number}`);
		expect(listed).toContain(`Abstimmung unter Punkt ${number} eröffnen`);
		expect(await wordings(item)).toEqual([]);

		await page.context().setOffline(false);
		await expect.poll(() => page.locator('#ungesichert').isHidden(), PATIENCE).toBe(true);
		expect(await wordings(item)).toEqual([
			{ text: 'Der Beirat empfiehlt zehn Kurse.', state: 'adopted' },
			{ text: 'Zwölf statt zehn.', state: 'adopted' },
		]);
		expect(
			await rows('select text, yes, adopted from council.vote where agenda_item_id = $1 order by position', [item]),
		).toEqual([
			{ text: 'Zwölf statt zehn.', yes: 6, adopted: true },
			{ text: 'Der Beirat empfiehlt zwölf Kurse.', yes: 8, adopted: true },
		]);
		const log = await rows<{ kind: string }>(
			`select kind from kernel.operation where room = $1 and payload ->> 'item' = $2 and kind <> 'item' order by seq`,
			[`meeting:${meeting}`, item],
		);
		expect(log.map(({ kind }) => kind)).toEqual([
			'motion',
			'motion',
			'openVote',
			'figures',
			'amendedText',
			'openVote',
			'figures',
		]);
		await expect.poll(() => panel.innerText(), PATIENCE).toContain('8 Ja, 0 Nein, 0 Enthaltungen');
		expect(await panel.getByText('noch nicht gesichert').filter({ visible: true }).count()).toBe(0);
		await page.context().close();
	},
);

test('an item called without a network has its place for motions; what is half typed when the network comes back stays', async () => {
	const { id: item } = items[5]!;
	const page = await screenAt(item);
	const panel = page.locator(`[data-panel="${item}"]`);
	await page.context().setOffline(true);
	await panel.getByRole('button', { name: /aufrufen$/ }).click();
	await put(page, `[data-panel="${item}"]`, 'Der Beirat bittet um einen Bericht.');
	await panel.getByRole('button', { name: 'Abstimmung eröffnen' }).click();
	await panel.getByLabel('Ja', { exact: true }).fill('7');
	await page.context().setOffline(false);
	await expect.poll(() => page.locator('#ungesichert').isHidden(), PATIENCE).toBe(true);
	await expect.poll(() => wordings(item), PATIENCE).toHaveLength(1);
	await panel.getByText('noch nicht gesichert').filter({ visible: true }).first().waitFor({ state: 'detached' });
	expect(await panel.getByLabel('Ja', { exact: true }).inputValue()).toBe('7');
	await panel.getByLabel('Die übrigen waren da').check();
	await panel.getByRole('button', { name: 'Ergebnis speichern und schließen' }).click();
	await expect
		.poll(() => rows('select yes from council.vote where agenda_item_id = $1', [item]), PATIENCE)
		.toEqual([{ yes: 7 }]);
	await page.context().close();
});

test('what the server refuses afterwards is said with its reason; what went before it stands', async () => {
	const { id: item } = items[6]!;
	await (await plainPage(app, `/sitzungen/${slug}/verlauf?punkt=${item}`, office)).send({ art: 'item', item });
	const page = await screenAt(item);
	const panel = page.locator(`[data-panel="${item}"]`);
	await page.context().setOffline(true);
	await put(page, `[data-panel="${item}"]`, 'Der Beirat tagt öfter.');
	const entry = await entryOf(panel, 'tagt öfter');
	await entry.getByRole('button', { name: 'Abstimmung eröffnen' }).click();
	await entry.getByLabel('Ja', { exact: true }).fill('99');
	await entry.getByRole('button', { name: 'Ergebnis speichern und schließen' }).click();
	await page.context().setOffline(false);
	const list = page.locator('[data-queue]');
	await expect.poll(() => list.innerText(), PATIENCE).toContain('Nicht übernommen:');
	expect(await list.locator('li').allInnerTexts()).toEqual([
		expect.stringMatching(/Ergebnis der Abstimmung[^]*Nicht übernommen: Es sind 99 Stimmen/),
	]);
	expect(await rows('select state from council.vote where agenda_item_id = $1', [item])).toEqual([{ state: 'open' }]);
	// The vote is open, and its fields are there for the right figures.
	await entry.getByLabel('Ja', { exact: true }).waitFor();
	await list.getByRole('button').click();
	await expect.poll(() => page.locator('#ungesichert').isHidden(), PATIENCE).toBe(true);
	await page.context().close();
});
