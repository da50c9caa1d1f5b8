import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { axeFindings } from '../../support/axe.ts';
import { plainPage } from '../../support/forms.ts';
import { clerkOf } from './room-support.ts';

/** The session's screen as a clerk has it: on the desk of the day, with answers in the roll, dark, by keyboard alone. */
const app = await startApp({ demonstration: true });
const {
	office,
	rows,
	session,
	created,
	addressed,
	put,
	invite,
	linksOf,
	answered,
	ruled,
	room,
	begin,
	voters,
	motion,
	vote,
} = await clerkOf(app);
const today = Temporal.Now.plainDateISO('Europe/Berlin').toString();
await ruled(today, { 'remote.mode': 'hybrid' });
// Until its end invitations are answered, whatever the time of day is here.
const made = await created(today, { mode: 'hybrid', end: '23:59' });
const [support, housing] = [await put(made, { title: 'Förderung' }), await put(made, { title: 'Wohnen' })];
const people = await addressed(4);
await invite(made, 'Die Förderung läuft heute ab.');
const [{ number }] = (await rows<{ number: number }>('select number from council.meeting where id = $1', [
	made.id,
])) as [{ number: number }];
const title = `${number}. öffentliche Sitzung`;

test('on its day the session stands on the desks: the office goes to the room, a member to its page', async () => {
	const desk = await plainPage(app, '/tisch', office);
	expect(desk.text).toContain(`Heute tagt: ${title}`);
	expect(desk.html).toContain(`/sitzungen/${made.slug}/verlauf`);
	const member = await plainPage(app, '/tisch', await app.signIn('member'));
	expect(member.text).toContain(`Heute tagt: ${title}`);
	expect(member.html).not.toContain(`/sitzungen/${made.slug}/verlauf`);
});

test('what people answered stands in the roll: excused, connected, later', async () => {
	const links = await linksOf(made);
	for (const [index, answer] of (
		[{ answer: 'no' }, { answer: 'remote' }, { answer: 'late', arrives: '18:15' }, { answer: 'yes' }] as const
	).entries())
		await answered(links.get(people[index]!)!, answer);
	const page = await (await room(made)).send({ art: 'prepare' });
	const marked = async (name: string) => {
		const [row] = await rows<{ id: string }>('select id from council.attendance where meeting_id = $1 and name = $2', [
			made.id,
			name,
		]);
		const ticked = [...page.html.matchAll(/<input[^>]*>/g)]
			.map(([tag]) => tag)
			.filter((tag) => tag.includes(row!.id) && /\schecked/.test(tag));
		return /value="([^"]*)"/.exec(ticked[0] ?? '')?.[1];
	};
	expect([await marked(people[0]!), await marked(people[1]!), await marked(people[2]!)]).toEqual([
		'excused',
		'remote',
		'unknown',
	]);
	expect(page.text).toContain('kommt später, um 18:15 Uhr');
});

test('bias is declared on the screen: the member leaves the vote, and comes back to the table', async () => {
	await begin(made, 9);
	const browser = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await browser.goto(`/sitzungen/${made.slug}/verlauf?punkt=${support}`);
	await browser.locator('#netz.ok').waitFor();
	const panel = browser.locator(`[data-panel="${support}"]`);
	await panel.getByRole('button', { name: /aufrufen$/ }).click();
	await panel.locator('summary', { hasText: 'Befangenheit' }).click();
	const [biased] = await voters(made);
	await panel.getByLabel('Wer?', { exact: true }).selectOption({ label: biased!.name });
	await panel.getByLabel('Grund', { exact: true }).selectOption('boardMember');
	await panel.getByLabel('Der Vor- oder Nachteil folgt unmittelbar').check();
	await panel.getByRole('button', { name: 'Festhalten' }).first().click();
	await expect
		.poll(() => rows('select 1 from council.bias where agenda_item_id = $1', [support]), { timeout: 60_000 })
		.toHaveLength(1);
	const id = await motion(made, support, 'Der Verein wird gefördert.');
	expect((await vote(made, id, { yes: 8, no: 0, abstain: 0 })).status).toBe(303);
	const [kept] = await rows<{ biased: number; adopted: boolean }>(
		'select biased, adopted from council.vote where motion_id = $1',
		[id],
	);
	expect(kept).toEqual({ biased: 1, adopted: true });
	await browser.context().close();
});

