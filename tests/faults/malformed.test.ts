/** Whatever is sent: no answer is an error of ours, and the application goes on. */
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { builtApplication } from '../support/build.ts';
import { plainPage } from '../support/forms.ts';
import { waysOf } from '../support/routes.ts';
import { oddRequest, type Odd, type Offers } from './odd.ts';
import { chance, isLong, victim } from './program.ts';

const REQUESTS = Number(process.env.MITRAT_FAULT_REQUESTS ?? 10_000);
const ABREAST = 16;
/** Every run of the tests asks the same; the long run asks something else each time, and prints what. */
const SEED = Number(process.env.MITRAT_FAULT_SEED ?? (isLong ? Date.now() % 100_000 : 21_816));
/** Acts that end the session everybody here shares. */
const ENDING = /abmelden|sitzung-beenden|geraete|konto/;

const town = await victim();
afterAll(() => town.remove());
await town.start();
const ways = (await waysOf(await builtApplication())).filter(({ path, action }) => !ENDING.test(`${path}${action}`));
const agent = new Agent({ keepAlive: true, maxSockets: ABREAST });
afterAll(() => agent.destroy());

/** Reads pages, and what they lead to, as somebody signed in would find them. */
async function offersOf(cookie: string): Promise<Offers> {
	const paths = new Set(['/', '/tisch']);
	const fields = new Set<string>();
	const values = new Set<string>();
	const read = new Set<string>();
	for (const path of paths) {
		if (read.size === 120) break;
		read.add(path);
		const { html } = await plainPage(town, path, cookie);
		for (const [, href] of html.matchAll(/href="(\/[^"?#]*)/g)) paths.add(href!);
		for (const [, name] of html.matchAll(/\sname="([^"]+)"/g)) fields.add(name!);
		for (const [, value] of html.matchAll(/\svalue="([^"]{1,60})"/g)) values.add(value!);
	}
	return { paths: [...paths], fields: [...fields], values: [...values] };
}

function send({ method, path, headers, body }: Odd, cookie: string | undefined): Promise<number> {
	return new Promise((resolve, reject) => {
		const sent = request(
			`${town.url}/`,
			{
				agent,
				method,
				path,
				headers: {
					...(cookie && !headers.cookie && { cookie }),
					...headers,
					...(body && { 'content-length': body.length }),
				},
			},
			(answer) => {
				// Streams never end by themselves.
				if (String(answer.headers['content-type']).startsWith('text/event-stream')) answer.destroy();
				else answer.resume();
				answer.on('close', () => resolve(answer.statusCode!));
			},
		);
		sent.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve(0) : reject(error)));
		sent.end(body);
	});
}

test(`${REQUESTS} malformed requests to all endpoints: not one answer is an error of ours (seed ${SEED})`, async () => {
	const cookies = [
		undefined,
		await town.signIn('Geschäftsstelle'),
		await town.signIn('Mitglied'),
		await town.signIn('Betreuung des Programms'),
	];
	const offers = await offersOf(cookies[1]!);
	const random = chance(SEED);
	const broken: string[] = [];
	let left = REQUESTS;
	const asker = async () => {
		while (left-- > 0) {
			const cookie = cookies[Math.floor(random() * cookies.length)];
			const odd = oddRequest(random, ways, offers, town.url);
			// What cannot even be put on the wire by this client is sent as bytes by the next test.
			const status = await send(odd, cookie).catch(() => -1);
			if (status >= 500) broken.push(`${status} ${odd.method} ${odd.path} ${odd.body?.toString().slice(0, 300) ?? ''}`);
		}
	};
	await Promise.all(Array.from({ length: ABREAST }, asker));
	expect(broken, faultsOf(town.said())).toEqual([]);
	expect((await plainPage(town, '/sitzungen')).status).toBe(200);
}, 600_000);

/** What the program wrote of its errors, each kind once, with a count. */
function faultsOf(said: string): string {
	const kinds = Map.groupBy(
		said.split('\n').filter((line) => line.startsWith('{"at"')),
		(line) => {
			const { route, method, type, code, stack } = JSON.parse(line) as Record<string, string | string[] | undefined>;
			return `${route} ${method} ${type} ${code} ${stack
				?.slice(0, 4)
				.toString()
				.replaceAll(/file:\/\/\S+\//g, '')}`;
		},
	);
	return [...kinds].map(([kind, lines]) => `${lines.length} × ${kind}`).join('\n');
}

test('bytes that are no HTTP are refused or cut off, and nobody else notices', async () => {
	const bytes = [
		'\r\n\r\n\r\n',
		'GET\r\n\r\n',
		'GET / HTTP/9.9\r\n\r\n',
		'GET  /  HTTP/1.1\r\n\r\n',
		'GET / HTTP/1.1\r\n\r\n',
		'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
		'GET / HTTP/1.1\r\nHost: \0\r\n\r\n',
		'GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n',
		`GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
		`GET / HTTP/1.1\r\nHost: localhost\r\n${'x: y\r\n'.repeat(5000)}\r\n`,
		'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n',
		'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
		'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
		'GET http://elsewhere.example/ HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n',
		'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
		'GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
		'\x16\x03\x01\x02\x00\x01\x00',
	];
	const { port } = new URL(town.url);
	for (const sent of bytes) {
		const socket = connect(Number(port), '127.0.0.1');
		const answered = socket.toArray().catch(() => []);
		socket.end(Buffer.from(sent, 'latin1'));
		const said = Buffer.concat((await answered) as Buffer[]).toString('latin1');
		expect(said, JSON.stringify(sent.slice(0, 60))).not.toMatch(/^HTTP\/1\.1 5\d\d/);
	}
	expect((await plainPage(town, '/')).status).toBe(200);
});
