/**
 * A lock on a file that the system itself releases when its holder dies, kill -9 included. Node has no flock(); SQLite, which
 * it brings, takes one for us: an exclusive transaction on an empty database that is never written. It works on every
 * platform and across containers that share a folder. Nothing else may open the file: closing it would drop the lock.
 */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from './errors.ts';

const SQLITE_BUSY = 5;

export interface FolderLock {
	release(): void;
}

/**
 * Takes the lock if nobody holds it.
 * @returns undefined while another process (or another part of this one) holds it
 * @throws UserError when the file cannot be written
 */
export function tryLock(file: string): FolderLock | undefined {
	let database: DatabaseSync | undefined;
	try {
		database = new DatabaseSync(file);
		database.exec('pragma journal_mode = memory; begin exclusive');
		const held = database;
		return { release: () => held.close() };
	} catch (error) {
		database?.close();
		if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
		throw new UserError(`Die Sperrdatei ${file} lässt sich nicht beschreiben.`, { cause: error });
	}
}

/**
 * Waits until the lock is free and takes it.
 * @param onWait called once when that takes more than a second
 * @throws UserError after `patience` milliseconds
 */
export async function waitForLock(file: string, patience = 60_000, onWait?: () => void): Promise<FolderLock> {
	const begin = performance.now();
	for (let told = false; ; await pause(20)) {
		const lock = tryLock(file);
		if (lock) return lock;
		const waited = performance.now() - begin;
		if (!told && waited > 1000) onWait?.();
		told ||= waited > 1000;
		if (waited > patience) throw new UserError(`Ein anderer Vorgang hält die Sperre ${file} fest.`);
	}
}
