import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { serverOfVersion } from './fixtures/old-server.ts';
import { dataFolder, mitrat, outcome } from './testing.ts';

/** Every refusal is one line without a stack trace, exit code 1. */
const undo: (() => void | Promise<void>)[] = [];
afterEach(async () => {
	for (const step of undo.splice(0).reverse()) await step();
});

function folder(): string {
	const { path, remove } = dataFolder();
	undo.push(remove);
	return path;
}

const BUILD = join(import.meta.dirname, 'fixtures/build');

async function refusal(env: Record<string, string>, args = ['start'], script?: string): Promise<string> {
	const { code, said } = await outcome(
		mitrat(args, { MITRAT_DATA: folder(), MITRAT_BUILD: BUILD, PORT: '0', ...env }, script),
	);
	expect(code).toBe(1);
	expect(said).not.toMatch(/^\s+at /m);
	const last = said.trimEnd().split('\n').at(-1) ?? '';
	expect(last).toMatch(/\.$/);
	return last;
}

async function listening(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	undo.push(() => new Promise((resolve) => server.close(() => resolve())));
	return (server.address() as AddressInfo).port;
}

test('port taken', async () => {
	const port = await listening(createServer());
	expect(await refusal({ PORT: String(port) })).toBe(
		`Port ${port} auf 127.0.0.1 ist schon belegt; mit PORT lässt sich ein anderer angeben.`,
	);
});

test('an address of another machine', async () => {
	expect(await refusal({ HOST: '192.0.2.1', PORT: '3210', MITRAT_MODE: 'production' })).toBe(
		'Die Adresse 192.0.2.1 gehört nicht zu diesem Rechner (HOST).',
	);
});

test('data folder in use by another server', async () => {
	const data = folder();
	const env = { MITRAT_DATA: data, MITRAT_BUILD: BUILD, MITRAT_MODE: 'production', PORT: '0' };
	const first = mitrat(['start'], env);
	const [, url] = await first.says(/Bereit nach .*: (http:\S+)/);
	expect(await refusal(env)).toBe(
		`Der Datenordner ${data} wird schon von einem anderen Mitrat-Server benutzt (Prozess ${first.child.pid}, ${url}).`,
	);
	first.child.kill('SIGTERM');
	expect(await first.ended).toBe(0);
});

test('folder not writable: a file is in the way', async () => {
	const data = folder();
	writeFileSync(data, '');
	expect(await refusal({ MITRAT_DATA: data })).toMatch(
		/^In den Datenordner .* kann nicht geschrieben werden \(dort liegt eine Datei\)/,
	);
	expect(await refusal({ MITRAT_DATA: join(data, 'below') })).toMatch(/\(ein Teil des Pfads ist kein Ordner\)/);
});

test.skipIf(process.getuid?.() === 0)('folder not writable: no right to', async () => {
	const data = folder();
	mkdirSync(data);
	chmodSync(data, 0o500);
	undo.push(() => chmodSync(data, 0o700));
	expect(await refusal({ MITRAT_DATA: data })).toMatch(/\(fehlende Rechte\)/);
});

/** Makes a process believe it runs on another machine, before any of our code is loaded. */
function elsewhere(): Record<string, string> {
	const data = folder();
	const file = join(dirname(data), 'elsewhere.mjs');
	writeFileSync(file, `Object.defineProperty(process, 'arch', { value: 's390x' });`);
	return { NODE_OPTIONS: `--import=${pathToFileURL(file).href}`, MITRAT_DATA: data };
}

test('no database binaries for this platform', async () => {
	expect(await refusal(elsewhere())).toMatch(
		/^Für \w+-s390x ist keine mitgelieferte Datenbank installiert: .*DATABASE_URL/,
	);
});

