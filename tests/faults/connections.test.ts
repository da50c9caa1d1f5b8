/** Many who hold a connection: those who send nothing, and those who listen. */
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { until } from '../../src/server/testing.ts';
import { family, memory } from '../bench/processes.ts';
import { plainPage } from '../support/forms.ts';
import { bodyOf, isLong, propose, victim } from './program.ts';

const LISTENERS = 2000;
const SLOW = 500;
const SOAK_MS = 30 * 60_000;

const town = await victim();
afterAll(() => town.remove());
await town.start();
const cookie = await town.signIn('Geschäftsstelle');

test(`${SLOW} connections that send a byte now and then are cut off, and everybody else is served meanwhile`, async () => {
	let closed = 0;
	const slow = Array.from({ length: SLOW }, () => {
		const socket = connect(Number(new URL(town.url).port), '127.0.0.1');
		socket.on('error', () => undefined).on('close', () => closed++);
		socket.resume();
		socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
		return socket;
	});
	const drip = setInterval(() => slow.forEach((socket) => socket.writable && socket.write('a')), 1000);
	try {
		await until(async () => {
			expect((await plainPage(town, '/sitzungen')).status).toBe(200);
			return closed === SLOW;
		});
	} finally {
		clearInterval(drip);
		slow.forEach((socket) => socket.destroy());
	}
}, 120_000);

/** A listener that counts what it is told. */
interface Listener {
	told: string;
	leave(): void;
}

function listen(path: string, agent: Agent): Promise<Listener> {
	return new Promise((resolve, reject) => {
		const asked = request(
			`${town.url}${path}`,
			{ agent, headers: { cookie, accept: 'text/event-stream' } },
			(answer: IncomingMessage) => {
				const listener = { told: '', leave: () => asked.destroy() };
				if (answer.statusCode !== 200) return void asked.destroy(new Error(`${path} answered ${answer.statusCode}`));
				answer.on('data', (chunk: Buffer) => (listener.told += chunk.toString())).on('error', () => undefined);
				resolve(listener);
			},
		);
		asked.on('error', reject).end();
	});
}

test(`${LISTENERS} who follow a session all hear of a change, and leave nothing behind`, async () => {
	const [, slug] = /\/sitzungen\/(\d{4}-\d\d-\d\d)"/.exec((await plainPage(town, '/sitzungen')).html)!;
	const agent = new Agent({ keepAlive: false });
	const listeners: Listener[] = [];
	for (let begun = 0; begun < LISTENERS; begun += 100)
		listeners.push(
			...(await Promise.all(Array.from({ length: 100 }, () => listen(`/sitzungen/${slug}/ereignisse`, agent)))),
		);
	await until(() => listeners.every(({ told }) => told.includes('event: ready')));
	const held = await town.sql<{ open: number }>(
		`select count(*)::int as open from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`,
	);
	expect(held[0]!.open, 'listening holds no connection of the database').toBeLessThan(20);

	const page = await plainPage(town, `/sitzungen/${slug}/verlauf`, cookie);
	const act = ['prepare', 'open', 'chair', 'break'].find((art) => page.offers({ art }))!;
	await page.send({ art: act }, { proper: 'ja' });
	await until(() => listeners.every(({ told }) => told.includes('event: change')));
	for (const { leave } of listeners) leave();
	await until(async () => (await connectionsOf(town.pid)) < 100);
	expect((await plainPage(town, '/')).status).toBe(200);
}, 240_000);

/** Sockets that a process holds. */
async function connectionsOf(pid: number): Promise<number> {
	const { readdir, readlink } = await import('node:fs/promises');
	const names = await readdir(`/proc/${pid}/fd`);
	const targets = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
	return targets.filter((target) => target.startsWith('socket:')).length;
}

test.runIf(isLong)(
	'memory is flat over half an hour of reading and writing',
	async () => {
		const end = performance.now() + SOAK_MS;
		const samples: number[] = [];
		const body = await bodyOf(town.url);
		let number = 0;
		const reader = async (path: string) => {
			while (performance.now() < end) await plainPage(town, path, number % 2 ? cookie : undefined);
		};
		const writer = async () => {
			while (performance.now() < end) {
				expect(await propose(town.url, cookie, body, `Dauerlauf ${++number}`)).toBe(303);
				await pause(200);
			}
		};
		const watcher = async () => {
			for (; performance.now() < end; await pause(30_000)) samples.push(memory(family(town.pid)));
		};
		await Promise.all([
			reader('/'),
			reader('/sitzungen'),
			reader('/vorlagen'),
			reader('/suche?q=Sprache'),
			writer(),
			watcher(),
		]);
		const third = Math.floor(samples.length / 3);
		const mean = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
		// The first third warms caches up; what leaks would go on growing by more than a tenth.
		expect(mean(samples.slice(-third)) / mean(samples.slice(third, 2 * third))).toBeLessThan(1.1);
	},
	SOAK_MS + 300_000,
);
