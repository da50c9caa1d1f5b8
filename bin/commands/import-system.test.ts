import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runningPostmaster } from '#kernel/db/embedded-processes.ts';
import { fakeServer, type FakeServer } from '../../src/modules/(oparl)/harvest/fake-server.fixture.ts';
import { dataFolder, mitrat, outcome, until } from '../../src/server/testing.ts';

const data = dataFolder();
const cluster = join(data.path, 'postgres', '18');
const servers: FakeServer[] = [];
afterEach(async () => {
	for (const server of servers.splice(0)) await server.close();
});
afterAll(async () => {
	const pid = runningPostmaster(cluster);
	if (pid) process.kill(pid, 'SIGQUIT');
	await until(() => runningPostmaster(cluster) === undefined);
	data.remove();
});

beforeAll(async () => {
	const options = {
		name: 'Stadt Musterhausen',
		'short-name': 'Musterhausen',
		council: 'Beirat',
		origin: 'http://b.example',
	};
	const person = { 'admin-name': 'Anna Beispiel', 'admin-email': 'anna@musterhausen.example' };
	const mail = { 'smtp-url': 'smtp://beirat:geheim@127.0.0.1:9', 'mail-from': 'beirat@musterhausen.example' };
	const given = Object.entries({ ...options, ...person, ...mail }).flatMap(([name, value]) => [`--${name}`, value]);
	const { code, said } = await outcome(mitrat(['setup', ...given], { MITRAT_DATA: data.path }));
	expect(code, said).toBe(0);
}, 120_000);

async function open(): Promise<FakeServer> {
	const server = await fakeServer({ page: 2, size: { meetings: 6, papers: 8, people: 5 } });
	servers.push(server);
	return server;
}

const read = (...args: string[]) => mitrat(['import', ...args], { MITRAT_DATA: data.path });

test('a reading that is killed goes on where it was, and the next one changes nothing', async () => {
	const server = await open();
	const killed = new Promise<void>((resolve) => {
		server.wrongs.before = async (path) => {
			if (!path.includes('/paper?page=2')) return;
			server.wrongs.before = undefined;
			program.child.kill('SIGKILL');
			await program.ended;
			resolve();
		};
	});
	const program = read(server.url, '--allow-local');
	await killed;
	const asked = server.requests.length;
	const second = await outcome(read(server.url, '--allow-local'));
	expect(second.said).toMatch(/Stadt Seltenau .*: gelesen \(vollständig, fortgesetzt\)/);
	expect(second.said).toMatch(/Paper: 8 gelesen, 8 übernommen/);
	expect(second.said).toMatch(/Meeting: 6 gelesen, 6 übernommen/);
	expect(second.said).not.toContain('Auffälligkeiten');
	expect(second.code).toBe(0);
	const later = server.requests.slice(asked).map(({ path }) => path);
	expect(later.some((path) => path.includes('/meeting'))).toBe(false);
	const third = await outcome(read(server.url, '--allow-local', '--json', '--full'));
	const [report] = JSON.parse(third.said.slice(third.said.indexOf('['))) as {
		counts: Record<string, { kept: number }>;
	}[];
	expect(
		Object.values(report!.counts)
			.map(({ kept }) => kept)
			.filter(Boolean),
	).toEqual([]);
}, 120_000);

test('Ctrl-C ends a reading with what it has, and says how to go on', async () => {
	const server = await open();
	server.wrongs.before = (path) => {
		if (path.includes('/person?page=1')) program.child.kill('SIGINT');
		return Promise.resolve();
	};
	const program = read(server.url, '--allow-local');
	const { code, said } = await outcome(program);
	expect(said).toMatch(/abgebrochen, derselbe Befehl setzt fort/);
	expect(code).toBe(130);
}, 60_000);

test('addresses on this machine are asked only where allowed', async () => {
	const server = await open();
	const { code, said } = await outcome(read(server.url));
	expect(said).toMatch(/127\.0\.0\.1 liegt auf diesem Rechner oder im eigenen Netz; mit --allow-local/);
	expect(code).toBe(1);
	expect(server.requests).toEqual([]);
}, 60_000);
