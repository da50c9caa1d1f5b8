import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chownSync, closeSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test, vi } from 'vitest';
import '../../src/modules.server.ts';
import { OPERATOR } from '../../src/kernel/access/actor.ts';
import { readConfig } from '../../src/kernel/config.ts';
import { createCluster } from '../../src/kernel/db/embedded-cluster.ts';
import { findBinaries, program, type Identity } from '../../src/kernel/db/embedded-binaries.ts';
import { APP, OWNER, passwords, prepareDatabase, SUPERUSER } from '../../src/kernel/db/embedded-roles.ts';
import { newId } from '../../src/kernel/ids.ts';
import { startWorkers } from '../../src/kernel/jobs/workers.ts';
import { Listener } from '../../src/kernel/live/listener.ts';
import { migrateAll } from '../../src/kernel/migrations.ts';
import { contextFor, endRequest } from '../../src/kernel/request.ts';
import { closeRuntime, installRuntime, runtime } from '../../src/kernel/runtime.ts';
import { allTowns } from '../../src/kernel/towns.ts';
import { write } from '../../src/kernel/write.ts';
import { until } from '../../src/server/testing.ts';

/** Two servers, one copying the other before a writer is told "done"; the application knows one address. */
const NOBODY: Identity | undefined = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
const folder = await mkdtemp(join(tmpdir(), 'mitrat-failover-'));
if (NOBODY) chownSync(folder, NOBODY.uid, NOBODY.gid);
const binaries = await findBinaries(folder, NOBODY);
const words = passwords(folder, true);
const running: ChildProcess[] = [];
const open = new AsyncDisposableStack();
afterAll(async () => {
	await open.disposeAsync();
	for (const { pid } of running) killAll(pid!);
	await rm(folder, { recursive: true, force: true });
});

/** The server and everything it started, at once, as when its machine dies. */
function killAll(pid: number): void {
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// it is gone already
	}
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

const SETTINGS = {
	listen_addresses: '127.0.0.1',
	unix_socket_directories: '',
	wal_level: 'replica',
	max_connections: '60',
	shared_buffers: '32MB',
	io_method: 'sync',
	wal_receiver_timeout: '5s',
};

/** Starts a server on a folder; it is a group of processes of its own. */
function start(data: string, port: number): ChildProcess {
	const settings = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => [
		'-c',
		`${name}=${value}`,
	]);
	const log = openSync(join(folder, 'log'), 'a');
	const child = spawn(program(binaries.folder, 'postgres'), ['-D', data, ...settings], {
		...NOBODY,
		cwd: folder,
		env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
		stdio: ['ignore', log, log],
		detached: true,
	});
	closeSync(log);
	running.push(child);
	return child;
}

const address = (port: number, user: typeof SUPERUSER | typeof OWNER | typeof APP, database = 'mitrat') => ({
	host: '127.0.0.1',
	port,
	user,
	password: words[user],
	database,
});

async function connected(port: number, database = 'mitrat'): Promise<pg.Client> {
	for (;;) {
		const client = new pg.Client(address(port, SUPERUSER, database));
		client.on('error', () => undefined);
		if (
			await client.connect().then(
				() => true,
				() => false,
			)
		)
			return client;
	}
}

