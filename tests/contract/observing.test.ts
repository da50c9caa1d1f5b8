import { request } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { beforeKit } from '../../src/server/before-kit.ts';
import { health } from '../../src/server/health.ts';
import { createEntry, listen } from '../../src/server/entry.ts';
import { metricsPage } from '../../src/server/metrics.ts';
import { enqueueJob } from '../../src/kernel/jobs/queue.ts';
import { announceStop, runtime } from '../../src/kernel/runtime.ts';
import { write } from '../../src/kernel/write.ts';
import { startApp } from '../support/app.ts';

const TOKEN = 'ein-langes-wort-fuer-den-waechter';
const app = await startApp({ workers: 0, env: { MITRAT_METRICS_TOKEN: TOKEN, MITRAT_LOG_REQUESTS: 'yes' } });
afterEach(() => vi.restoreAllMocks());

interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: string;
}

/** With any Host, which fetch would not send. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', url = app.url): Promise<Answer> {
	const { port } = new URL(url);
	return new Promise((resolve, reject) => {
		const asked = request({
			host: '127.0.0.1',
			port,
			path,
			method,
			headers: { host: 'elbstadt.localhost', ...headers },
		});
		asked.on('error', reject).on('response', (response) => {
			response.toArray().then((chunks) => {
				const body = Buffer.concat(chunks as Buffer[]).toString();
				resolve({ status: response.statusCode!, headers: response.headers, body });
			}, reject);
		});
		asked.end();
	});
}

const metrics = async () => (await ask('/metrics', { authorization: `Bearer ${TOKEN}` })).body;

function value(text: string, series: string): number {
	const line = text.split('\n').find((one) => one.startsWith(`${series} `));
	return Number(line?.slice(series.length + 1) ?? Number.NaN);
}

/** What is written to standard error while work runs, as objects. */
async function logged(work: () => Promise<unknown>): Promise<{ all: string; lines: Record<string, unknown>[] }> {
	const written: string[] = [];
	vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
	await work();
	await vi.waitFor(() => expect(written.length).toBeGreaterThan(0), { timeout: 60_000 });
	vi.restoreAllMocks();
	const all = written.join('');
	return {
		all,
		lines: all
			.split('\n')
			.filter((line) => line.startsWith('{'))
			.map((line) => JSON.parse(line)),
	};
}

describe('health', () => {
	test('is told under any host name, to load balancers that know only an address', async () => {
		await app.database.addTown('Anderstadt');
		for (const path of ['/health', '/health/ready', '/health/live']) {
			const answer = await ask(path, { host: '10.0.0.7:3000' });
			expect([answer.status, answer.body, answer.headers['cache-control']]).toEqual([200, 'ok\n', 'no-store']);
		}
		expect((await ask('/health', {}, 'POST')).status).toBe(405);
	});

	test('tells a database that does not answer from a process that does', async () => {
		vi.spyOn(runtime().pool, 'query').mockImplementation(() => Promise.reject(new Error('away')));
		expect((await ask('/health/ready')).status).toBe(503);
		expect((await ask('/health/live')).status).toBe(200);
	});
});

