import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { clerkOf, type Made } from './room-support.ts';

/** The course of a session while the network of the hall is away: from its opening to its end, on the office's screen. */
const app = await startApp({ demonstration: true, workers: 0 });
const { rows, session, room, begin, voters } = await clerkOf(app);
const PATIENCE = { timeout: 60_000 };

async function screenAt(made: Made, item: string): Promise<Page> {
	const page = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await page.goto(`/sitzungen/${made.slug}/verlauf?punkt=${item}`);
	await page.locator('#netz.ok').waitFor();
	return page;
}

const queued = (page: Page) => expect.poll(() => page.locator('[data-waiting]').innerText(), PATIENCE);
const allSaved = (page: Page) => expect.poll(() => page.locator('#ungesichert').isHidden(), PATIENCE).toBe(true);
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).filter({ visible: true });
const log = async (made: Made) =>
	(
		await rows<{ kind: string }>('select kind from kernel.operation where room = $1 order by seq', [
			`meeting:${made.id}`,
		])
	).map(({ kind }) => kind);

test('a session is opened and led without a network: people, guests, speakers, a new item, a break', async () => {
	const made = await session(['Eröffnung', 'Bericht']);
	await (await room(made)).send({ art: 'prepare' });
	const people = await voters(made);
	const names = people.map(({ name }) => name);
	const page = await screenAt(made, made.items[1]!);
	await page.context().setOffline(true);

	for (const { id } of people.slice(0, 9)) await page.locator(`input[name="mark:${id}"][value=present]`).check();
	await button(page, 'Anwesenheit festhalten').click();
	await button(page, 'Sitzung eröffnen').click();
	await button(page, 'Beschlussfähigkeit feststellen').click();
	await page.getByText('Beschlussfähigkeit anzweifeln').waitFor();

	// Somebody leaves, comes back and leaves again; a guest comes and speaks before a member who waits.
	await button(page, `${names[0]} geht`).click();
	await button(page, `${names[0]} kommt`).click();
	await button(page, `${names[0]} geht`).waitFor();
	await page.locator('#neue-person summary').click();
	await page.locator('#gast-name').fill('Wera Lindqvist');
	await page.locator('#neue-person button[type=submit]').click();
	await button(page, 'Wera Lindqvist geht').waitFor();
	const panel = page.locator(`[data-panel="${made.items[1]}"]`);
	await panel.getByRole('button', { name: /aufrufen$/ }).click();
	const speaks = panel.locator('select[name=row]').first();
	await speaks.selectOption({ label: names[1]! });
	await panel.locator('form:has(select[name=row]) button').first().click();
	await speaks.selectOption({ label: 'Wera Lindqvist' });
	await panel.locator('form:has(select[name=row]) button[value=floor]').click();
	await panel.locator('[data-speaking]').getByText('Wera Lindqvist').waitFor();
	await button(page, new RegExp(`${names[1]}.*Wort`)).click();
	await panel.locator('[data-speaking]').filter({ visible: true }).getByText(names[1]!).waitFor();
	await panel.locator('[data-speaking]').filter({ visible: true }).getByRole('button').click();

	// A break, and an item that was not on the agenda: it is called, and something is written under it.
	await page.locator('[data-break] button').filter({ visible: true }).click();
	await button(page, /fortsetzen/).click();
	await page.locator('#einschieben summary').click();
	await page.locator('#neu-titel').fill('Kältehilfe');
	if (await page.locator('#neu-grund').isVisible()) await page.locator('#neu-grund').fill('Der Frost kam früh.');
	if (await page.locator('#addItem-ja').isVisible()) await page.locator('#addItem-ja').fill('9');
	await page.locator('#einschieben button[type=submit]').click();
	await page.locator('[data-steps]').getByText('Kältehilfe').click();
	const added = page.locator('[data-panel]').filter({ visible: true });
	await added.getByRole('heading', { name: 'Kältehilfe' }).waitFor();
	await added.getByRole('button', { name: /aufrufen$/ }).click();
	await added.locator('[data-autosave] textarea').fill('Das Amt sagt Plätze zu.');
	await queued(page).toBe('16 noch nicht gesichert');
	await added.locator('summary', { hasText: 'Antrag aufnehmen' }).last().click();
	await added.locator('[id^="antrag-neu-"]').last().getByLabel('Wortlaut').fill('Der Beirat dankt.');
	await added.locator('[id^="antrag-neu-"]').last().getByRole('button', { name: 'Antrag speichern' }).click();
	await queued(page).toBe('17 noch nicht gesichert');

	await page.context().setOffline(false);
	await allSaved(page);
	expect(await log(made)).toEqual(
		'prepare roll open quorum leave checkIn guest item ask floor floor endFloor pause resume addItem item text motion'.split(
			' ',
		),
	);
	const [stands] = await rows<{ title: string; text: string; motions: number }>(
		`select i.title, i.text::text as text, (select count(*)::int from council.motion m where m.agenda_item_id = i.id) as motions
		 from council.agenda_item i join council.meeting m on m.current_item_id = i.id where m.id = $1`,
		[made.id],
	);
	expect(stands).toMatchObject({ title: 'Kältehilfe', motions: 1 });
	expect(stands!.text).toContain('Das Amt sagt Plätze zu.');
	const spoke = await rows<{ name: string }>(
		`select a.name from council.speaker s join council.attendance a on a.id = s.attendance_id
		 where s.meeting_id = $1 and s.from_at is not null order by s.from_at, s.asked_at desc`,
		[made.id],
	);
	expect(spoke.map(({ name }) => name)).toEqual(['Wera Lindqvist', names[1]]);
	await page.context().close();
});

test('what was entered by mistake is taken back on the device, the newest first, and never arrives', async () => {
	const made = await session(['Eröffnung', 'Bericht']);
	await begin(made, 9);
	const [first, second] = (await voters(made)).map(({ name }) => name) as [string, string];
	const page = await screenAt(made, made.items[1]!);
	await page.context().setOffline(true);
	await button(page, `${first} geht`).click();
	await button(page, `${second} geht`).click();
	await queued(page).toBe('2 noch nicht gesichert');
	const back = page.locator('[data-queue]').getByRole('button', { name: 'Zurücknehmen' });
	expect(await back.count()).toBe(1);
	await back.click();
	await queued(page).toBe('1 noch nicht gesichert');
	await button(page, `${second} geht`).waitFor();
	await button(page, `${first} kommt`).waitFor();
	// By its key, too.
	await page.locator('h1').click();
	await page.keyboard.press('z');
	await button(page, `${first} geht`).waitFor();
	await page.context().setOffline(false);
	await allSaved(page);
	expect(await log(made)).not.toContain('leave');
	await page.context().close();
});