/** A copy of a running server that follows it, made as the manual tells ("low level base backup"). */
async function standbyOf(primary: pg.Client, from: string, to: string, port: number): Promise<void> {
	await primary.query(`select pg_backup_start('standby', true)`);
	await mkdir(to, { mode: 0o700 });
	const skipped = new Set(['postmaster.pid', 'postmaster.opts', 'pg_wal']);
	for (const name of readdirSync(from))
		if (!skipped.has(name)) await cp(join(from, name), join(to, name), { recursive: true });
	await mkdir(join(to, 'pg_wal'));
	const { rows } = await primary.query<{ labelfile: string }>(
		'select labelfile from pg_backup_stop(wait_for_archive => false)',
	);
	writeFileSync(join(to, 'backup_label'), rows[0]!.labelfile);
	writeFileSync(join(to, 'standby.signal'), '');
	const source = `host=127.0.0.1 port=${port} user=${SUPERUSER} password=${words[SUPERUSER]}`;
	appendFileSync(join(to, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
	giveAway(to);
}

function giveAway(path: string): void {
	if (!NOBODY) return;
	for (const entry of readdirSync(path, { recursive: true, withFileTypes: true }))
		chownSync(join(entry.parentPath, entry.name), NOBODY.uid, NOBODY.gid);
	chownSync(path, NOBODY.uid, NOBODY.gid);
}

/** What a virtual address, a proxy or DNS is to the application: one place that leads to whichever server is the first. */
async function oneAddress(first: number): Promise<{ port: number; leadTo: (port: number) => void }> {
	let target = first;
	const sockets = new Set<Socket>();
	const door = createServer((client) => {
		const inside = connect(target, '127.0.0.1');
		for (const end of [client, inside]) {
			sockets.add(end);
			end
				.on('error', () => end.destroy())
				.on('close', () => {
					sockets.delete(end);
					client.destroy();
					inside.destroy();
				});
		}
		client.pipe(inside).pipe(client);
	}).listen(0, '127.0.0.1');
	await once(door, 'listening');
	open.defer(() => {
		door.close();
		for (const socket of sockets) socket.destroy();
	});
	return { port: (door.address() as AddressInfo).port, leadTo: (port) => void (target = port) };
}

test('the first server dies, the second takes over: no acknowledged write is lost, and everything goes on by itself', async () => {
	const [a, b] = [join(folder, 'a'), join(folder, 'b')];
	const [portA, portB] = [await freePort(), await freePort()];
	await createCluster(
		{ folder: a, binaries, identity: NOBODY, logFile: join(folder, 'log'), fsync: true },
		words[SUPERUSER],
	);
	const first = start(a, portA);
	const administrator = await connected(portA, 'postgres');
	await prepareDatabase(administrator, words);
	await migrateAll(address(portA, OWNER), APP);
	const primary = await connected(portA);
	await primary.query(`insert into kernel.town (id, name, short_name) values ($1, 'Elbstadt', 'Elbstadt')`, [newId()]);
	await standbyOf(primary, a, b, portA);
	start(b, portB);
	await primary.query(`alter system set synchronous_standby_names = '*'`);
	await primary.query('select pg_reload_conf()');
	await until(async () => {
		const { rows } = await primary.query<{ sync_state: string }>('select sync_state from pg_stat_replication');
		return rows[0]?.sync_state === 'sync';
	});
	await administrator.end();

	const door = await oneAddress(portA);
	installRuntime(readConfig({ MITRAT_DATA: folder, MITRAT_MODE: 'test' }), address(door.port, APP));
	open.defer(() => closeRuntime());
	const workers = await startWorkers(1);
	open.defer(() => workers.stop());
	let listening = 0;
	const listener = new Listener(runtime().app, { changed: () => undefined, connected: () => void listening++ });
	await listener.open();
	open.defer(() => listener.close());

	const [town] = await allTowns();
	const acknowledged: string[] = [];
	const stop = new AbortController();
	let number = 0;
	const writePair = async () => {
		const name = `Paar ${++number}`;
		const ctx = contextFor(town!, OPERATOR);
		try {
			await write(ctx, async (tx) => {
				await tx.db.insertInto('registry.place').values({ id: newId(), name }).execute();
				await tx.db.insertInto('registry.topic').values({ id: newId(), name }).execute();
			});
			acknowledged.push(name);
		} catch {
			// A write that was not acknowledged may be there or not; its writer was told.
		} finally {
			await endRequest(ctx).catch(() => undefined);
		}
	};
	const writer = async () => {
		while (!stop.signal.aborted) await writePair();
	};
	const writers = Promise.all([writer(), writer(), writer(), writer()]);
	await until(() => acknowledged.length > 300);

	killAll(first.pid!);
	await once(first, 'close');
	const before = acknowledged.length;
	const second = await connected(portB);
	await second.query('select pg_promote()');
	door.leadTo(portB);
	await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + 20), { timeout: 60_000, interval: 20 });
	stop.abort();
	await writers;

	const { rows } = await second.query<{ place: string | null; topic: string | null }>(
		`select p.name as place, t.name as topic from registry.place p full join registry.topic t on t.name = p.name`,
	);
	const there = new Set(rows.map(({ place }) => place));
	expect(acknowledged.filter((name) => !there.has(name))).toEqual([]);
	expect(rows.filter(({ place, topic }) => place !== topic)).toEqual([]);
	await until(() => listening > 1);
	// Background jobs go on, too: one of the kernel's own, queued now, is done and gone.
	const ctx = contextFor(town!, OPERATOR);
	await write(ctx, (tx) => tx.enqueue('kernel.search.sweep', {}));
	await endRequest(ctx);
	await until(async () => !(await second.query('select 1 from graphile_worker._private_jobs')).rowCount);
	await second.end();
});
