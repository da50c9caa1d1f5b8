import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { plainPage } from '../../support/forms.ts';

/** Several people and a bad network: nobody's change is lost, everybody sees it. */
const app = await startApp({ demonstration: true });
const { database } = app;
let office: string;
let slug: string;
let meeting: string;
let items: string[];

const PATIENCE = { timeout: 60_000 };
const rows = <Row extends Record<string, unknown>>(text: string, values: unknown[] = [meeting]) =>
	database.sql<Row>(text, values);
const texts = async (item: string) =>
	JSON.stringify(
		(await rows<{ text: unknown }>('select text from council.agenda_item where id = $1', [item]))[0]!.text,
	);

beforeAll(async () => {
	office = await app.signIn('office');
	const [next] = await rows<{ id: string; slug: string }>(
		`select id, slug from council.meeting where state = 'invited' order by date limit 1`,
		[],
	);
	({ id: meeting, slug } = next!);
	let page = await plainPage(app, `/sitzungen/${slug}/verlauf`, office);
	page = await page.send({ art: 'prepare' });
	page = await page.send({ art: 'open' }, { proper: 'ja' });
	expect(page.text).toContain('läuft seit');
	items = (
		await rows<{ id: string }>('select id from council.agenda_item where meeting_id = $1 and public order by position')
	).map(({ id }) => id);
});

async function clerk(): Promise<Page> {
	const page = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await page.goto(`/sitzungen/${slug}/verlauf?punkt=${items[1]}`);
	await page.locator('#netz.ok').waitFor();
	return page;
}

const field = (page: Page, item: string) => page.locator(`[data-panel="${item}"] [data-autosave] textarea`);
const personButton = (page: Page, name: string) => page.getByRole('button', { name: `${name} kommt` });

test('five minutes without a network: everything is done on the device, shown as not saved, and sent in its order', async () => {
	const page = await app.newPage({ role: 'office', viewport: { width: 1280, height: 900 } });
	await page.clock.install();
	await page.goto(`/sitzungen/${slug}/verlauf?punkt=${items[1]}`);
	await page.locator('#netz.ok').waitFor();
	await page.context().setOffline(true);
	await personButton(page, 'Birte Aschenbrand').click();
	await personButton(page, 'Jonna Wiebold').click();
	await field(page, items[1]!).fill('Während der Störung notiert.');
	await page.clock.runFor(2000);
	await expect.poll(() => page.locator('[data-waiting]').innerText(), PATIENCE).toBe('3 noch nicht gesichert');
	expect(await page.locator('[data-queue]').innerText()).toContain('Birte Aschenbrand kommt');
	expect(await rows('select 1 from council.presence where meeting_id = $1')).toEqual([]);
	await page.clock.fastForward('05:00');
	await page.context().setOffline(false);
	await expect.poll(() => rows('select 1 from council.presence where meeting_id = $1'), PATIENCE).toHaveLength(2);
	await expect.poll(() => texts(items[1]!), PATIENCE).toContain('Während der Störung notiert.');
	const log = await rows<{ kind: string; late: boolean }>(
		`select kind, recorded_at - at > interval '4 minutes 50 seconds' as late from kernel.operation
		 where room = $1 and kind in ('checkIn', 'text') order by seq`,
		[`meeting:${meeting}`],
	);
	expect(log).toEqual([
		{ kind: 'checkIn', late: true },
		{ kind: 'checkIn', late: true },
		{ kind: 'text', late: true },
	]);
	await expect.poll(() => page.locator('#ungesichert').isHidden(), PATIENCE).toBe(true);
	await page.context().close();
});

test('once what waited is saved the screen says that it is connected, though the stream of news is not back yet', async () => {
	const page = await clerk();
	await page.context().setOffline(true);
	await page.locator('#netz.wait-i').waitFor();
	await personButton(page, 'Rami Tinawi').click();
	await page.locator('#ungesichert').waitFor();
	await page.route('**/ereignisse**', (route) => route.abort());
	await page.context().setOffline(false);
	await page.locator('#ungesichert').waitFor({ state: 'hidden' });
	expect(await page.locator('#netz').innerText()).toBe('Verbunden');
	await page.getByRole('button', { name: 'Rami Tinawi geht' }).click();
	await personButton(page, 'Rami Tinawi').waitFor();
	expect(await page.locator('#netz').innerText()).toBe('Verbunden');
	await page.context().close();
});

test('what was typed survives a crash of the browser’s page, and arrives afterwards', async () => {
	const page = await clerk();
	const context = page.context();
	await page.goto(`/sitzungen/${slug}/verlauf?punkt=${items[2]}`);
	await page.locator('#netz.ok').waitFor();
	await context.setOffline(true);
	await field(page, items[2]!).fill('Vor dem Absturz getippt.');
	const crashed = page.waitForEvent('crash');
	await page.goto('chrome://crash').catch(() => undefined);
	await crashed;
	await page.close();
	await context.setOffline(false);
	const next = await context.newPage();
	await next.goto(`/sitzungen/${slug}/verlauf?punkt=${items[2]}`);
	await expect.poll(() => field(next, items[2]!).inputValue(), PATIENCE).toBe('Vor dem Absturz getippt.');
	await expect.poll(() => texts(items[2]!), PATIENCE).toContain('Vor dem Absturz getippt.');
	await context.close();
});

