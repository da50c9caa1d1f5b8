import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';

/** Votes while the network of the hall is away, and a mistyped result that is corrected: on the session's screen. */
const app = await startApp({ demonstration: true });
const { database } = app;
const PATIENCE = { timeout: 20_000 };
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