describe('metrics', () => {
	test('count requests by the pattern of their route, with time and queries, and nothing that names a person or thing', async () => {
		await ask('/personen/geheimnis-17?suche=Nadiya', { accept: 'text/html', cookie: 'a=b' });
		await ask('/sitzungen?gremium=geheimnis-18', { accept: 'text/html', cookie: 'a=b' });
		const text = await metrics();
		expect(value(text, 'mitrat_http_requests_total{method="GET",route="/(council)/sitzungen",status="200"}')).toBe(1);
		expect(value(text, 'mitrat_http_request_duration_seconds_count{route="/(council)/sitzungen"}')).toBe(1);
		expect(value(text, 'mitrat_sql_queries_total{route="/(council)/sitzungen"}')).toBeGreaterThan(0);
		expect(text).not.toMatch(/geheimnis|Nadiya|Elbstadt/);
	});

	test('tell pool, event loop, memory and the queue of all towns', async () => {
		await write(app.database.ctx(), (tx) => enqueueJob(tx, 'council.remind', {}));
		await write(app.database.ctx(), (tx) => enqueueJob(tx, 'council.other', {}, { maxAttempts: 1 }));
		await app.database.sql(
			`update graphile_worker._private_jobs set attempts = 1, last_error = 'x' where max_attempts = 1`,
		);
		const text = await metrics();
		expect(value(text, 'mitrat_jobs{state="failed"}')).toBe(1);
		expect(value(text, 'mitrat_jobs{state="waiting"}')).toBeGreaterThanOrEqual(1);
		expect(value(text, 'mitrat_pool_connections{state="total"}')).toBeGreaterThan(0);
		expect(value(text, 'mitrat_event_loop_delay_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0);
		expect(value(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e7);
		expect(value(text, 'mitrat_database_up')).toBe(1);
	});

	test('are for the holder of the token; to everybody else there is no such page', async () => {
		for (const authorization of ['', 'Bearer falsch-falsch-falsch', `Basic ${TOKEN}`])
			expect((await ask('/metrics', { authorization })).status).toBe(404);
		expect((await ask('/metrics', { authorization: `Bearer ${TOKEN}` }, 'POST')).status).toBe(404);
	});

	test('without a token are read from this machine, but never past a proxy', async () => {
		const statusFor = async (trustProxy: number, headers: Record<string, string>) => {
			const page = metricsPage({ trustProxy }, 'test');
			const others = beforeKit.splice(0);
			beforeKit.push(page.answer);
			const entry = createEntry({ trustProxy, handler: (_req, res) => res.end(), onError: () => undefined });
			const port = await listen(entry.server, '127.0.0.1', 0);
			const { status } = await ask('/metrics', headers, 'GET', `http://127.0.0.1:${port}`);
			await entry.drain(AbortSignal.abort());
			page.stop();
			beforeKit.splice(0, 1, ...others);
			return status;
		};
		expect(await statusFor(0, { host: '127.0.0.1:3000' })).toBe(200);
		expect(await statusFor(0, { host: 'beirat.elbstadt.example' })).toBe(404);
		expect(await statusFor(1, { host: '127.0.0.1:3000' })).toBe(404);
	});
});

describe('the log', () => {
	test('has one line for a request, with its number, and neither address nor query nor agent', async () => {
		const { all, lines } = await logged(() =>
			ask('/sitzungen?gremium=geheimnis-19', {
				cookie: 'a=geheimnis-20',
				'user-agent': 'geheimnis-21',
				accept: 'text/html',
				traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`,
			}),
		);
		expect(lines[0]).toMatchObject({
			level: 'info',
			method: 'GET',
			route: '/(council)/sitzungen',
			status: '200',
			trace: 'ab'.repeat(16),
		});
		expect(all).not.toMatch(/geheimnis|127\.0\.0\.1/);
	});

	test('numbers every answer anew, and takes no number from a stranger', async () => {
		const [a, b] = [await ask('/', { 'x-request-id': 'von-fremder-hand' }), await ask('/health/live')];
		expect(a.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
		expect(b.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
		expect(a.headers['x-request-id']).not.toBe(b.headers['x-request-id']);
	});

	test('an error stands there with the number that its answer carries', async () => {
		vi.spyOn(runtime().pool, 'connect').mockImplementation(() => Promise.reject(new Error('away')));
		let answer: Answer | undefined;
		const { lines } = await logged(async () => {
			answer = await ask('/sitzungen', { accept: 'text/html', cookie: 'a=b' });
		});
		expect(answer!.status).toBe(500);
		expect(lines.find(({ level }) => level === 'error')).toMatchObject({ request: answer!.headers['x-request-id'] });
	});
});

test('who is about to stop gets no more requests from a load balancer', async () => {
	const others = beforeKit.splice(0);
	beforeKit.push(health);
	announceStop();
	const answer = await ask('/health/ready');
	expect([answer.status, answer.body]).toEqual([503, 'stopping\n']);
	beforeKit.splice(0, 1, ...others);
});