test('two clerks at once: each sees what the other does, and a text that both changed is shown, not lost', async () => {
	const [one, two] = [await clerk(), await clerk()];
	await personButton(one, 'Rami Tinawi').click();
	await two.getByRole('button', { name: 'Rami Tinawi geht' }).waitFor();
	for (const page of [one, two]) await page.goto(`/sitzungen/${slug}/verlauf?punkt=${items[3]}`);
	for (const page of [one, two]) await page.locator('#netz.ok').waitFor();
	await two.context().setOffline(true);
	await field(two, items[3]!).fill('Fassung der zweiten Person.');
	await field(one, items[3]!).fill('Fassung der ersten Person.');
	await expect.poll(() => texts(items[3]!), PATIENCE).toContain('Fassung der ersten Person.');
	await two.context().setOffline(false);
	const note = two.locator(`[data-panel="${items[3]}"] [data-text-state]`);
	await expect.poll(() => note.innerText(), PATIENCE).toContain('Fassung der ersten Person.');
	expect(await field(two, items[3]!).inputValue()).toBe('Fassung der zweiten Person.');
	await field(two, items[3]!).fill('Fassung der ersten Person.\n\nFassung der zweiten Person.');
	await two.locator(`[data-panel="${items[3]}"] [data-autosave] button`).click();
	await expect.poll(() => texts(items[3]!), PATIENCE).toContain('Fassung der zweiten Person.');
	expect(await texts(items[3]!)).toContain('Fassung der ersten Person.');
	await Promise.all([one.context().close(), two.context().close()]);
});

test('the public page and the projector follow by themselves', async () => {
	const [watcher, wall] = [await app.newPage(), await app.newPage()];
	await watcher.goto(`/sitzungen/${slug}`);
	await wall.goto(`/sitzungen/${slug}/anzeige`);
	const page = await plainPage(app, `/sitzungen/${slug}/verlauf?punkt=${items[4]}`, office);
	await page.send({ art: 'item', item: items[4]! });
	const [{ title }] = (await rows<{ title: string }>('select title from council.agenda_item where id = $1', [
		items[4],
	])) as [{ title: string }];
	await expect.poll(() => wall.locator('[data-live="anzeige"]').innerText(), PATIENCE).toContain(title);
	await expect.poll(() => watcher.locator('[data-live="jetzt"]').innerText(), PATIENCE).toContain(title);
	await Promise.all([watcher.context().close(), wall.context().close()]);
});

/** What a stream of events has said so far: numbers of changes, in order. */
function listener(since?: number): { heard: number[]; ready: Promise<void>; end: () => void } {
	const stop = new AbortController();
	const heard: number[] = [];
	let isReady = () => {};
	const ready = new Promise<void>((resolve) => (isReady = resolve));
	void (async () => {
		const headers = { accept: 'text/event-stream', ...(since !== undefined && { 'last-event-id': String(since) }) };
		const answer = await fetch(`${app.url}/sitzungen/${slug}/ereignisse`, { headers, signal: stop.signal });
		let rest = '';
		for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
			const parts = (rest + chunk).split('\n\n');
			rest = parts.pop()!;
			for (const part of parts) {
				const id = Number(/^id: (\d+)$/m.exec(part)?.[1]);
				if (part.includes('event: ready')) isReady();
				if (part.includes('event: change')) heard.push(id);
			}
		}
	})().catch(() => undefined);
	return { heard, ready, end: () => stop.abort() };
}

test('500 listeners on one process hear every change; one that was cut off catches up', async () => {
	const listeners = Array.from({ length: 500 }, () => listener());
	await Promise.all(listeners.map(({ ready }) => ready));
	const cut = listeners[0]!;
	const page = await plainPage(app, `/sitzungen/${slug}/verlauf`, office);
	const press = (kind: 'pause' | 'resume') =>
		fetch(`${app.url}/sitzungen/${slug}/verlauf/vorgaenge`, {
			method: 'POST',
			headers: { cookie: office, origin: app.url, 'content-type': 'application/json' },
			body: JSON.stringify({ operations: [{ clientId: crypto.randomUUID(), kind, payload: {} }] }),
		});
	expect(page.status).toBe(200);
	for (let round = 0; round < 5; round++)
		for (const kind of ['pause', 'resume'] as const) expect((await press(kind)).status).toBe(200);
	await expect.poll(() => cut.heard.length, PATIENCE).toBe(10);
	cut.end();
	for (let round = 0; round < 5; round++) for (const kind of ['pause', 'resume'] as const) await press(kind);
	const others = listeners.slice(1);
	await expect.poll(() => others.filter(({ heard }) => heard.length === 20).length, PATIENCE).toBe(499);
	const told = others[0]!.heard;
	expect(others.every(({ heard }) => heard.join() === told.join())).toBe(true);
	expect(cut.heard).toEqual(told.slice(0, 10));
	const back = listener(cut.heard.at(-1));
	await back.ready;
	await expect.poll(() => back.heard, PATIENCE).toEqual(told.slice(10));
	for (const { end } of [...others, back]) end();
}, 90_000);
