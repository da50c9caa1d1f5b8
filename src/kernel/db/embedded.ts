/**
 * The embedded PostgreSQL of a data folder: the real server, started by whoever needs it first, shared by every Mitrat
 * process on the folder, stopped by the last one. Each process keeps one idle connection, its *presence*: it tells the
 * others that somebody is here, and this process when the server is gone.
 */
import { mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { UserError } from '../errors.ts';
import { waitForLock } from '../folder-lock.ts';
import { explainConnectError } from './connect-errors.ts';
import { findBinaries, type Identity } from './embedded-binaries.ts';
import {
	createCluster,
	lastWords,
	SOCKET_PORT,
	startPostmaster,
	stopPostmaster,
	type Cluster,
} from './embedded-cluster.ts';
import { recordedPort, runningPostmaster } from './embedded-processes.ts';
import { APP, DATABASE, OWNER, passwords, prepareDatabase, SUPERUSER, type Passwords } from './embedded-roles.ts';

export interface EmbeddedOptions {
	log?: (line: string) => void;
	/** Called when the server died and could not be started again. */
	onLost?: (error: Error) => void;
	/** Off only for throw-away databases of tests. */
	fsync?: boolean;
}

export interface Embedded {
	app: pg.PoolConfig;
	owner: pg.PoolConfig;
	superuser: pg.PoolConfig;
	/** Whether another Mitrat process had it running already. */
	joined: boolean;
	/** Leaves; the last one stops the server. Close every other connection before. */
	close(): Promise<void>;
}

const PRESENCE = 'mitrat-presence';
const NOBODY = 65534;
const START_PATIENCE = 300_000;
/** Starting again after the server died: pauses in milliseconds before each attempt. */
const RESTART_PAUSES = [0, 100, 500, 2000, 5000];

/**
 * Starts the embedded server of a data folder or joins the one that runs. A server left over by a killed process, with
 * nobody else on it, is stopped and started anew.
 * @throws UserError with one sentence for everything that can be wrong with folder, platform or server
 */
export async function openEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<Embedded> {
	const session = new Session(await describe(dataDir, options.fsync ?? true), dataDir, options);
	await session.enter('first');
	return {
		app: session.access(APP),
		owner: session.access(OWNER),
		superuser: session.access(SUPERUSER),
		joined: session.joined,
		close: () => session.leave(),
	};
}

async function describe(dataDir: string, fsync: boolean): Promise<Cluster> {
	const parent = join(dataDir, 'postgres');
	await mkdir(join(dataDir, 'log'), { recursive: true });
	await mkdir(parent, { recursive: true, mode: 0o700 });
	const identity = await identityFor(parent);
	const binaries = await findBinaries(dataDir, identity);
	const logFile = join(dataDir, 'log', 'postgres.log');
	await keepSmall(logFile);
	return { folder: join(parent, binaries.major), binaries, identity, logFile, fsync };
}

/** As root the server runs as whoever the cluster belongs to, at first "nobody". */
async function identityFor(parent: string): Promise<Identity | undefined> {
	const { uid, gid } = await stat(parent);
	const own = process.getuid?.();
	if (own === 0) return uid === 0 ? { uid: NOBODY, gid: NOBODY } : { uid, gid };
	if (own !== undefined && uid !== own) {
		throw new UserError(
			`Die Datenbank in ${parent} gehört einem anderen Benutzer (Kennung ${uid}): bitte mit demselben Benutzer starten wie bisher.`,
		);
	}
	return undefined;
}

async function keepSmall(logFile: string): Promise<void> {
	const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
	if (size > 10_000_000) await rename(logFile, `${logFile}.1`);
}

class Session {
	joined = false;
	readonly #cluster: Cluster;
	readonly #dataDir: string;
	readonly #options: EmbeddedOptions;
	#passwords: Passwords | undefined;
	#presence: pg.Client | undefined;
	#shortWay: string | undefined;
	/** Always the same with sockets; with TCP found at the first start and kept. */
	#port: number | undefined;
	#leaving = false;

	constructor(cluster: Cluster, dataDir: string, options: EmbeddedOptions) {
		this.#cluster = cluster;
		this.#dataDir = dataDir;
		this.#options = options;
	}

	/** Starts or joins, one process at a time. */
	async enter(time: 'first' | 'again'): Promise<void> {
		const lock = await this.#lock();
		try {
			this.#passwords ??= passwords(this.#dataDir, !(await exists(this.#cluster.folder)));
			await createCluster(this.#cluster, this.#passwords[SUPERUSER]);
			this.joined = await this.#join(time);
			if (!this.joined) await this.#start();
			if (!this.joined) await prepareDatabase(this.#here(), this.#passwords);
		} catch (error) {
			if (time === 'first') this.#forgetShortWay();
			throw error;
		} finally {
			lock.release();
		}
	}

	async leave(): Promise<void> {
		this.#leaving = true;
		const lock = await this.#lock();
		try {
			const others = await this.#others().catch(() => 0);
			await this.#presence?.end().catch(() => undefined);
			const pid = runningPostmaster(this.#cluster.folder);
			if (pid !== undefined && others === 0) await stopPostmaster(this.#cluster, pid);
		} finally {
			lock.release();
			this.#forgetShortWay();
		}
	}

	/** How to connect as a role. */
	access(role: keyof Passwords): pg.PoolConfig {
		const database = role === SUPERUSER ? 'postgres' : DATABASE;
		return { host: this.#host(), port: this.#port ?? SOCKET_PORT, user: role, password: this.#words()[role], database };
	}

	#lock() {
		const say = () => this.#options.log?.('Ein anderer Mitrat-Vorgang startet oder beendet gerade die Datenbank …');
		return waitForLock(join(this.#dataDir, 'cluster.lock'), START_PATIENCE, say);
	}

	/** Joins a running server that others use; ends one that was left over. */
	async #join(time: 'first' | 'again'): Promise<boolean> {
		const pid = runningPostmaster(this.#cluster.folder);
		if (pid === undefined) return false;
		this.#port = recordedPort(this.#cluster.folder) ?? this.#port;
		await this.#connect(() => runningPostmaster(this.#cluster.folder) === undefined);
		if (time === 'again' || (await this.#others()) > 0) return true;
		await this.#dropPresence();
		await stopPostmaster(this.#cluster, pid);
		return false;
	}

	async #start(): Promise<void> {
		const postmaster = await startPostmaster(this.#cluster, this.#port);
		this.#port = postmaster.port;
		let reason: string | undefined;
		void postmaster.exited.then((why) => (reason = why));
		await this.#connect(() => reason !== undefined);
	}

	/** Connects as soon as the server answers; after a crash it first recovers. */
	async #connect(isGone: () => boolean): Promise<void> {
		const begin = performance.now();
		for (let told = false; ; await pause(15)) {
			const error = await this.#tryPresence();
			if (!error) return;
			if (!isPassing(error)) throw explainConnectError(error, `mitgelieferte Datenbank in ${this.#cluster.folder}`);
			if (isGone()) throw new UserError(`Die Datenbank startet nicht: ${lastWords(this.#cluster)}`, { cause: error });
			const waited = performance.now() - begin;
			if (waited > START_PATIENCE) throw new UserError('Die Datenbank antwortet nicht.', { cause: error });
			if (!told && waited > 3000) this.#options.log?.('Die Datenbank stellt ihren letzten Stand wieder her …');
			told ||= waited > 3000;
		}
	}

	async #tryPresence(): Promise<Error | undefined> {
		const client = new pg.Client({
			...this.access(SUPERUSER),
			application_name: PRESENCE,
			connectionTimeoutMillis: 10_000,
		});
		try {
			await client.connect();
		} catch (error) {
			return error as Error;
		}
		client.on('error', () => undefined);
		client.on('end', () => void (this.#presence === client && !this.#leaving && this.#recover()));
		this.#presence = client;
		return undefined;
	}

	async #dropPresence(): Promise<void> {
		const client = this.#presence;
		this.#presence = undefined;
		await client?.end();
	}

	/** How many other processes are on this server. */
	async #others(): Promise<number> {
		const { rows } = await this.#here().query<{ n: number }>(
			`select count(*)::int as n from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()`,
			[PRESENCE],
		);
		return rows[0]?.n ?? 0;
	}

	/** The server died under us: start it again, or join whoever was quicker. */
	async #recover(): Promise<void> {
		this.#presence = undefined;
		this.#options.log?.('Die Datenbank ist ausgefallen und wird neu gestartet …');
		let last = new Error('lost');
		for (const delay of RESTART_PAUSES) {
			await pause(delay);
			if (this.#leaving) return;
			try {
				await this.enter('again');
				this.#options.log?.('Die Datenbank läuft wieder.');
				return;
			} catch (error) {
				last = error as Error;
			}
		}
		this.#options.onLost?.(last);
	}

	#here(): pg.Client {
		if (!this.#presence) throw new UserError('Die Datenbank ist gerade nicht erreichbar.');
		return this.#presence;
	}

	#words(): Passwords {
		if (!this.#passwords) throw new Error('enter() first');
		return this.#passwords;
	}

	/** Where clients connect. A socket's path may have about 100 bytes: a longer one gets a short detour. */
	#host(): string {
		if (process.platform === 'win32') return '127.0.0.1';
		if (Buffer.byteLength(this.#cluster.folder) <= 85) return this.#cluster.folder;
		if (!this.#shortWay) {
			const folder = mkdtempSync(join(tmpdir(), 'mitrat-'));
			this.#shortWay = join(folder, 's');
			symlinkSync(this.#cluster.folder, this.#shortWay);
		}
		return this.#shortWay;
	}

	#forgetShortWay(): void {
		if (this.#shortWay) rmSync(dirname(this.#shortWay), { recursive: true, force: true });
		this.#shortWay = undefined;
	}
}

async function exists(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	);
}

/** Not yet listening, starting up, shutting down, recovering. */
function isPassing(error: Error): boolean {
	const code = (error as NodeJS.ErrnoException).code ?? '';
	return (
		['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03', '57P01', '57P02'].includes(code) ||
		/terminated|timeout/i.test(error.message)
	);
}
