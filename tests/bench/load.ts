/** Many requests at once, and what they cost. */
import autocannon from 'autocannon';
import { percentile } from './figures.ts';
import { cpuTime, family } from './processes.ts';

export interface Load {
	/** Requests a second. */
	rate: number;
	p50: number;
	p95: number;
	p99: number;
	/** Processor time for one request in milliseconds: of the serving process, and of the database behind it. */
	cpuMs: number;
	databaseCpuMs: number;
}

export interface LoadOptions {
	url: string;
	headers?: Record<string, string>;
	connections: number;
	/** Every answer must have it: a bench of error pages would be fast and worthless. */
	status: number;
	seconds: number;
	server: number;
	database?: number;
}

/** Asks one address again and again over keep-alive connections. @throws Error when an answer is not as expected */
export async function load(options: LoadOptions): Promise<Load> {
	const { url, headers = {}, connections, seconds } = options;
	const times: number[] = [];
	const before = usage(options);
	const run = autocannon({ url, headers, connections, duration: seconds });
	run.on('response', (_client, _status, _bytes, ms: number) => times.push(ms));
	const result = await run;
	const used = usage(options);
	const answers = result.statusCodeStats[options.status]?.count ?? 0;
	if (result.errors || answers < times.length || !answers) {
		throw new Error(`${url}: ${JSON.stringify(result.statusCodeStats)}, ${result.errors} errors`);
	}
	times.sort((a, b) => a - b);
	return {
		rate: answers / result.duration,
		p50: percentile(times, 0.5),
		p95: percentile(times, 0.95),
		p99: percentile(times, 0.99),
		cpuMs: (used.server - before.server) / answers,
		databaseCpuMs: (used.database - before.database) / answers,
	};
}

function usage({ server, database }: LoadOptions): { server: number; database: number } {
	return { server: cpuTime([server]), database: database === undefined ? 0 : cpuTime(family(database)) };
}
