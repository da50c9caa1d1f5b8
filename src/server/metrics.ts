/** `/metrics` for Prometheus: with the token, or from this machine where no proxy stands in front. To all others there is nothing. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Config } from '#kernel/config.ts';
import { isLoopback } from '#kernel/config.ts';
import { queueStates } from '#kernel/jobs/states.ts';
import { exposition, figures, type Figures, type Gauge } from '#kernel/observe/metrics.ts';
import { runtime } from '#kernel/runtime.ts';
import type { BeforeKit } from './before-kit.ts';

type Delay = ReturnType<typeof monitorEventLoopDelay>;

export interface MetricsPage {
	answer: BeforeKit;
	stop: () => void;
}

/**
 * @param all asks every process of the program for its figures (see metrics-of-several.ts); left out where there is one
 */
export function metricsPage(
	config: Pick<Config, 'metricsToken' | 'trustProxy'>,
	version: string,
	all?: () => Promise<Figures[]>,
): MetricsPage {
	const own = all ? undefined : ownFigures();
	const answer: BeforeKit = (req, res) => {
		if (req.url?.split('?', 1)[0] !== '/metrics') return false;
		if (req.method !== 'GET' || !mayRead(req, config)) {
			res.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not Found');
			return true;
		}
		return Promise.all([all ? all() : [own!.tell()], ofInstallation(version)]).then(([each, gauges]) => {
			const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' };
			res.writeHead(200, headers).end(exposition([...each, { counters: [], histograms: [], gauges }]));
			return true;
		});
	};
	return { answer, stop: () => own?.stop() };
}

/** What this process can say of itself. @param process its name among several */
export function ownFigures(process?: string): { tell: () => Figures; stop: () => void } {
	const delay = monitorEventLoopDelay({ resolution: 10 });
	delay.enable();
	return {
		tell: () => figures([...ofProcess(), lagGauge(delay), poolGauge()], process),
		stop: () => delay.disable(),
	};
}

/** Behind a proxy every reader comes from this machine: then only the token counts. */
function mayRead(req: IncomingMessage, { metricsToken, trustProxy }: Pick<Config, 'metricsToken' | 'trustProxy'>) {
	const [, given] = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '') ?? [];
	if (metricsToken) return given !== undefined && same(given, metricsToken);
	const address = req.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
	const host = req.headers.host?.replace(/:\d+$/, '').replace(/^\[|\]$/g, '') ?? '';
	return trustProxy === 0 && isLoopback(address) && isLoopback(host);
}

function same(a: string, b: string): boolean {
	const sum = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(sum(a), sum(b));
}

/** The same whoever is asked. */
async function ofInstallation(version: string): Promise<Gauge[]> {
	const build = {
		name: 'mitrat_build_info',
		help: 'Version of the program.',
		values: [{ labels: { version }, value: 1 }],
	};
	return [build, ...(await jobGauge())];
}

function ofProcess(): Gauge[] {
	const { user, system } = process.cpuUsage();
	const { rss, heapUsed } = process.memoryUsage();
	const started = Date.now() / 1000 - process.uptime();
	return [
		{
			name: 'process_cpu_seconds_total',
			help: 'Processor time used.',
			type: 'counter',
			values: [{ value: (user + system) / 1e6 }],
		},
		{ name: 'process_resident_memory_bytes', help: 'Memory of the process.', values: [{ value: rss }] },
		{ name: 'process_start_time_seconds', help: 'Start of the process.', values: [{ value: started }] },
		{ name: 'mitrat_heap_used_bytes', help: 'JavaScript heap in use.', values: [{ value: heapUsed }] },
	];
}

/** Since the last time somebody asked. */
function lagGauge(delay: Delay): Gauge {
	const values = ['0.5', '0.99', '1'].map((quantile) => ({
		labels: { quantile },
		value: Math.max(0, delay.percentile(Number(quantile) * 100) / 1e9),
	}));
	delay.reset();
	const help = 'How late timers fire: work that holds the process up.';
	return { name: 'mitrat_event_loop_delay_seconds', help, values };
}

function poolGauge(): Gauge {
	const { totalCount, idleCount, waitingCount } = runtime().pool;
	const states = { total: totalCount, idle: idleCount, waiting: waitingCount };
	const values = Object.entries(states).map(([state, value]) => ({ labels: { state }, value }));
	return {
		name: 'mitrat_pool_connections',
		help: 'Database connections of requests; waiting: requests without one.',
		values,
	};
}

/** Of the whole installation. While the database is away they are missing, and all else is told. */
async function jobGauge(): Promise<Gauge[]> {
	const states = await queueStates().catch(() => undefined);
	const up = {
		name: 'mitrat_database_up',
		help: 'Whether the database answered.',
		values: [{ value: states ? 1 : 0 }],
	};
	if (!states) return [up];
	const values = Object.entries(states).map(([state, value]) => ({ labels: { state }, value }));
	const help = 'Background jobs: waiting, failing (will be tried again), failed (a person must look).';
	return [up, { name: 'mitrat_jobs', help, values }];
}
