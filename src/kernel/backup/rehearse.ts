/** Proves a backup by restoring it, into a database that is thrown away. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openEmbedded } from '../db/embedded.ts';
import { UserError } from '../errors.ts';
import type { CheckedBackup } from './check.ts';
import { restore } from './restore.ts';

/**
 * Restores a checked backup in a server of its own, compares every row, and removes it. The files were compared by
 * `checkBackup`, they are not copied.
 * @param below folder for it, made if there is none; takes about three times the size of the tables
 * @throws UserError saying what does not fit
 */
export async function rehearse(backup: CheckedBackup, below: string, say?: (line: string) => void): Promise<void> {
	const folder = await makeFolder(below);
	try {
		const server = await openEmbedded(folder, { fsync: false });
		try {
			await restore(backup, { owner: server.owner, appRole: String(server.app.user) }, { jobs: true, say });
		} finally {
			await server.close();
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function makeFolder(below: string): Promise<string> {
	try {
		await mkdir(below, { recursive: true });
		return await mkdtemp(join(below, 'mitrat-rehearsal-'));
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new UserError(`In ${below} lässt sich kein Ordner für die Probe anlegen (${code}).`, { cause: error });
	}
}
