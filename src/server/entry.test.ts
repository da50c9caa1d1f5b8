import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { beforeKit } from './before-kit.ts';
import { createEntry, listen, type Entry, type EntryOptions } from './entry.ts';

const entries: Entry[] = [];
const errors: unknown[] = [];
afterEach(async () => {
	beforeKit.length = 0;
	errors.length = 0;
	for (const entry of entries.splice(0)) await entry.drain(AbortSignal.abort());
});

async function serve(
	handler: EntryOptions['handler'],
	trust: Partial<EntryOptions> = {},
): Promise<{ port: number; entry: Entry }> {
	const entry = createEntry({ handler, trustProxy: 0, onError: (error) => errors.push(error), ...trust });
	entries.push(entry);
	return { port: await listen(entry.server, '127.0.0.1', 0), entry };
}

const showHeaders = (req: IncomingMessage, res: ServerResponse) => res.end(JSON.stringify(req.headers));

/** What SvelteKit would see of a request with these headers. */
async function seen(trust: Partial<EntryOptions>, headers: Record<string, string>): Promise<IncomingHttpHeaders> {
	const { port } = await serve(showHeaders, trust);
	return (await (await fetch(`http://127.0.0.1:${port}/`, { headers })).json()) as IncomingHttpHeaders;
}

/** Sends exactly these bytes. @returns everything that comes back until the connection closes */
async function raw(port: number, bytes: string): Promise<string> {
	const socket = connect(port, '127.0.0.1').setEncoding('utf8');
	socket.write(bytes);
	return (await socket.toArray()).join('');
}

const FORGED = {
	'x-forwarded-proto': 'https',
	'x-forwarded-host': 'evil.example',
	'x-forwarded-for': '6.6.6.6',
	'x-forwarded-port': '99',
	forwarded: 'host=evil.example',
};

test('without a trusted proxy nothing that a client sends about itself counts', async () => {
	const headers = await seen({}, FORGED);
	expect(headers['x-forwarded-proto']).toBe('http');
	for (const name of ['x-forwarded-host', 'x-forwarded-for', 'x-forwarded-port', 'forwarded'])
		expect(headers).not.toHaveProperty(name);
});

test('requests for the host of an https ORIGIN are https, others not', async () => {
	const { port } = await serve(showHeaders, { origins: ['https://rat.example', 'https://beirat.example'] });
	const ask = (host: string) => raw(port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
	for (const host of ['rat.example', 'beirat.example'])
		expect(await ask(host)).toContain('"x-forwarded-proto":"https"');
	expect(await ask('127.0.0.1:3000')).toContain('"x-forwarded-proto":"http"');
});

test('behind one trusted proxy its entries count, not those that came before', async () => {
	const headers = await seen(
		{ trustProxy: 1 },
		{
			'x-forwarded-proto': 'ftp, https',
			'x-forwarded-host': 'evil.example, rat.example',
			'x-forwarded-for': '6.6.6.6, 10.1.2.3',
		},
	);
	expect(headers).toMatchObject({
		'x-forwarded-proto': 'https',
		'x-forwarded-host': 'rat.example',
		'x-forwarded-for': '6.6.6.6, 10.1.2.3',
	});
});

test('a trusted proxy that says nothing: plain http from its own address', async () => {
	const headers = await seen({ trustProxy: 2 }, {});
	expect(headers).toMatchObject({ 'x-forwarded-proto': 'http', 'x-forwarded-for': '127.0.0.1,127.0.0.1' });
});

test('a host that is none gets 400', async () => {
	const { port } = await serve(showHeaders);
	for (const host of ['a b', 'evil.example/path', 'a@b', '']) {
		expect(await raw(port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 400 /);
	}
	expect(await raw(port, 'GET / HTTP/1.1\r\nHost: [::1]:3000\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
});

test('what stands before Kit may answer, at once or later, or let pass; no banner is sent', async () => {
	const asked: string[] = [];
	beforeKit.push((req) => !asked.push(`first ${req.url}`));
	beforeKit.push(async (req, res) => {
		if (req.url !== '/cached') return false;
		res.end('from the cache');
		return true;
	});
	const { port } = await serve((_req, res) => res.end('from Kit'));
	const text = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
	expect([await text('/cached'), await text('/other')]).toEqual(['from the cache', 'from Kit']);
	expect(asked).toEqual(['first /cached', 'first /other']);
	const answer = await raw(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
	expect(answer).not.toMatch(/^(server|x-powered-by):/im);
});

test('an error that nothing else caught is a bare 500, and is told', async () => {
	const { port } = await serve(() => Promise.reject(new Error('secret detail')));
	const response = await fetch(`http://127.0.0.1:${port}/`);
	expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error']);
	expect(errors).toHaveLength(1);
});

test('a stream of events does not hold up the end', async () => {
	const { port, entry } = await serve((_req, res) => {
		res.setHeader('content-type', 'text/event-stream');
		res.write(': hello\n\n');
	});
	const socket = connect(port, '127.0.0.1');
	socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
	await once(socket, 'data');
	await entry.drain(new AbortController().signal);
	await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});

test('who never finishes asking is limited in time', async () => {
	const { entry } = await serve(showHeaders);
	const { headersTimeout, requestTimeout, timeout } = entry.server;
	expect([headersTimeout, requestTimeout, timeout].every((limit) => limit > 0 && limit <= 600_000)).toBe(true);
});
