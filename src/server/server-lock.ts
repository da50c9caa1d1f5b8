/** One server per data folder. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '#kernel/errors.ts';
import { tryLock, waitForLock } from '#kernel/folder-lock.ts';

/** What the running server tells others about itself. */
export interface ServerNote {
	pid: number;
	/** Missing while it is starting. */
	url?: string;
}

export interface ServerLock {
	announce(url: string): void;
	release(): void;
}

/** @throws UserError with the process id of the server that uses the folder already */
export async function lockServer(dataDir: string): Promise<ServerLock> {
	// A moment of patience: somebody may just be looking (runningServer) or on the way out.
	const lock = await waitForLock(join(dataDir, 'server.lock'), 500).catch((error: UserError) => {
		throw error.cause ? error : new UserError(inUse(dataDir));
	});
	const file = noteFile(dataDir);
	const note = (content: ServerNote) => writeFileSync(file, JSON.stringify(content));
	note({ pid: process.pid });
	return {
		announce: (url) => note({ pid: process.pid, url }),
		release() {
			rmSync(file, { force: true });
			lock.release();
		},
	};
}

/** The server that runs on this folder now. */
export function runningServer(dataDir: string): ServerNote | undefined {
	const file = join(dataDir, 'server.lock');
	if (!existsSync(file)) return undefined;
	const lock = tryLock(file);
	lock?.release();
	return lock ? undefined : readNote(dataDir);
}

function inUse(dataDir: string): string {
	const note = readNote(dataDir);
	const who = note ? ` (${[`Prozess ${note.pid}`, note.url].filter(Boolean).join(', ')})` : '';
	return `Der Datenordner ${dataDir} wird schon von einem anderen Mitrat-Server benutzt${who}.`;
}

function readNote(dataDir: string): ServerNote | undefined {
	try {
		return JSON.parse(readFileSync(noteFile(dataDir), 'utf8')) as ServerNote;
	} catch {
		return undefined;
	}
}

function noteFile(dataDir: string): string {
	return join(dataDir, 'server.json');
}
