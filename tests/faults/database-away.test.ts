/** The database is away, or slow: the application says so, waits, and goes on by itself. */
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openEmbedded, type Embedded } from '../../src/kernel/db/embedded.ts';
import { runningPostmaster } from '../../src/kernel/db/embedded-processes.ts';
import { dataFolder, until } from '../../src/server/testing.ts';
import { family } from '../bench/processes.ts';
import { plainPage } from '../support/forms.ts';
import { bodyOf, isLong, propose, victim } from './program.ts';

/** A server of the town's own, as far as the application knows. */
const server = dataFolder();
let database: Embedded = await openEmbedded(server.path, { fsync: false });
/** It listens on a socket only: a door to it for programs that want a host and a port. */
const door = createServer((client) => {
	const { host, port } = database.app;
	const inside = connect(`${host}/.s.PGSQL.${port}`);
	for (const end of [client, inside])
		end.on('error', () => end.destroy()).on('close', () => [client, inside].map((one) => one.destroy()));
	client.pipe(inside).pipe(client);
});
await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
const address = (role: 'app' | 'owner') => {
	const { user, password, database: name } = database[role];
	const { port } = door.address() as AddressInfo;
	return `postgres://${user}:${encodeURIComponent(password as string)}@127.0.0.1:${port}/${name}`;
};
const town = await victim({ env: { DATABASE_URL: address('app'), DATABASE_OWNER_URL: address('owner') } });
afterAll(async () => {
	await town.remove();
	door.close();
	await database.close();
	server.remove();
});
await town.start();
const cookie = await town.signIn('Geschäftsstelle');
const { pid } = town;

const status = async (path: string, init: RequestInit = {}) => {
	const answer = await fetch(`${town.url}${path}`, {
		redirect: 'manual',
		...init,
		headers: { accept: 'text/html', origin: town.url, ...init.headers },
	});
	return { status: answer.status, again: answer.headers.get('retry-after'), html: await answer.text() };
};
const health = () => fetch(`${town.url}/health`).then((answer) => answer.status);

test('while the database is away everybody is told so in their language, and it comes back by itself', async () => {
	expect((await plainPage(town, '/tisch', cookie)).status).toBe(200);
	await database.close();
	await until(async () => (await health()) === 503);

	const visitor = await status('/sitzungen');
	expect([visitor.status, visitor.again]).toEqual([503, '5']);
	expect(visitor.html).toContain('Gerade nicht erreichbar');
	expect((await status('/ar/sitzungen')).html).toMatch(/<html lang="ar[^"]*" dir="rtl">/);
	// Somebody signed in is not sent to the sign-in page, and a form is not taken for received.
	const desk = await status('/tisch', { headers: { cookie } });
	expect([desk.status, desk.html.includes('Gerade nicht erreichbar')]).toEqual([503, true]);
	const body = new URLSearchParams({ title: 'Während des Ausfalls' });
	expect((await status('/themen?/vorschlagen', { method: 'POST', headers: { cookie }, body })).status).toBe(503);
	if (isLong) await until(lasting(30_000));

	database = await openEmbedded(server.path, { fsync: false });
	await until(async () => (await health()) === 200);
	expect((await status('/sitzungen')).status).toBe(200);
	expect((await status('/tisch', { headers: { cookie } })).status).toBe(200);
	expect(town.pid).toBe(pid);
	expect(() => process.kill(pid, 0)).not.toThrow();
	// Jobs go on, too: the receipt of a proposal reaches the post room.
	const title = 'Nach dem Ausfall geschrieben';
	expect(await propose(town.url, cookie, await bodyOf(town.url), title)).toBe(303);
	await until(async () => (await plainPage(town, '/_post', cookie)).text.includes(title));
});

test('a database that does not answer holds requests back and loses none', async () => {
	const processes = family(runningPostmaster(`${server.path}/postgres/18`)!);
	for (const one of processes) process.kill(one, 'SIGSTOP');
	let answered = 0;
	const asked = Array.from({ length: isLong ? 200 : 40 }, (_, number) =>
		status(`/sitzungen?seite=${number}`, { headers: { cookie } }).finally(() => answered++),
	);
	// Something that needs no database is answered meanwhile.
	expect((await status('/favicon.svg', { headers: { cookie } })).status).toBe(200);
	expect(answered).toBe(0);
	for (const one of processes) process.kill(one, 'SIGCONT');
	const states = new Set((await Promise.all(asked)).map(({ status }) => status));
	expect([...states]).toEqual([200]);
});

/** True after so many milliseconds: the length of an outage is what is tried here. */
function lasting(ms: number): () => boolean {
	const end = performance.now() + ms;
	return () => performance.now() > end;
}