test('no Node.js for this platform, and too old a one to go on', async () => {
	const env = elsewhere();
	const old = `Object.defineProperty(process.versions, 'node', { value: '20.20.0' });`;
	const file = join(dirname(env.MITRAT_DATA!), 'old.mjs');
	writeFileSync(file, old);
	const NODE_OPTIONS = `${env.NODE_OPTIONS} --import=${pathToFileURL(file).href}`;
	expect(await refusal({ ...env, NODE_OPTIONS }, ['version'], 'bin/launch.mjs')).toMatch(
		/^Mitrat bringt kein Node.js für \w+-s390x mit/,
	);
});

test('database unreachable', async () => {
	const server = createServer();
	const port = await listening(server);
	await undo.pop()!();
	const url = (role: string) => `postgres://${role}:secret@127.0.0.1:${port}/mitrat`;
	const said = await refusal({ DATABASE_URL: url('app'), DATABASE_OWNER_URL: url('owner') });
	expect(said).toBe(
		`Der Datenbankserver ist nicht erreichbar: Rolle app, 127.0.0.1:${port}/mitrat (DATABASE_URL) nimmt keine Verbindung an.`,
	);
});

test('database server too old', async () => {
	const port = await listening(serverOfVersion(140013, '14.13'));
	const url = `postgres://app:secret@127.0.0.1:${port}/mitrat`;
	expect(await refusal({ DATABASE_URL: url, DATABASE_OWNER_URL: url })).toBe(
		'Der Datenbankserver ist PostgreSQL 14.13; Mitrat braucht 15 oder neuer.',
	);
});

test('half a configuration, a bad value; passwords are not repeated', async () => {
	expect(await refusal({ DATABASE_URL: 'postgres://app:geheim@localhost/x' })).toMatch(/DATABASE_OWNER_URL nicht/);
	expect(await refusal({ PORT: 'http' })).toBe('PORT muss eine ganze Zahl von 0 bis 65535 sein, nicht „http“.');
	const said = await refusal({
		DATABASE_URL: 'mysql://app:geheim@localhost/x',
		DATABASE_OWNER_URL: 'postgres://a@b/c',
	});
	expect(said).toMatch(/^DATABASE_URL muss aussehen wie/);
	expect(said).not.toContain('geheim');
});

test('the demonstration stays on this machine unless told twice', async () => {
	const open = { HOST: '0.0.0.0', MITRAT_MODE: 'demo' };
	expect(await refusal(open)).toMatch(/mit --public und mit MITRAT_DEMO_PUBLIC=yes\.$/);
	expect(await refusal(open, ['start', '--public'])).toMatch(/zweimal/);
	expect(await refusal({ ...open, MITRAT_DEMO_PUBLIC: 'yes' })).toMatch(/zweimal/);
	// Nobody chose a mode: decided when the database turns out to be empty.
	expect(await refusal({ ...open, MITRAT_MODE: '' })).toMatch(/zweimal/);
});

test('an unknown command, an unknown option', async () => {
	expect(await refusal({}, ['lauf'])).toBe('Den Befehl „lauf“ gibt es nicht; „mitrat help“ nennt alle.');
	const { code, said } = await outcome(mitrat(['start', '--schnell']));
	expect({ code, said }).toMatchObject({
		code: 1,
		said: expect.stringMatching(/^Mit „--schnell“ kann dieser Befehl nichts anfangen/),
	});
});

test('an error nobody foresaw is one sentence with an id, its stack is in the log', async () => {
	const data = folder();
	mkdirSync(join(data, 'broken'), { recursive: true });
	writeFileSync(join(data, 'broken/handler.js'), 'throw new TypeError("unforeseen");');
	const env = { MITRAT_DATA: data, MITRAT_BUILD: join(data, 'broken'), MITRAT_MODE: 'production', PORT: '0' };
	const { code, said } = await outcome(mitrat(['start'], env));
	expect(code).toBe(1);
	const [, id, file] = /^Unerwarteter Fehler ([0-9a-f]{8}): unforeseen \(Einzelheiten in (\S+)\)$/m.exec(said) ?? [];
	const { readFileSync } = await import('node:fs');
	expect(readFileSync(file!, 'utf8')).toMatch(new RegExp(`${id} start\\nTypeError: unforeseen\\n    at `));
});
