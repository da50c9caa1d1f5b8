/** One process on the embedded server of a data folder, from joining or starting it until the process leaves. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { UserError } from '../errors.ts';
import { waitForLock, type FolderLock } from '../folder-lock.ts';
import { explainConnectError } from './connect-errors.ts';
import { addressOf, type Address } from './embedded-address.ts';
import {
	createCluster,
	lastWords,
	SOCKET_PORT,
	startPostmaster,
	stopPostmaster,
	type Cluster,
} from './embedded-cluster.ts';
import { recordedPort, runningPostmaster } from './embedded-processes.ts';
import { DATABASE, passwords, prepareDatabase, SUPERUSER, type Passwords } from './embedded-roles.ts';

export interface SessionOptions {
	log?: (line: string) => void;
	/** Called when the server died and could not be started again. */
	onLost?: (error: Error) => void;
}

const PRESENCE = 'mitrat-presence';
const START_PATIENCE = 300_000;
/** Starting again after the server died: pauses in milliseconds before each attempt. */
const RESTART_PAUSES = [0, 100, 500, 2000, 5000];

export class Session {
	joined = false;
	readonly #cluster: Cluster;
	readonly #dataDir: string;
	readonly #options: SessionOptions;
	#passwords: Passwords | undefined;
	#presence: pg.Client | undefined;
	readonly #address: Address;
	/** Always the same with sockets; with TCP found at the first start and kept. */
	#port: number | undefined;
	#leaving = false;

	constructor(cluster: Cluster, dataDir: string, options: SessionOptions) {
		this.#cluster = cluster;
		this.#address = addressOf(cluster.folder);
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
			if (!this.joined) await this.#start(this.#passwords);
		} catch (error) {
			if (time === 'first') this.#address.forget();
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
			this.#address.forget();
		}
	}

	/** How to connect as a role. */
	access(role: keyof Passwords): pg.PoolConfig {
		const database = role === SUPERUSER ? 'postgres' : DATABASE;
		return {
			host: this.#address.host,
			port: this.#port ?? SOCKET_PORT,
			user: role,
			password: this.#words()[role],
			database,
		};
	}

	#lock(): Promise<FolderLock> {
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

	async #start(words: Passwords): Promise<void> {
		const postmaster = await startPostmaster(this.#cluster, this.#port);
		this.#port = postmaster.port;
		let reason: string | undefined;
		void postmaster.exited.then((why) => (reason = why));
		try {
			await this.#connect(() => reason !== undefined);
			await prepareDatabase(this.#here(), words);
		} catch (error) {
			await this.#dropPresence();
			if (reason === undefined) await stopPostmaster(this.#cluster, postmaster.pid);
			throw error;
		}
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
		await client?.end().catch(() => undefined);
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
