/** Memory and processor time of processes, as Linux tells them. */
import { readFileSync, readdirSync } from 'node:fs';

/** `getconf CLK_TCK`: 100 on every Linux that Node.js runs on. */
const TICKS_A_SECOND = 100;

/** A process and everything it started, directly or not. */
export function family(pid: number): number[] {
	const children = new Map<number, number[]>();
	for (const name of readdirSync('/proc')) {
		const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : undefined;
		if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
	}
	const below = (one: number): number[] => [one, ...(children.get(one) ?? []).flatMap(below)];
	return below(pid);
}

/**
 * Proportional set size of these processes in MB: what is shared counts for each its part, so that the sum is what the
 * machine really gives.
 */
export function memory(pids: readonly number[]): number {
	const kilobytes = pids.map((pid) => {
		const [, found] = /^Pss:\s+(\d+) kB/m.exec(read(pid, 'smaps_rollup')) ?? [];
		// One that is just ending has given its memory back; its arguments went with it.
		if (!found && read(pid, 'cmdline')) throw new Error(`the memory of process ${pid} may not be read`);
		return Number(found ?? 0);
	});
	return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

/** Processor time that these processes have used so far, in milliseconds. */
export function cpuTime(pids: readonly number[]): number {
	const ticks = pids.map((pid) => {
		const fields = statOf(pid);
		return fields ? Number(fields[11]) + Number(fields[12]) : 0;
	});
	return (ticks.reduce((sum, one) => sum + one, 0) * 1000) / TICKS_A_SECOND;
}

/** Process id of the embedded server of a data folder. */
export function databaseServer(dataDir: string): number {
	const folder = `${dataDir}/postgres`;
	const [cluster] = readdirSync(folder).filter((name) => /^\d+$/.test(name));
	return Number(readFileSync(`${folder}/${cluster}/postmaster.pid`, 'utf8').split('\n')[0]);
}

function parentOf(pid: number): number | undefined {
	const fields = statOf(pid);
	return fields && Number(fields[1]);
}

/** The fields after the name in brackets, which may hold anything: state, parent, …; utime and stime are 11 and 12. */
function statOf(pid: number): string[] | undefined {
	const text = read(pid, 'stat');
	return text ? text.slice(text.lastIndexOf(')') + 2).split(' ') : undefined;
}

/** Empty for a process that has ended meanwhile. */
function read(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'utf8');
	} catch {
		return '';
	}
}
