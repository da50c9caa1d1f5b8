import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';
import { clerkOf, type Made } from './room-support.ts';

/** Elections, bias and paper ballots while the network of the hall is away: on the session's screen, as the office plays it. */
const app = await startApp({ demonstration: true, workers: 0 });
const { office, rows, session, begin, voters } = await clerkOf(app);
const PATIENCE = { timeout: 60_000 };

async function called(made: Made, item: string): Promise<void> {
	await (await plainPage(app, `/sitzungen/${made.slug}/verlauf?punkt=${item}`, office)).send({ art: 'item', item });
}

async function screenAt(made: Made, item: string): Promise<Page> {
	const page = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await page.goto(`/sitzungen/${made.slug}/verlauf?punkt=${item}`);
	await page.locator('#netz.ok').waitFor();
	return page;
}

const queued = (page: Page) => expect.poll(() => page.locator('[data-waiting]').innerText(), PATIENCE);
const allSaved = (page: Page) => expect.poll(() => page.locator('#ungesichert').isHidden(), PATIENCE).toBe(true);
const kinds = async (made: Made, item: string) =>
	(
		await rows<{ kind: string }>(
			`select kind from kernel.operation where room = $1 and payload ->> 'item' = $2 and kind <> 'item' order by seq`,
			[`meeting:${made.id}`, item],
		)
	).map(({ kind }) => kind);

/** Fills the fields of a round as they lie on the table, the candidates in their order, and saves. */
async function count(round: Locator, figures: Record<string, string>): Promise<void> {
	for (const [label, value] of Object.entries(figures)) await round.getByLabel(label, { exact: true }).fill(value);
	await round.getByRole('button', { name: 'Wahlgang auszählen' }).click();
}

test('an election goes through two rounds, a lot and the acceptance without a network, and arrives once in its order', async () => {
	const made = await session(['Eröffnung', { title: 'Wahl der Vertretung', kind: 'election' }]);
	await begin(made, 9);
	const item = made.items[1]!;
	const [a, b] = (await voters(made)).map(({ name }) => name) as [string, string];
	const page = await screenAt(made, item);
	const panel = page.locator(`[data-panel="${item}"]`);
	await page.context().setOffline(true);
	await page.getByText('Nur mit Verbindung gehen').waitFor();

	await panel.getByRole('button', { name: /aufrufen$/ }).click();
	await panel.locator('select[name=post]').selectOption('other');
	await panel.locator('input[name=title]').fill('Sprecherin oder Sprecher');
	await panel.getByRole('button', { name: 'Wahl beginnen' }).click();
	const election = panel.locator('[data-election]');
	await election.getByText('noch nicht gesichert').first().waitFor();
	for (const name of [a, b]) {
		const option = election.locator('select[name=person] option').filter({ hasText: name }).first();
		await election.locator('select[name=person]').selectOption((await option.getAttribute('value'))!);
		await election.getByRole('button', { name: 'Vorschlagen' }).click();
		await election
			.locator('[data-candidate]')
			.filter({ hasText: name })
			.getByRole('button', { name: 'Zustimmung festhalten' })
			.click();
		// Who has said yes stands on the ballot: only then is it opened.
		await election.locator('[data-ballot-names]').getByText(name).waitFor();
	}
	expect(await election.locator('[data-none]').isVisible()).toBe(false);
	await election.getByRole('button', { name: '1. Wahlgang eröffnen' }).click();
	const round = (number: number) => election.locator(`[data-round][data-number="${number}"]`);
	const tie = { Ausgegeben: '9', Abgegeben: '9', 'Leer (Enthaltung)': '1' };
	await round(1).getByRole('button', { name: 'Wahlgang auszählen' }).waitFor();
	const names = await round(1).locator('label').allInnerTexts();
	const [forA, forB] = [a, b].map((name) => names.find((label) => label.includes(name))!) as [string, string];
	await count(round(1), { ...tie, [forA]: '4', [forB]: '4' });
	await round(1).getByText('Berechnet auf diesem Gerät').waitFor();
	await election.getByRole('button', { name: '2. Wahlgang eröffnen' }).click();
	await count(round(2), { ...tie, [forA]: '4', [forB]: '4' });
	await round(2).getByText('Stimmengleichheit: Das Los entscheidet.').waitFor();
	const lot = round(2).locator('[data-lot]');
	await lot.getByLabel('Das Los fiel auf').selectOption({ label: b });
	await lot.getByLabel('Gezogen von').fill('Wahlleitung');
	await lot.getByLabel('Zeugin oder Zeuge').fill('Schriftführung');
	await lot.getByRole('button', { name: 'Los festhalten' }).click();
	await election.getByText(`Nimmt ${b} die Wahl an?`).waitFor();
	await election.getByRole('button', { name: 'Nimmt die Wahl an' }).click();
	await election.getByText(`${b} hat die Wahl angenommen.`).waitFor();

	await queued(page).toBe('12 noch nicht gesichert');
	expect(await page.locator('[data-queue]').innerText()).toContain('Auszählung der Wahl unter Punkt 2');
	expect(await rows('select 1 from council.election where agenda_item_id = $1', [item])).toEqual([]);
	await page.context().setOffline(false);
	await allSaved(page);
	const [stands] = await rows<{ state: string; name: string; rounds: number }>(
		`select e.state, c.name, (select count(*)::int from council.election_round r where r.election_id = e.id) as rounds
		 from council.election e join council.candidate c on c.id = e.elected_id where e.agenda_item_id = $1`,
		[item],
	);
	expect(stands).toEqual({ state: 'accepted', name: b, rounds: 2 });
	expect(await kinds(made, item)).toEqual(
		'election candidate consent candidate consent round ballots round ballots lot accept'.split(' '),
	);
	// What was worked out on the device is what the server found.
	await expect.poll(() => election.innerText(), PATIENCE).toContain(`${b} hat die Wahl um`);
	expect(await panel.getByText('noch nicht gesichert').filter({ visible: true }).count()).toBe(0);
	await page.context().close();
});

