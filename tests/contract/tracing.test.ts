/** Traces: a collector on this machine gets the spans of requests, queries, jobs and mails, and nothing that names anybody. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, expect, test, vi } from 'vitest';
import { inviteAccount } from '../../src/kernel/identity/links.ts';
import { queueMail } from '../../src/kernel/mail/queue.ts';
import { write } from '../../src/kernel/write.ts';
import { startTracing } from '../../src/server/tracing.ts';
import { startApp } from '../support/app.ts';

interface Told {
	name: string;
	kind: number;
	traceId: string;
	spanId: string;
	parentSpanId?: string;
	attributes: { key: string; value: Record<string, unknown> }[];
	status: { code?: number };
	startTimeUnixNano: string;
	endTimeUnixNano: string;
}

const told: Told[] = [];
let everything = '';
const collector = createServer((req, res) => {
	req.toArray().then(
		(chunks) => {
			const body = Buffer.concat(chunks as Buffer[]).toString();
			everything += body;
			const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Told[] }[] }[] };
			for (const { scopeSpans } of resourceSpans) for (const { spans } of scopeSpans) told.push(...spans);
			res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
		},
		() => res.destroy(),
	);
});
const mailServer = new SMTPServer({
	authOptional: true,
	disabledCommands: ['STARTTLS'],
	onData: (stream, _session, done) => void stream.resume().on('end', () => done()),
});
const [collectorPort, mailPort] = [await listening(collector), await listening(mailServer.server as unknown as Server)];
process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${collectorPort}`;
process.env.OTEL_BSP_SCHEDULE_DELAY = '20';
process.env.OTEL_RESOURCE_ATTRIBUTES = 'deployment.environment.name=probe';
const app = await startApp({
	env: { MITRAT_PAGE_THREADS: '1', SMTP_URL: `smtp://127.0.0.1:${mailPort}`, MAIL_FROM: 'rat@elbstadt.example' },
});
afterAll(() => {
	for (const name of ['ENDPOINT', 'TRACES_EXPORTER']) delete process.env[`OTEL_EXPORTER_OTLP_${name}`];
	for (const name of ['BSP_SCHEDULE_DELAY', 'RESOURCE_ATTRIBUTES']) delete process.env[`OTEL_${name}`];
	collector.close();
	mailServer.close();
});

async function listening(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

const attribute = (span: Told, key: string) =>
	Object.values(span.attributes.find((one) => one.key === key)?.value ?? {})[0];
/** Waits until it has arrived: the program sends in batches. */
const arrived = (isIt: (span: Told) => boolean): Promise<Told> =>
	vi.waitFor(() => {
		const span = told.find(isIt);
		expect(span).toBeDefined();
		return span!;
	}, 60_000);
const TRACE = 'ab'.repeat(16);
const CALLER = 'cd'.repeat(8);

test('a request is a span of its caller’s trace, named by its route; its queries are its children', async () => {
	const answer = await fetch(`${app.url}/sitzungen?gremium=geheimnis-1`, {
		headers: {
			accept: 'text/html',
			cookie: 'a=geheimnis-2',
			'user-agent': 'geheimnis-3',
			traceparent: `00-${TRACE}-${CALLER}-01`,
		},
	});
	expect(answer.status).toBe(200);
	const request = await arrived(({ traceId, kind }) => traceId === TRACE && kind === 2);
	expect(request).toMatchObject({ name: 'GET /(council)/sitzungen', parentSpanId: CALLER });
	expect(attribute(request, 'http.route')).toBe('/(council)/sitzungen');
	expect(Number(attribute(request, 'http.response.status_code'))).toBe(200);
	expect(attribute(request, 'mitrat.request')).toBe(answer.headers.get('x-request-id'));
	const queries = told.filter(({ parentSpanId }) => parentSpanId === request.spanId);
	expect(queries.length).toBeGreaterThanOrEqual(Number(attribute(request, 'mitrat.queries')));
	expect(queries.length).toBeGreaterThan(0);
	for (const query of queries) {
		expect(query.name).toMatch(/^(select|with|insert|update|delete)( [a-z_]+\.[a-z_]+)?$/i);
		expect(attribute(query, 'db.system.name')).toBe('postgresql');
	}
	expect(queries.some((query) => /^[\w-]{20}$/.test(String(attribute(query, 'mitrat.statement'))))).toBe(true);
});

test('without a caller a trace begins here; what fails says so by its kind alone', async () => {
	await fetch(`${app.url}/personen/geheimnis-4`, { headers: { accept: 'text/html' } });
	const request = await arrived(({ name }) => name === 'GET /(shell)/personen/[id]');
	expect([request.parentSpanId ?? '', request.traceId]).toEqual(['', expect.stringMatching(/^[0-9a-f]{32}$/)]);
	expect(request.traceId).not.toBe(TRACE);
	expect(Number(attribute(request, 'http.response.status_code'))).toBe(404);
});

