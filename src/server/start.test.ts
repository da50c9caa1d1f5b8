import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#kernel/config.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { recordedPid, runningPostmaster } from '#kernel/db/embedded-processes.ts';
import { dataFolder, mitrat, outcome, until, type Program } from './testing.ts';

const BUILD = join(import.meta.dirname, 'fixtures/build');
const undo: (() => void | Promise<void>)[] = [];
afterEach(async () => {
	for (const step of undo.splice(0).reverse()) await step();
});

const seed = dataFolder();
beforeAll(async () => {
	const program = mitrat(['start'], environment(seed.path));
	await program.says(/Bereit nach/);
	program.child.kill('SIGTERM');
	await program.ended;
});
afterAll(seed.remove);

/** A folder that was started once before. */
function usedFolder(): string {
	const path = folder();
	execFileSync('cp', ['-a', seed.path, path]);
	return path;
}

/** A data folder whose processes are all gone after the test, whatever it did to them. */
function folder(): string {
	const { path, remove } = dataFolder();
	undo.push(async () => {
		const pid = runningPostmaster(cluster(path));
		if (pid) process.kill(pid, 'SIGQUIT');
		await until(() => runningPostmaster(cluster(path)) === undefined);
		remove();
	});
	return path;
}

const cluster = (data: string) => join(data, 'postgres', '18');
const environment = (data: string) => ({
	MITRAT_DATA: data,
	MITRAT_BUILD: BUILD,
	MITRAT_MODE: 'production',
	PORT: '0',
});

async function start(data: string, env: Record<string, string> = {}): Promise<{ program: Program; url: string }> {
	const program = mitrat(['start'], { ...environment(data), ...env });
	undo.push(async () => {
		program.child.kill('SIGKILL');
		await program.ended;
	});
	const [, url = ''] = await program.says(/Bereit nach .*: (http:\S+)/);
	return { program, url };
}

/** Joins the running server's database and makes a table that requests may write. */
async function prepareNotes(data: string): Promise<void> {
	await asOwner(
		data,
		'create table public.note (n int primary key); grant select, insert on public.note to mitrat_app',
	);
}

async function asOwner(data: string, sql: string): Promise<pg.QueryResult> {
	const database = await openDatabase(readConfig({ MITRAT_DATA: data }));
	const client = new pg.Client(database.owner);
	await client.connect();
	try {
		return await client.query(sql);
	} finally {
		await client.end();
		await database.close();
	}
}

const notes = async (data: string) => (await asOwner(data, 'select n from public.note')).rows.map(({ n }) => Number(n));

/** Writes numbers until it fails. @returns those that were acknowledged */
async function writeNotes(url: string, from: number, acknowledged: number[]): Promise<void> {
	for (let n = from; ; n++) {
		const response = await fetch(`${url}/note?n=${n}`).catch(() => undefined);
		if (!response?.ok) return;
		acknowledged.push(n);
	}
}

test('the first start makes everything and says so, the second finds it; SIGTERM ends both cleanly', async () => {
	const data = folder();
	const first = await start(data);
	expect(first.program.said()).toMatch(/✓ Datenbank gestartet.* s\n[^]*✓ Datenbank angepasst \(\d+ Änderungen\).* s\n/);
	expect(await (await fetch(first.url)).text()).toContain('"forwarded":"http"');
	first.program.child.kill('SIGTERM');
	expect(await first.program.ended).toBe(0);
	expect(recordedPid(cluster(data))).toBeUndefined();

	const second = await start(data);
	expect(second.program.said()).toContain('Datenbank ist auf dem Stand');
	second.program.child.kill('SIGINT');
	expect(await second.program.ended).toBe(0);
	expect(second.program.said()).not.toMatch(/fehler/i);
});

test('a running request is finished before the end, a new one is not accepted', async () => {
	const { program, url } = await start(usedFolder());
	const slow = fetch(`${url}/slow`);
	await until(async () => (await (await fetch(url)).json()).waiting === 1);
	// This request has begun before the signal; its last line comes after.
	const begun = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8');
	begun.write('GET /release HTTP/1.1\r\nHost: localhost\r\n');
	await until(() => begun.bytesWritten > 0);
	program.child.kill('SIGTERM');
	await program.says(/wird beendet/);
	await until(() =>
		fetch(url).then(
			() => false,
			() => true,
		),
	);
	begun.write('\r\n');
	const answer = (await begun.toArray()).join('');
	expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*Connection: close/);
	expect(await (await slow).text()).toBe('slow');
	expect(await program.ended).toBe(0);
});

