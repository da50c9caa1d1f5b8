/**
 * Ends the tests' database server when the runner is gone without a farewell (killed, out of memory). Run as a process
 * of its own, in a session of its own: what kills the runner's whole group does not reach it. It lives as long as the
 * pipe from the runner is open; `watchdog.ts FOLDER` is the data folder to end and to remove.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ended, runningPostmaster, signal } from '../../src/kernel/db/embedded-processes.ts';

/** Milliseconds for a server to end at once; it has nothing to save. */
const PATIENCE = 20_000;

/** Begins to watch over the server of this data folder. @returns ends the watch; the server is then the caller's again */
export function watchOver(dataDir: string): () => Promise<void> {
	const child = spawn(process.execPath, [fileURLToPath(import.meta.url), dataDir], {
		stdio: ['pipe', 'ignore', 'inherit'],
		detached: true,
	});
	child.unref();
	const exited = once(child, 'exit');
	return async () => {
		child.ref();
		child.stdin.end('farewell');
		await exited;
	};
}

if (process.argv[1] === import.meta.filename) await watch(process.argv[2]!);

async function watch(dataDir: string): Promise<void> {
	// The runner's signals (Ctrl-C in its terminal) are not meant for this one.
	for (const name of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(name, () => undefined);
	const said = (await process.stdin.toArray()).join('');
	if (said === 'farewell') return;
	for (const cluster of clusters(dataDir)) {
		const pid = runningPostmaster(cluster);
		if (!pid) continue;
		signal(pid, 'SIGQUIT');
		if (!(await ended(pid, cluster, PATIENCE))) signal(pid, 'SIGKILL');
	}
	await rm(dataDir, { recursive: true, force: true });
}

function clusters(dataDir: string): string[] {
	const parent = join(dataDir, 'postgres');
	return existsSync(parent) ? readdirSync(parent).map((version) => join(parent, version)) : [];
}