test.each([
	['light', 1280],
	['dark', 1280],
	['dark', 820],
	['light', 390],
] as const)('axe finds nothing on the running session (%s, %i px)', async (colorScheme, width) => {
	const browser = await app.newPage({ role: 'office', viewport: { width, height: 900 }, colorScheme });
	for (const path of [`/sitzungen/${made.slug}/verlauf`, `/sitzungen/${made.slug}/verlauf?punkt=${housing}`]) {
		await browser.goto(path);
		await browser.locator('#netz.ok').waitFor();
		expect(await axeFindings(browser), path).toEqual([]);
		expect(await browser.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path).toBe(true);
	}
	await browser.context().close();
});

test('by keyboard alone: an item is called, its text written, its result recorded', async () => {
	const browser = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await browser.goto(`/sitzungen/${made.slug}/verlauf?punkt=${housing}`);
	await browser.locator('#netz.ok').waitFor();
	const panel = browser.locator(`[data-panel="${housing}"]`);
	const call = panel.getByRole('button', { name: /aufrufen$/ });
	/** Goes on with Tab until this has the focus, as somebody without a mouse does. */
	const tabTo = async (reached: () => Promise<boolean>) => {
		for (let steps = 0; steps < 400; steps++) {
			if (await reached()) return;
			await browser.keyboard.press('Tab');
		}
		throw new Error('not reached by Tab');
	};
	await tabTo(() => call.evaluate((button) => button === document.activeElement));
	await browser.keyboard.press('Enter');
	await expect
		.poll(
			async () =>
				(await rows<{ at: string }>('select opened_at as at from council.agenda_item where id = $1', [housing]))[0]!.at,
			{ timeout: 60_000 },
		)
		.not.toBeNull();
	await browser.goto(`/sitzungen/${made.slug}/verlauf?punkt=${housing}`);
	await browser.locator('#netz.ok').waitFor();
	await browser.keyboard.press('o');
	const field = panel.locator('[data-autosave] textarea');
	await expect.poll(() => field.evaluate((area) => area === document.activeElement), { timeout: 60_000 }).toBe(true);
	await browser.keyboard.type('Nur mit Tasten geschrieben.');
	await expect
		.poll(async () => JSON.stringify(await rows('select text from council.agenda_item where id = $1', [housing])), {
			timeout: 60_000,
		})
		.toContain('Nur mit Tasten geschrieben.');
	await browser.keyboard.press('Tab');
	const choice = panel.locator('select[name="result"]');
	await tabTo(() => choice.evaluate((select) => select === document.activeElement));
	await browser.keyboard.type('Zur Kenntnis');
	const save = panel.getByRole('button', { name: 'Ergebnis festhalten' });
	await tabTo(() => save.evaluate((button) => button === document.activeElement));
	await browser.keyboard.press('Enter');
	await expect
		.poll(
			async () =>
				(await rows<{ result: string }>('select result from council.agenda_item where id = $1', [housing]))[0]!.result,
			{ timeout: 60_000 },
		)
		.toBe('noted');
	await browser.context().close();
});

test('with script the screen goes along: opened, the form of the beginning is gone; taken back, it is there again', async () => {
	const other = await session(['Eröffnung', 'Sprache']);
	const browser = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await browser.goto(`/sitzungen/${other.slug}/verlauf`);
	await browser.locator('#netz.ok').waitFor();
	const beginning = browser.getByRole('heading', { name: 'Beginn der Sitzung' });
	await browser.getByRole('button', { name: 'Anwesenheitsliste anlegen' }).click();
	await browser.getByRole('button', { name: 'Anwesenheit festhalten' }).waitFor();
	await browser.getByRole('button', { name: 'Sitzung eröffnen' }).press('Enter');
	await beginning.waitFor({ state: 'detached' });
	// Whoever works by keyboard is not sent back to the top of the page.
	expect(await browser.evaluate(() => document.activeElement?.id)).toBe('punkt');

	const said = browser.locator('[data-live="meldung"]');
	await said.getByText('Sitzung eröffnet').waitFor();
	await said.getByRole('button', { name: 'Rückgängig' }).click();
	await beginning.waitFor();
	await browser.context().close();
});

