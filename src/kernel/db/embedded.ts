/**
 * The embedded PostgreSQL of a data folder: the real server, started by whoever needs it first, shared by every Mitrat
 * process on the folder, stopped by the last one. Each process keeps one idle connection, its *presence*: it tells the
 * others that somebody is here, and this process when the server is gone.
 */
import { statSync } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { UserError } from '../errors.ts';
import { findBinaries, type Identity } from './embedded-binaries.ts';
import type { Cluster } from './embedded-cluster.ts';
import { APP, OWNER, SUPERUSER } from './embedded-roles.ts';
import { Session, type SessionOptions } from './embedded-session.ts';

export interface EmbeddedOptions extends SessionOptions {
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

const NOBODY = 65534;

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