test('bias is declared, decided and over without a network; the vote after it counts without the member', async () => {
	const made = await session(['Eröffnung', 'Förderung']);
	await begin(made, 9);
	const item = made.items[1]!;
	await called(made, item);
	const [biased] = await voters(made);
	const page = await screenAt(made, item);
	const panel = page.locator(`[data-panel="${item}"]`);
	await page.context().setOffline(true);
	await panel.locator('summary', { hasText: 'Befangenheit' }).first().click();
	await panel.getByLabel('Wer?', { exact: true }).selectOption({ label: biased!.name });
	await panel.getByLabel('Grund', { exact: false }).first().selectOption('relative');
	await panel.locator('input[name=declaredBy][value=other]').check();
	await panel.locator('input[name=direct]').check();
	await panel.locator('form:has(select[name=attendance]) button').click();
	const entry = panel.locator('[data-bias]');
	await entry.getByText('noch nicht gesichert').waitFor();
	expect(await entry.innerText()).toContain(biased!.name);
	await entry.getByLabel('Ja', { exact: true }).fill('6');
	await entry.getByLabel('Nein', { exact: true }).fill('2');
	await entry.getByRole('button', { name: 'Entscheidung speichern' }).click();
	await panel.locator('summary', { hasText: 'Antrag aufnehmen' }).last().click();
	await panel.locator('[id^="antrag-neu-"]').last().getByLabel('Wortlaut').fill('Der Beirat fördert das Vorhaben.');
	await panel.locator('[id^="antrag-neu-"]').last().getByRole('button', { name: 'Antrag speichern' }).click();
	await panel.getByRole('button', { name: 'Abstimmung eröffnen' }).click();
	const vote = panel.locator('[data-vote]');
	await vote.getByLabel('Ja', { exact: true }).fill('8');
	await vote.getByRole('button', { name: 'Ergebnis speichern und schließen' }).click();
	await entry.getByRole('button', { name: 'Wieder am Tisch' }).click();
	await queued(page).toBe('6 noch nicht gesichert');
	await page.context().setOffline(false);
	await allSaved(page);
	expect(await kinds(made, item)).toEqual(['bias', 'decideBias', 'motion', 'openVote', 'figures', 'backAtTable']);
	expect(
		await rows('select decided, in_at is not null as back from council.bias where agenda_item_id = $1', [item]),
	).toEqual([{ decided: 'barred', back: true }]);
	expect(await rows('select yes, biased, adopted from council.vote where agenda_item_id = $1', [item])).toEqual([
		{ yes: 8, biased: 1, adopted: true },
	]);
	await page.context().close();
});

test('a secret vote on paper is opened and counted without a network; ballots on devices say why they wait', async () => {
	const made = await session(['Eröffnung', 'Förderung', 'Wohnen']);
	await begin(made, 9);
	const item = made.items[1]!;
	await called(made, item);
	const page = await screenAt(made, item);
	const panel = page.locator(`[data-panel="${item}"]`);
	await page.context().setOffline(true);
	await panel.locator('summary', { hasText: 'Antrag aufnehmen' }).last().click();
	await panel.locator('[id^="antrag-neu-"]').last().getByLabel('Wortlaut').fill('Der Beirat wählt den Ort.');
	await panel.locator('[id^="antrag-neu-"]').last().getByRole('button', { name: 'Antrag speichern' }).click();
	await panel.locator('[data-open] summary').click();
	await panel.getByText('Geheim auf Geräten geht nur mit Verbindung').filter({ visible: true }).waitFor();
	await panel.locator('[data-open] input[name=secretAskers]').fill('9');
	await panel.getByRole('button', { name: 'Abstimmung eröffnen' }).click();
	const vote = panel.locator('[data-vote]');
	await vote.getByLabel('Ja', { exact: true }).fill('5');
	await vote.getByLabel('Nein', { exact: true }).fill('3');
	await vote.getByLabel('Enthaltungen', { exact: true }).fill('1');
	await vote.getByRole('button', { name: 'Ergebnis speichern und schließen' }).click();
	await queued(page).toBe('3 noch nicht gesichert');
	// Another page would not open, and this one would be gone.
	await page.getByRole('link', { name: 'Anzeige' }).first().click();
	await page.getByText('Ohne Verbindung öffnet sich keine andere Seite').waitFor();
	expect(page.url()).toContain('/verlauf');
	await page.context().setOffline(false);
	await allSaved(page);
	expect(
		await rows('select method, state, yes, no, abstain from council.vote where agenda_item_id = $1', [item]),
	).toEqual([{ method: 'secret', state: 'closed', yes: 5, no: 3, abstain: 1 }]);
	await page.context().close();
});