test('with script an item that is put in has its panel at once', async () => {
	const other = await session(['Eröffnung', 'Sprache']);
	await begin(other, 9);
	const browser = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await browser.goto(`/sitzungen/${other.slug}/verlauf`);
	await browser.locator('#netz.ok').waitFor();
	await browser.locator('summary', { hasText: 'Punkt einschieben' }).click();
	await browser.getByLabel('Worum geht es?').fill('Nachgereicht');
	await browser.getByLabel('Begründung').first().fill('Die Frist läuft morgen ab.');
	await browser.locator('#addItem-ja').fill('9');
	await browser.getByRole('button', { name: 'Punkt aufnehmen' }).click();
	await expect.poll(() => browser.locator('[data-panel]').count(), { timeout: 60_000 }).toBe(3);
	await browser.context().close();
});

test('from the press on nobody can take back the act before, by mouse or key, until the new one is offered', async () => {
	const other = await session(['Eröffnung', 'Sprache', 'Haushalt']);
	await begin(other, 9);
	const [, language, budget] = other.items as [string, string, string];
	const browser = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await browser.goto(`/sitzungen/${other.slug}/verlauf?punkt=${language}`);
	await browser.locator('#netz.ok').waitFor();
	const offer = browser.locator('[data-live="meldung"]').getByRole('button', { name: 'Rückgängig' });
	const call = (item: string) => browser.locator(`[data-panel="${item}"]`).getByRole('button', { name: /aufrufen$/ });
	const done = async () =>
		(
			await rows<{ kind: string }>(
				`select kind from kernel.operation where room = $1 and kind in ('item', 'undo') order by seq`,
				[`meeting:${other.id}`],
			)
		).map(({ kind }) => kind);
	const calledNow = async () =>
		(await rows<{ item: string }>('select current_item_id as item from council.meeting where id = $1', [other.id]))[0]!
			.item;

	await call(language).click();
	await expect.poll(() => offer.isEnabled().catch(() => false), { timeout: 60_000 }).toBe(true);
	expect(await browser.locator('[data-live="meldung"]').innerText()).toContain('Punkt aufgerufen');

	// The act is under way: the server has not answered yet.
	const sending = Promise.withResolvers<void>();
	const asking = Promise.withResolvers<void>();
	await browser.route('**/vorgaenge', async (route) => {
		await sending.promise;
		await route.continue();
	});
	let pages = 0;
	await browser.route('**/verlauf?*getan=*', async (route) => {
		pages++;
		await asking.promise;
		await route.continue();
	});
	await browser.locator(`a[data-select="${budget}"]`).click();
	await call(budget).click();
	expect(await offer.isEnabled()).toBe(false);
	await offer.click({ force: true });
	await browser.locator('h1').click();
	await browser.keyboard.press('z');
	expect(await done()).toEqual(['item']);

	// The server has it, but the page that says so is not there yet.
	sending.resolve();
	await expect.poll(done, { timeout: 60_000 }).toEqual(['item', 'item']);
	await expect.poll(() => pages, { timeout: 60_000 }).toBeGreaterThan(0);
	expect(await offer.isEnabled()).toBe(false);
	await browser.keyboard.press('z');

	asking.resolve();
	await expect.poll(() => offer.isEnabled().catch(() => false), { timeout: 60_000 }).toBe(true);
	await browser.keyboard.press('z');
	await expect.poll(calledNow, { timeout: 60_000 }).toBe(language);
	expect(await done()).toEqual(['item', 'item', 'undo']);
	await browser.context().close();
});

test('what is taken back on the device before anybody has it leaves the act before as the one to take back', async () => {
	const other = await session(['Eröffnung', 'Sprache', 'Haushalt']);
	await begin(other, 9);
	const [, language, budget] = other.items as [string, string, string];
	const browser = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await browser.goto(`/sitzungen/${other.slug}/verlauf?punkt=${language}`);
	await browser.locator('#netz.ok').waitFor();
	const offer = browser.locator('[data-live="meldung"]').getByRole('button', { name: 'Rückgängig' });
	const call = (item: string) => browser.locator(`[data-panel="${item}"]`).getByRole('button', { name: /aufrufen$/ });
	await call(language).click();
	await expect.poll(() => offer.isEnabled().catch(() => false), { timeout: 60_000 }).toBe(true);
	await browser.context().setOffline(true);
	await browser.locator(`a[data-select="${budget}"]`).click();
	await call(budget).click();
	const own = browser.locator('[data-queue]').getByRole('button', { name: 'Zurücknehmen' });
	await own.waitFor();
	expect(await offer.isEnabled()).toBe(false);
	await own.click();
	await own.waitFor({ state: 'detached' });
	expect(await offer.isEnabled()).toBe(true);
	await browser.context().close();
});
