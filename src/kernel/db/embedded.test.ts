import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runningPostmaster } from './embedded-processes.ts';
import { openEmbedded } from './embedded.ts';
import { EXTENSIONS } from './embedded-roles.ts';

const parent = mkdtempSync(join(tmpdir(), 'mitrat-embedded-'));
const seed = join(parent, 'seed');
const fast = { fsync: false };
const undo: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
	mkdirSync(seed);
	await (await openEmbedded(seed, fast)).close();
});
afterEach(async () => {
	for (const step of undo.splice(0).reverse()) await step();
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

let count = 0;
/** A data folder with a cluster; `name` only to make its path long. */
function folder(name = 'data'): string {
	const path = join(parent, `${name}${++count}`);
	execFileSync('cp', ['-a', seed, path]);
	return path;
}

async function open(data: string, onLog?: (line: string) => void) {
	const opened = await openEmbedded(data, { ...fast, ...(onLog ? { log: onLog } : {}) });
	undo.push(() => opened.close());
	return opened;
}

async function query<R extends pg.QueryResultRow>(access: pg.PoolConfig, sql: string): Promise<R[]> {
	const client = new pg.Client(access);
	await client.connect();
	try {
		return (await client.query<R>(sql)).rows;
	} finally {
		await client.end();
	}
}

const cluster = (data: string) => join(data, 'postgres', '18');

test('UTF-8, ICU de-DE, the extensions, and fsync unless it is thrown away anyway', async () => {
	const data = folder();
	const { superuser, owner } = await open(data);
	const [row] = await query(
		superuser,
		`select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale
		from pg_database where datname = 'mitrat'`,
	);
	expect(row).toEqual({ encoding: 'UTF8', provider: 'i', locale: 'de-DE' });
	const names = (await query<{ extname: string }>(owner, 'select extname from pg_extension')).map(
		({ extname }) => extname,
	);
	expect(names).toEqual(expect.arrayContaining(EXTENSIONS));
	const sorted = await query<{ w: string }>(
		owner,
		`select w from unnest(array['Zoo', 'Öl', 'Apfel', 'ähnlich']) as w order by w`,
	);
	expect(sorted.map(({ w }) => w)).toEqual(['ähnlich', 'Apfel', 'Öl', 'Zoo']);
	const durable = await openEmbedded(folder());
	undo.push(() => durable.close());
	expect(await query(durable.owner, 'show fsync')).toEqual([{ fsync: 'on' }]);
});

test('the role of requests can neither own nor bypass anything; the owner is no superuser', async () => {
	const { app, owner } = await open(folder());
	const traits = await query(
		owner,
		`select rolname, rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication as mighty from pg_roles where rolname like 'mitrat%' order by 1`,
	);
	expect(traits).toEqual([
		{ rolname: 'mitrat_app', mighty: false },
		{ rolname: 'mitrat_owner', mighty: false },
	]);
	await expect(query(app, 'create table public.mine ()')).rejects.toThrow(/permission denied/);
	await expect(query(app, 'create schema mine')).rejects.toThrow(/permission denied/);
	await expect(query({ ...app, password: 'guess' }, 'select 1')).rejects.toThrow(/password/);
	await expect(query({ ...app, database: 'postgres', user: 'mitrat_owner' }, 'select 1')).rejects.toThrow(/password/);
});

test('nobody else can read the cluster or the passwords, nothing listens on the network', async () => {
	const data = folder();
	const { superuser } = await open(data);
	for (const path of ['postgres', 'postgres/18']) expect(statSync(join(data, path)).mode & 0o077).toBe(0);
	expect(statSync(join(data, 'database-passwords.json')).mode & 0o077).toBe(0);
	expect(statSync(join(cluster(data), '.s.PGSQL.5432')).mode & 0o077).toBe(0);
	expect(await query(superuser, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
});

test('the second to open joins, the last to close stops', async () => {
	const data = folder();
	const first = await openEmbedded(data, fast);
	const second = await openEmbedded(data, fast);
	expect([first.joined, second.joined]).toEqual([false, true]);
	await first.close();
	expect(await query(second.app, 'select 1 as one')).toEqual([{ one: 1 }]);
	await second.close();
	expect(runningPostmaster(cluster(data))).toBeUndefined();
	expect(existsSync(join(cluster(data), 'postmaster.pid'))).toBe(false);
});

test('two that open at the same moment agree on one server', async () => {
	const data = folder();
	const opened = await Promise.all([openEmbedded(data, fast), openEmbedded(data, fast), openEmbedded(data, fast)]);
	expect(opened.filter(({ joined }) => !joined)).toHaveLength(1);
	for (const { close } of opened) await close();
	expect(runningPostmaster(cluster(data))).toBeUndefined();
});

test('a pid file that names somebody else’s process is not believed', async () => {
	const data = folder();
	const lines = [process.pid, cluster(data), 1, 5432, '.', '', '', 'ready'];
	writeFileSync(join(cluster(data), 'postmaster.pid'), lines.join('\n'));
	const { joined, app } = await open(data);
	expect(joined).toBe(false);
	expect(await query(app, 'select 1 as one')).toEqual([{ one: 1 }]);
	expect(process.kill(process.pid, 0)).toBe(true);
});

test('the server killed twice under two processes comes back for both', async () => {
	const data = folder();
	let restarts = 0;
	const logs = new Set<() => void>();
	const count = (line: string) => {
		if (line.includes('läuft wieder')) restarts++;
		for (const tell of logs) tell();
	};
	const restarted = (times: number) =>
		new Promise<void>((resolve) => {
			const look = () => restarts >= times && resolve();
			logs.add(look);
			look();
		});
	const [first, second] = [await open(data, count), await open(data, count)];
	for (const round of [1, 2]) {
		process.kill(runningPostmaster(cluster(data))!, 'SIGKILL');
		await restarted(2 * round);
		for (const { app } of [first, second]) expect(await query(app, 'select 1 as one')).toEqual([{ one: 1 }]);
	}
});

test('a long path to the data folder does not matter', async () => {
	const data = folder('long-'.repeat(25));
	const { app } = await open(data);
	expect(Buffer.byteLength(String(app.host))).toBeLessThan(90);
	expect(await query(app, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('lost passwords are said, not replaced', async () => {
	const data = folder();
	rmSync(join(data, 'database-passwords.json'));
	await expect(openEmbedded(data, fast)).rejects.toThrow(/database-passwords.json fehlt oder ist beschädigt/);
	writeFileSync(
		join(data, 'database-passwords.json'),
		JSON.stringify({ postgres: 'x', mitrat_owner: 'y', mitrat_app: 'z' }),
	);
	await expect(openEmbedded(data, fast)).rejects.toThrow(/weist das Passwort zurück/);
	const pid = runningPostmaster(cluster(data));
	expect(pid).toBeUndefined();
});

test('an interrupted first start leaves nothing that disturbs the next', async () => {
	const data = join(parent, 'interrupted');
	mkdirSync(join(data, 'postgres/new/base'), { recursive: true });
	writeFileSync(join(data, 'postgres/new/PG_VERSION'), '18\n');
	const { app } = await open(data);
	expect(await query(app, 'select 1 as one')).toEqual([{ one: 1 }]);
	expect(existsSync(join(data, 'postgres/new'))).toBe(false);
});

test('a cluster of another version is named, not touched', async () => {
	const data = join(parent, 'older');
	mkdirSync(join(data, 'postgres/17'), { recursive: true });
	await expect(openEmbedded(data, fast)).rejects.toThrow(/Datenbank von PostgreSQL 17, dieses Mitrat bringt 18 mit/);
	expect(existsSync(join(data, 'postgres/17'))).toBe(true);
});

test('a server that cannot start says why', async () => {
	const data = folder();
	const file = join(cluster(data), 'postgresql.conf');
	writeFileSync(file, `${readFileSync(file, 'utf8')}\nwork_mem = lots\n`);
	await expect(openEmbedded(data, fast)).rejects.toThrow(/^Die Datenbank startet nicht: .*configuration file/);
});
