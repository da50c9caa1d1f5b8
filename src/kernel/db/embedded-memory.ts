import { readdirSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';

const MB = 2 ** 20;
const LEAST = 64;
const MOST = 1024;

/**
 * Shared memory for a database of this size, in MB: an eighth of it, at least 64, at most a sixteenth of the machine's memory or 1,024. What does
 * not fit is read from the system again and again: each page of a search in a million papers, for example.
 */
export function sharedBuffers(dataBytes: number, memoryBytes = ourMemory()): number {
	const wanted = Math.round(dataBytes / 8 / MB);
	return Math.max(LEAST, Math.min(wanted, Math.floor(memoryBytes / 16 / MB), MOST));
}

/** The machine's memory, or what a container has of it. */
function ourMemory(): number {
	const constrained = process.constrainedMemory();
	return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/** Bytes of all tables and indexes of a cluster; 0 for one that is not there yet. */
export function bytesOfData(cluster: string): number {
	try {
		return readdirSync(join(cluster, 'base'), { withFileTypes: true, recursive: true })
			.filter((entry) => entry.isFile())
			.reduce((sum, { parentPath, name }) => sum + sizeOf(join(parentPath, name)), 0);
	} catch {
		return 0;
	}
}

/** A server that is just ending still removes files. */
function sizeOf(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