test('a page of a rush is one trace, too, whichever thread asks the database', async () => {
	const [kept, dropped] = ['12'.repeat(16), '34'.repeat(16)];
	let asked = 0;
	const ask = (trace: string, flags: string) =>
		fetch(`${app.url}/sitzungen?gremium=geheimnis-8-${asked++}`, {
			headers: { accept: 'text/html', traceparent: `00-${trace}-${CALLER}-${flags}` },
		}).then((answer) => answer.text());
	const inThread = ({ name, traceId }: Told) => name === 'page thread' && traceId === kept;
	// A thread begins with the third page at once, and answers when it has loaded.
	await vi.waitFor(
		async () => {
			await Promise.all([0, 1, 2, 3, 4, 5].map((n) => ask(n % 2 ? dropped : kept, n % 2 ? '00' : '01')));
			expect(told.some(inThread)).toBe(true);
		},
		{ timeout: 60_000 },
	);
	const thread = await arrived(inThread);
	const request = await arrived(({ spanId }) => spanId === thread.parentSpanId);
	expect(request).toMatchObject({ name: 'GET /(council)/sitzungen', traceId: kept, kind: 2 });
	const queries = told.filter(({ parentSpanId }) => parentSpanId === thread.spanId);
	expect(Number(attribute(request, 'mitrat.queries'))).toBeGreaterThan(0);
	expect(queries.length).toBeGreaterThanOrEqual(Number(attribute(request, 'mitrat.queries')));
	expect(queries.some(({ name }) => name === 'select council.meeting')).toBe(true);
	for (const { startTimeUnixNano: begin, endTimeUnixNano: end } of queries) {
		expect(BigInt(begin)).toBeLessThan(BigInt(end));
		// Two threads round their clocks differently.
		expect(Number(BigInt(begin) - BigInt(thread.startTimeUnixNano))).toBeGreaterThan(-5e6);
		expect(Number(BigInt(thread.endTimeUnixNano) - BigInt(end))).toBeGreaterThan(-5e6);
	}
	expect(told.filter(({ traceId }) => traceId === dropped)).toEqual([]);
	expect(everything).not.toMatch(/geheimnis/);
});

test('what the library of sign-in asks belongs to the request that it is asked for', async () => {
	const { url } = await inviteAccount(
		{ email: 'geheimnis-9@rat.example', name: 'Geheimnis Neun' },
		{ origin: app.url, send: async () => undefined },
	);
	const answer = await fetch(`${app.url}/anmelden/link`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: app.url, accept: 'text/html' },
		body: new URLSearchParams({ schein: new URL(url).searchParams.get('schein')! }),
	});
	expect(answer.status).toBe(303);
	const session = await arrived(({ name }) => name === 'insert auth.session');
	const request = await arrived(({ spanId }) => spanId === session.parentSpanId);
	expect(request).toMatchObject({ name: 'POST /(shell)/anmelden/link', kind: 2 });
	expect(attribute(session, 'db.system.name')).toBe('postgresql');
	expect(everything).not.toMatch(/geheimnis/);
});

test('jobs and the mails that they send are spans, without addresses or words', async () => {
	await write(app.database.ctx(), (tx) =>
		queueMail(tx, {
			to: { name: 'Geheimnis Fünf', address: 'geheimnis-5@rat.example' },
			locale: 'de',
			subject: 'geheimnis-6',
			text: 'geheimnis-7',
			html: '<p>geheimnis-7</p>',
		}),
	);
	const job = await arrived(({ name }) => name === 'job kernel.mail.send');
	const mail = await arrived(({ name }) => name === 'mail');
	expect(mail).toMatchObject({ traceId: job.traceId, parentSpanId: job.spanId });
	await arrived(({ name, parentSpanId }) => name.startsWith('select kernel.') && parentSpanId === job.spanId);
	expect(everything).not.toMatch(/geheimnis|Elbstadt|127\.0\.0\.1:/i);
	expect(everything).toContain('"deployment.environment.name"');
});

test('settings that make no sense are one sentence', async () => {
	const refused = async (settings: Record<string, string>) => {
		const before = { ...process.env };
		Object.assign(process.env, settings);
		const sentence = await startTracing().then(
			() => 'started',
			(error: Error) => error.message,
		);
		for (const name of Object.keys(settings)) {
			if (before[name] === undefined) delete process.env[name];
			else process.env[name] = before[name];
		}
		return sentence;
	};
	expect(await refused({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toContain('grpc kann Mitrat nicht');
	expect(await refused({ OTEL_TRACES_EXPORTER: 'zipkin' })).toContain('„zipkin“');
	expect(await refused({ OTEL_TRACES_SAMPLER: 'manchmal' })).toContain('OTEL_TRACES_SAMPLER „manchmal“');
	expect(await refused({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '3' })).toContain(
		'zwischen 0 und 1',
	);
	expect(await refused({ OTEL_BSP_MAX_QUEUE_SIZE: 'viele' })).toContain('OTEL_BSP_MAX_QUEUE_SIZE');
});
