import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test, vi } from 'vitest';
import { pageCache } from '#kernel/http/page-cache.ts';
import { ETAG_HEADER, pageKey } from '#kernel/http/public-page.ts';
import { allTowns, forgetTowns } from '#kernel/towns.ts';
import { startApp } from '../../tests/support/app.ts';
import { settleHeaders } from './forwarded.ts';
import { pageThreads } from './page-threads.ts';

const app = await startApp({ demonstration: true });
const threads = pageThreads(2);
/** What the main thread would have to render: held until the test lets go. */
const held = new Set<ServerResponse>();

// The ETag stands for what the door of public pages (public-pages.ts) hands on.
const server = createServer((req, res) => {
	settleHeaders(req, { trustProxy: 0 });
	if (req.url?.endsWith('?merken')) req.headers[ETAG_HEADER] = '"1"';
	void Promise.resolve(threads.render(req, res)).then((answered) => answered || held.add(res));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(async () => {
	server.closeAllConnections();
	server.close();
	await threads.stop();
});

const browser = { accept: 'text/html', host };
const ask = (path: string, headers: Record<string, string> = browser) =>
	fetch(`http://${host}${path}`, { headers, redirect: 'manual' });

function letGo(): void {
	for (const res of held) res.end('main');
	held.clear();
}

/** Asks for more at once than the main thread takes without help, until a thread is there. */
async function rush(): Promise<void> {
	const asked = [1, 2, 3, 4].map(() => ask('/'));
	await vi.waitUntil(() => held.size === 4, { timeout: 60_000 });
	await vi.waitUntil(() => threads.count > 0, { timeout: 60_000 });
	letGo();
	await Promise.all(asked);
}

test('while it is quiet there is no thread; in a rush one renders what the main thread would', async () => {
	const alone = ask('/');
	await vi.waitUntil(() => held.size === 1, { timeout: 60_000 });
	expect(threads.count).toBe(0);
	letGo();
	expect(await (await alone).text()).toBe('main');

	await rush();
	for (const path of ['/', '/sitzungen', '/ar/sitzungen', '/gibt-es-nicht', '/rathaus']) {
		const [here, there] = await Promise.all([ask(path), fetch(`${app.url}${path}`, { redirect: 'manual' })]);
		expect(here.status, path).toBe(there.status);
		const plain = (text: string, own: string) => text.replaceAll(own, '');
		expect(plain(await here.text(), host)).toBe(plain(await there.text(), new URL(app.url).host));
		expect(here.headers.get('content-security-policy')).toBe(there.headers.get('content-security-policy'));
	}
});

test('a thread has rendered what called for it before it takes its first page', async () => {
	await threads.stop();
	await app.database.sql('select pg_stat_reset()');
	const asked = [1, 2, 3, 4].map(() => ask('/suche?q=Probewort'));
	await vi.waitUntil(() => held.size === 4, { timeout: 60_000 });
	await vi.waitUntil(() => threads.count > 0, { timeout: 60_000 });
	letGo();
	await Promise.all(asked);
	// The main thread has rendered none of them: who read the vocabulary was the thread. A connection tells its counts seconds later.
	const reads = `select (seq_scan + idx_scan)::int as n from pg_stat_user_tables where relname = 'search_vocabulary'`;
	const read = async () => (await app.database.sql<{ n: number }>(reads))[0]!.n;
	await expect.poll(read, { timeout: 60_000 }).toBeGreaterThan(0);
});

test('what programs read comes from a thread as well, whatever kind of answer they accept', async () => {
	const program = { accept: '*/*', host };
	const { paper } = ((await (await fetch(`${app.url}/oparl/v1.1/body`)).json()) as { data: { paper: string }[] })
		.data[0]!;
	for (const path of ['/oparl/v1.1/system', new URL(paper).pathname, '/oparl/v1.1/gibt-es-nicht', '/oparl/']) {
		const [here, there] = await Promise.all([ask(path, program), fetch(`${app.url}${path}`, { redirect: 'manual' })]);
		expect(here.status, path).toBe(there.status);
		const plain = (text: string | null, own: string) => text?.replaceAll(own, '');
		expect(plain(here.headers.get('location'), host)).toBe(plain(there.headers.get('location'), new URL(app.url).host));
		expect(here.headers.get('content-type')).toBe(there.headers.get('content-type'));
		expect(plain(await here.text(), host)).toBe(plain(await there.text(), new URL(app.url).host));
	}
});

test('records’ time is the main thread’s', async () => {
	const today = await (await ask('/sitzungen')).text();
	app.setClock('2031-05-01T12:00');
	const [here, there] = await Promise.all([ask('/sitzungen'), fetch(`${app.url}/sitzungen`)]);
	const [mine, theirs] = [await here.text(), await there.text()];
	expect(mine).not.toBe(today);
	expect(mine.replaceAll(host, '')).toBe(theirs.replaceAll(new URL(app.url).host, ''));
});

test('a thread knows the towns as the main thread does, from the moment on in which that has read them anew', async () => {
	const named = async () => ((await (await ask('/oparl/v1.1/system')).json()) as { name: string }).name;
	await named();
	for (const name of ['Neustadt am Fluss', 'Altstadt am Fluss']) {
		await app.database.sql('update kernel.town set name = $1', [name]);
		forgetTowns();
		await allTowns();
		expect(await named()).toBe(name);
	}
});

test('what may be kept is kept for all; what is no page of a visitor’s stays in the main thread', async () => {
	const page = await ask('/gremien?merken');
	expect(page.headers.get('etag')).toBe('"1"');
	const kept = pageCache().get(pageKey({ protocol: 'http:', host, pathname: '/gremien', search: '?merken' }), '"1"');
	expect([...kept!.bodies.keys()]).toHaveLength(1);
	expect(kept!.headers).not.toHaveProperty('content-encoding');

	for (const [path, headers] of [
		['/', { ...browser, cookie: 'a=b' }],
		['/', { host, accept: 'text/event-stream' }],
		['/favicon.svg', browser],
		['/dateien/1', browser],
	] as const) {
		const answer = ask(path, headers);
		await vi.waitUntil(() => held.size === 1, { timeout: 60_000 });
		letGo();
		expect(await (await answer).text(), path).toBe('main');
	}
});

test('stopping lets a thread finish the page it has begun', async () => {
	const reached = new Promise((resolve) => server.once('request', resolve));
	const last = ask('/sitzungen');
	await reached;
	await Promise.all([last.then((answer) => answer.text()), threads.stop()]);
	expect((await last).status).toBe(200);
	expect(threads.count).toBe(0);
});