test('a second Ctrl-C does not wait for requests', async () => {
	const { program, url } = await start(usedFolder());
	const slow = fetch(`${url}/slow`).catch(() => 'cut');
	await until(async () => (await (await fetch(url)).json()).waiting === 1);
	program.child.kill('SIGINT');
	await program.says(/wird beendet/);
	await until(() => program.child.kill('SIGINT') === false || program.child.exitCode !== null);
	expect(await program.ended).toBe(0);
	expect(await slow).toBe('cut');
});

test('kill -9 of the application: the next start takes over and every acknowledged row is there', async () => {
	const data = usedFolder();
	const killed = await start(data);
	await prepareNotes(data);
	const acknowledged: number[] = [];
	const writing = writeNotes(killed.url, 1, acknowledged);
	await until(() => acknowledged.length > 100);
	killed.program.child.kill('SIGKILL');
	await writing;
	const leftOver = runningPostmaster(cluster(data));
	expect(leftOver).toBeDefined();
	const next = await start(data);
	expect(runningPostmaster(cluster(data))).not.toBe(leftOver);
	expect(await notes(data)).toEqual(expect.arrayContaining(acknowledged));
	next.program.child.kill('SIGTERM');
	expect(await next.program.ended).toBe(0);
});

test('kill -9 of the database while running: it is started again, requests go on, nothing acknowledged is lost', async () => {
	const data = usedFolder();
	const { program, url } = await start(data);
	await prepareNotes(data);
	const acknowledged: number[] = [];
	const writing = writeNotes(url, 1, acknowledged);
	await until(() => acknowledged.length > 100);
	process.kill(runningPostmaster(cluster(data))!, 'SIGKILL');
	await writing;
	await program.says(/läuft wieder/);
	await until(async () => (await fetch(`${url}/note?n=1000000`)).ok);
	expect(await notes(data)).toEqual(expect.arrayContaining([...acknowledged, 1000000]));
	program.child.kill('SIGTERM');
	expect(await program.ended).toBe(0);
	expect(recordedPid(cluster(data))).toBeUndefined();
});

test('kill -9 of application and database together: the next start recovers', async () => {
	const data = usedFolder();
	const killed = await start(data);
	await prepareNotes(data);
	const acknowledged: number[] = [];
	const writing = writeNotes(killed.url, 1, acknowledged);
	await until(() => acknowledged.length > 100);
	killed.program.child.kill('SIGKILL');
	process.kill(runningPostmaster(cluster(data))!, 'SIGKILL');
	await writing;
	const next = await start(data);
	expect(await notes(data)).toEqual(expect.arrayContaining(acknowledged));
	next.program.child.kill('SIGTERM');
	expect(await next.program.ended).toBe(0);
});

test('a command joins the running server’s database and leaves it running; without one it opens and closes it', async () => {
	const data = usedFolder();
	const { program, url } = await start(data);
	const joined = await outcome(mitrat(['db', 'status'], environment(data)));
	expect(joined).toMatchObject({ code: 0 });
	expect(joined.said).toContain(`Der Mitrat-Server läuft (Prozess ${program.child.pid}, ${url})`);
	expect((await fetch(url)).ok).toBe(true);
	program.child.kill('SIGTERM');
	expect(await program.ended).toBe(0);
	const alone = await outcome(mitrat(['db', 'migrate'], environment(data)));
	expect(alone).toEqual({ code: 0, said: 'Die Datenbank ist auf dem Stand.\n' });
	expect(recordedPid(cluster(data))).toBeUndefined();
});

test('nobody chose a mode, but the database holds a real town: it runs as production, without the demonstration', async () => {
	const data = usedFolder();
	const first = await start(data);
	await asOwner(
		data,
		`insert into kernel.town (id, name, short_name) values (gen_random_uuid(), 'Musterau', 'Musterau')`,
	);
	first.program.child.kill('SIGTERM');
	await first.program.ended;
	const second = await start(data, { MITRAT_MODE: '' });
	expect(second.program.said()).not.toContain('Vorführ');
	second.program.child.kill('SIGTERM');
	expect(await second.program.ended).toBe(0);
});
