/** One cluster folder of the embedded PostgreSQL: made, started, stopped. */
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, closeSync, existsSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import { program, type Binaries, type Identity } from './embedded-binaries.ts';
import { bytesOfData, sharedBuffers } from './embedded-memory.ts';
import { ended, orphans, recordedPid, runningPostmaster, signal } from './embedded-processes.ts';

export interface Cluster {
	/** The cluster folder itself (PGDATA), `…/postgres/18`. */
	folder: string;
	binaries: Binaries;
	/** Set when this process is root: PostgreSQL refuses to run as root. */
	identity: Identity | undefined;
	logFile: string;
	/** Off only for throw-away databases of tests. */
	fsync: boolean;
}

export interface Postmaster {
	pid: number;
	port: number;
	/** Resolves with the reason when the process that was started here ends. */
	exited: Promise<string>;
}

const usesTcp = process.platform === 'win32';
export const SOCKET_PORT = 5432;

/** Small on purpose: application and database share a small machine. What is shared grows with the data (`embedded-memory.ts`). */
const SETTINGS: Record<string, string> = {
	max_connections: '60',
	work_mem: '8MB',
	maintenance_work_mem: '64MB',
	effective_cache_size: '512MB',
	max_wal_size: '256MB',
	random_page_cost: '1.1',
	jit: 'off',
	huge_pages: 'off',
	io_method: 'sync',
	wal_level: 'minimal',
	max_wal_senders: '0',
	max_worker_processes: '4',
	max_logical_replication_workers: '0',
	max_parallel_workers_per_gather: '1',
	autovacuum_max_workers: '2',
	// Most tables of a town are small: with the default of 50 changes many would never get statistics, and bad plans.
	autovacuum_analyze_threshold: '10',
	// Queries of a killed application end soon instead of running on.
	client_connection_check_interval: '5s',
	timezone: 'UTC',
	log_timezone: 'UTC',
	lc_messages: 'C',
	log_checkpoints: 'off',
	unix_socket_permissions: '0700',
};

/**
 * The folder as the server names it. It starts with that folder as its working folder, so a server that runs as another
 * user needs no right to pass through the folders above (a data folder under /root, for example).
 */
function ownName(cluster: Cluster): string {
	return cluster.identity && process.platform === 'linux' ? '/proc/self/cwd' : cluster.folder;
}

/** The environment of the server: ours without what would steer it (PG…, LC_…). */
function environment(): NodeJS.ProcessEnv {
	return { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, LANG: 'C.UTF-8', TZ: 'UTC' };
}

/**
 * Makes the cluster if it is not there: UTF-8, ICU de-DE. A run that was interrupted leaves only a folder `new`.
 * @param password of the superuser `postgres`
 */
export async function createCluster(cluster: Cluster, password: string): Promise<boolean> {
	if (existsSync(join(cluster.folder, 'PG_VERSION'))) return false;
	const parent = dirname(cluster.folder);
	refuseOtherVersions(parent, cluster.binaries.major);
	const draft = join(parent, 'new');
	const passwordFile = join(parent, 'password');
	await rm(draft, { recursive: true, force: true });
	await mkdir(draft, { recursive: true, mode: 0o700 });
	await writeFile(passwordFile, password, { mode: 0o600 });
	for (const path of [parent, draft, passwordFile]) giveTo(cluster.identity, path);
	try {
		await initdb({ ...cluster, folder: draft });
		await rename(draft, cluster.folder);
	} finally {
		await rm(passwordFile, { force: true });
	}
	return true;
}

function refuseOtherVersions(parent: string, major: string): void {
	const other = existsSync(parent) && readdirSync(parent).find((name) => /^\d+$/.test(name));
	if (!other) return;
	throw new UserError(
		`Der Datenordner enthält eine Datenbank von PostgreSQL ${other}, dieses Mitrat bringt ${major} mit: bitte mit dem früheren Stand „mitrat backup“ und mit diesem „mitrat restore“ ausführen.`,
	);
}

function giveTo(identity: Identity | undefined, path: string): void {
	if (identity) chownSync(path, identity.uid, identity.gid);
	else chmodSync(path, path.endsWith('password') ? 0o600 : 0o700);
}

