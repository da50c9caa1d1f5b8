/** Which processes belong to a cluster folder. A number in a pid file proves nothing: it may have been given to another program. */
import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

const hasProc = process.platform === 'linux';

/** The process id in `postmaster.pid`; undefined without the file. */
export function recordedPid(cluster: string): number | undefined {
	return recorded(cluster, 0);
}

/** The port in `postmaster.pid`. */
export function recordedPort(cluster: string): number | undefined {
	return recorded(cluster, 3);
}

function recorded(cluster: string, line: number): number | undefined {
	try {
		const number = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[line] ?? '');
		return number > 0 ? number : undefined;
	} catch {
		return undefined;
	}
}

/** The pid of the server that runs on this folder now. */
export function runningPostmaster(cluster: string): number | undefined {
	const pid = recordedPid(cluster);
	return pid !== undefined && belongsTo(pid, cluster) ? pid : undefined;
}

/** Whether a living process is a PostgreSQL process of this folder: by its command line and, on Linux, its working folder. */
function belongsTo(pid: number, cluster: string): boolean {
	try {
		if (process.platform === 'win32') return process.kill(pid, 0);
		if (!hasProc)
			return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes('postgres');
		// A zombie has neither; so it counts as dead.
		const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
		return command.includes('postgres') && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
	} catch {
		return false;
	}
}

/** Processes of this folder whose postmaster is gone (Linux; elsewhere they end by themselves). */
export function orphans(cluster: string): number[] {
	if (!hasProc) return [];
	return readdirSync('/proc')
		.map(Number)
		.filter((pid) => pid > 1 && belongsTo(pid, cluster));
}

/** Waits until the process is gone. @returns false when it still lives after `patience` milliseconds */
export async function ended(pid: number, cluster: string, patience: number): Promise<boolean> {
	for (const end = performance.now() + patience; performance.now() < end; await pause(10)) {
		if (!belongsTo(pid, cluster)) return true;
	}
	return false;
}

/** Sends a signal; a process that is already gone is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
	try {
		process.kill(pid, name);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
