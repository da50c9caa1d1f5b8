/** The thread beside the reader: a parser that hangs or swells cannot watch itself. */
import { workerData } from 'node:worker_threads';

const INTERVAL_MS = 50;
const memoryLimit = workerData as Float64Array;
const parent = process.ppid;

setInterval(() => {
	if (process.memoryUsage.rss() > memoryLimit[0]! || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, INTERVAL_MS);
