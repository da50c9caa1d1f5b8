import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { EXTENSIONS } from './embedded-roles.ts';
import { openExternal } from './external.ts';

/** Roles and a database made for this file on the server of the tests, whichever it is. */
const { superuser } = inject('server');
const tag = randomBytes(4).toString('hex');
const DATABASE = `external_${tag}`;
const role = (name: string) => `${name}_${tag}`;
const made: string[] = [];

function url(name: string, { password = 'secret', database = DATABASE, port = superuser.port } = {}): string {
	const host = String(superuser.host);
	const socket = host.startsWith('/') ? `?host=${encodeURIComponent(host)}` : '';
	return `postgres://${role(name)}:${password}@${socket ? 'localhost' : host}:${port}/${database}${socket}`;
}

async function asSuperuser(...statements: string[]): Promise<void> {
	const client = new pg.Client(superuser);
	await client.connect();
	try {
		for (const sql of statements) await client.query(sql);
	} finally {
		await client.end();
	}
}

async function makeRole(name: string, traits = ''): Promise<void> {
	await asSuperuser(`create role ${role(name)} login password 'secret' ${traits}`);
	made.push(role(name));
}

beforeAll(async () => {
	await makeRole('app');
	await makeRole('owner');
	await asSuperuser(`create database ${DATABASE} template template0 owner ${role('owner')}`);
});
afterAll(async () => {
	await asSuperuser(`drop database ${DATABASE} with (force)`, `drop role ${made.join(', ')}`);
});

test('two fitting roles: opened, the extensions made by the owner', async () => {
	const { app, owner } = await openExternal(url('app'), url('owner'));
	expect([app.user, owner.user]).toEqual([role('app'), role('owner')]);
	const client = new pg.Client(app);
	await client.connect();
	const { rows } = await client.query<{ extname: string }>('select extname from pg_extension');
	await client.end();
	expect(rows.map(({ extname }) => extname)).toEqual(expect.arrayContaining(EXTENSIONS));
});

test('a role of requests with too many rights is refused', async () => {
	await makeRole('super', 'superuser');
	await makeRole('bypass', 'bypassrls');
	await makeRole('member', `in role ${role('owner')}`);
	await expect(openExternal(url('super'), url('owner'))).rejects.toThrow(/DATABASE_URL ist Superuser/);
	await expect(openExternal(url('bypass'), url('owner'))).rejects.toThrow(/BYPASSRLS/);
	await expect(openExternal(url('owner'), url('owner'))).rejects.toThrow(/ist Eigentümer der Datenbank/);
	await expect(openExternal(url('member'), url('owner'))).rejects.toThrow(/ist Eigentümer der Datenbank/);
});

test('an owner who is none, and two different databases, are refused', async () => {
	await makeRole('other');
	await expect(openExternal(url('app'), url('other'))).rejects.toThrow(/ist nicht Eigentümer der Datenbank/);
	await expect(openExternal(url('app'), url('owner', { database: 'postgres' }))).rejects.toThrow(
		/verschiedenen Datenbanken/,
	);
});

test('wrong password, unknown database, unknown host: one sentence without the password', async () => {
	const wrong = await openExternal(url('app', { password: 'geheim' }), url('owner')).catch(
		(error: Error) => error.message,
	);
	expect(wrong).toMatch(/^Der Datenbankserver weist das Passwort zurück: Rolle app_\w+, \S+ \(DATABASE_URL\)\.$/);
	expect(wrong).not.toContain('geheim');
	await expect(openExternal(url('app'), url('owner', { password: 'geheim' }))).rejects.toThrow(
		/\(DATABASE_OWNER_URL\)/,
	);
	await expect(openExternal(url('app', { database: 'nowhere' }), url('owner'))).rejects.toThrow(
		/gibt es auf dem Server nicht/,
	);
	const nowhere = 'postgres://app:geheim@nowhere.invalid:5432/x';
	await expect(openExternal(nowhere, nowhere)).rejects.toThrow(/nicht erreichbar: .*nowhere\.invalid/);
	await expect(openExternal('postgres://localhost/x', nowhere)).rejects.toThrow('DATABASE_URL nennt keine Rolle');
});

test('another encoding is refused', async () => {
	const latin = `latin_${tag}`;
	await asSuperuser(
		`create database ${latin} template template0 encoding 'LATIN1' locale 'C' locale_provider libc owner ${role('owner')}`,
	);
	const [app, owner] = [url('app', { database: latin }), url('owner', { database: latin })];
	await expect(openExternal(app, owner)).rejects.toThrow(/Zeichensatz LATIN1; Mitrat braucht UTF8/);
	await asSuperuser(`drop database ${latin} with (force)`);
});

test('an extension that is missing and cannot be made names what to do', async () => {
	const bare = `bare_${tag}`;
	await asSuperuser(`create database ${bare} template template0 owner ${role('owner')}`);
	const inside = new pg.Client({ ...superuser, database: bare });
	await inside.connect();
	// A function in the way of the extension's own: the owner cannot make it.
	await inside.query(`create function public.unaccent(text) returns text language sql as 'select $1'`);
	await inside.end();
	const [app, owner] = [url('app', { database: bare }), url('owner', { database: bare })];
	await expect(openExternal(app, owner)).rejects.toThrow(
		/^Die Erweiterung unaccent fehlt .* „create extension unaccent“/,
	);
	await asSuperuser(`drop database ${bare} with (force)`);
});