async function initdb(cluster: Cluster): Promise<void> {
	const options = ['-D', ownName(cluster), '-U', 'postgres', '--pwfile=../password', '-A', 'scram-sha-256'];
	const locale = ['-E', 'UTF8', '--locale-provider=icu', '--icu-locale=de-DE', '--locale=C.UTF-8', '-T', 'german'];
	const child = spawn(program(cluster.binaries.folder, 'initdb'), [...options, ...locale, '--no-instructions'], {
		...cluster.identity,
		cwd: cluster.folder,
		env: environment(),
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
	if (code === 0) return;
	const reason = said.split('\n').find((line) => /error|fatal/i.test(line)) ?? said.trim().split('\n').at(-1);
	throw new UserError(`Die Datenbank ließ sich nicht anlegen: ${reason}`, { cause: new Error(said) });
}

/** Starts the server. It lives in a session of its own: Ctrl-C reaches only the application, which stops it in order. */
export async function startPostmaster(cluster: Cluster, lastPort?: number): Promise<Postmaster> {
	await clearRemains(cluster.folder);
	const port = lastPort ?? (usesTcp ? await freePort() : SOCKET_PORT);
	const where = usesTcp ? { listen_addresses: '127.0.0.1' } : { listen_addresses: '', unix_socket_directories: '.' };
	const shared_buffers = `${sharedBuffers(bytesOfData(cluster.folder))}MB`;
	const settings = { ...SETTINGS, shared_buffers, ...where, port: String(port), fsync: cluster.fsync ? 'on' : 'off' };
	const log = openSync(cluster.logFile, 'a', 0o600);
	const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const child = spawn(program(cluster.binaries.folder, 'postgres'), ['-D', ownName(cluster), ...args], {
		...cluster.identity,
		cwd: cluster.folder,
		env: environment(),
		stdio: ['ignore', log, log],
		detached: true,
	});
	closeSync(log);
	child.unref();
	const exited = new Promise<string>((resolve) => {
		child.on('error', (error) => resolve(error.message));
		child.on('exit', (code, by) => resolve(by ?? `code ${code}`));
	});
	return { pid: child.pid ?? 0, port, exited };
}

/** After kill -9 of the server: its remaining children hold the memory, its pid file the name. Nothing of it may stay. */
async function clearRemains(folder: string): Promise<void> {
	const pid = recordedPid(folder);
	if (pid === undefined || runningPostmaster(folder)) return;
	const left = orphans(folder);
	for (const orphan of left) if (!(await ended(orphan, folder, 1000))) signal(orphan, 'SIGKILL');
	for (const orphan of left) await ended(orphan, folder, 5000);
	// Only where we know that nobody lives; elsewhere PostgreSQL judges by itself.
	if (process.platform !== 'linux') return;
	for (const file of ['postmaster.pid', `.s.PGSQL.${SOCKET_PORT}.lock`]) await rm(join(folder, file), { force: true });
}

/** Stops the server: sessions are ended, everything is written. Harder when it does not obey. */
export async function stopPostmaster(cluster: Cluster, pid: number): Promise<void> {
	if (usesTcp) {
		const pgCtl = spawn(program(cluster.binaries.folder, 'pg_ctl'), ['stop', '-m', 'fast', '-D', cluster.folder]);
		await new Promise((resolve) => pgCtl.on('close', resolve).on('error', resolve));
		return;
	}
	for (const [name, patience] of [
		['SIGINT', 30_000],
		['SIGQUIT', 5000],
		['SIGKILL', 5000],
	] as const) {
		signal(pid, name);
		if (await ended(pid, cluster.folder, patience)) return;
	}
	throw new UserError(`Der Datenbankprozess ${pid} lässt sich nicht beenden.`);
}

/** The last words of the server's log, for an error message. */
export function lastWords(cluster: Cluster): string {
	try {
		const lines = readFileSync(cluster.logFile, 'utf8').slice(-4000).trim().split('\n');
		return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? '';
	} catch {
		return '';
	}
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.on('listening', resolve));
	const { port } = server.address() as { port: number };
	await new Promise((resolve) => server.close(resolve));
	return port;
}
