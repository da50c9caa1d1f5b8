import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isLoopback, readConfig } from './config.ts';
import { projectRoot } from './project.ts';
import { readSettings, writeSettings } from './settings.ts';

let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'mitrat-config-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('nothing set: loopback, port 3000, a demonstration in the program’s folder, no proxy trusted', () => {
	expect(readConfig({})).toMatchObject({
		dataDir: join(projectRoot, 'data'),
		host: '127.0.0.1',
		port: 3000,
		mode: 'demo',
		modeIsSet: false,
		trustProxy: 0,
		demoPublic: false,
	});
});

test('empty variables count as absent', () => {
	expect(readConfig({ MITRAT_DATA: dir, PORT: '', MITRAT_MODE: ' ' })).toMatchObject({ port: 3000, modeIsSet: false });
});

test('settings of the data folder are read; the environment wins', () => {
	const smtp = `smtp://name:it's"quoted"@mail.example:587`;
	writeSettings(dir, { MITRAT_MODE: 'production', SMTP_URL: smtp, MAIL_FROM: 'rat@example.org' });
	writeSettings(dir, { MAIL_FROM: undefined, ORIGIN: 'https://rat.example/' });
	expect(readSettings(dir)).toEqual({ MITRAT_MODE: 'production', SMTP_URL: smtp, ORIGIN: 'https://rat.example/' });
	const config = readConfig({ MITRAT_DATA: dir, ORIGIN: 'http://localhost:3000' });
	expect(config).toMatchObject({
		mode: 'production',
		modeIsSet: true,
		smtpUrl: smtp,
		origins: ['http://localhost:3000'],
	});
});

test('a setting that could not be read back is refused', () => {
	expect(() => writeSettings(dir, { MAIL_FROM: 'a\nMITRAT_MODE=demo' })).toThrow(/darf keine Zeilenumbrüche/);
});

test.each([
	[{ PORT: '70000' }, 'PORT muss eine ganze Zahl von 0 bis 65535 sein, nicht „70000“.'],
	[{ MITRAT_MODE: 'live' }, 'MITRAT_MODE muss eines von demo, production, development, test sein, nicht „live“.'],
	[{ HOST: 'a b' }, 'HOST muss eine IP-Adresse oder ein Rechnername sein, nicht „a b“.'],
	[
		{ ORIGIN: 'https://rat.example/pfad' },
		'ORIGIN muss eine Adresse ohne Pfad sein, nicht „https://rat.example/pfad“.',
	],
	[{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY muss eine ganze Zahl von 0 bis 10 sein, nicht „yes“.'],
	[
		{ SMTP_URL: 'mail:geheim' },
		'SMTP_URL muss aussehen wie smtp://name:passwort@rechner:587, nicht der angegebene Wert.',
	],
	[
		{ DATABASE_OWNER_URL: 'postgres://a@b/c' },
		'DATABASE_OWNER_URL ist gesetzt, DATABASE_URL nicht: gebraucht werden beide.',
	],
	[{ S3_BUCKET: 'akten' }, /^Für S3 müssen S3_ENDPOINT/],
])('%o is one sentence', (env, sentence) => {
	expect(() => readConfig({ ...env, MITRAT_DATA: join(dir, 'none') })).toThrow(sentence);
});

test('loopback is what only this machine reaches', () => {
	expect(['127.0.0.1', '127.8.0.1', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true]);
	expect(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example', 'localhost.example'].some(isLoopback)).toBe(false);
});

test('compose.yaml sets nothing that the program does not know, and what an outside database needs', () => {
	const compose = readFileSync(join(projectRoot, 'compose.yaml'), 'utf8');
	const manual = readFileSync(join(projectRoot, 'docs/operating.md'), 'utf8');
	const known = new Set(manual.slice(manual.indexOf('## All settings')).match(/`[A-Z][A-Z0-9_]+`/g));
	const set = [...compose.matchAll(/^ {6}([A-Z][A-Z0-9_]+): (.+)$/gm)].map(
		([, name, value]) => [name!, value!] as const,
	);
	expect(set.map(([name]) => name).filter((name) => !known.has(`\`${name}\``))).toEqual([]);
	const values = Object.fromEntries(set.map(([name, value]) => [name, value.replace(/^'|'$/g, '')]));
	const url = 'postgres://mitrat_app:secret@database.example:5432/mitrat';
	const config = readConfig({ ...values, MITRAT_DATA: dir, DATABASE_URL: url, DATABASE_OWNER_URL: url });
	expect(config).toMatchObject({ mode: 'production', host: '0.0.0.0', trustProxy: 1, databaseUrl: url });
});
