/** `mitrat account end` as somebody calls it in a shell. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#kernel/config.ts';
import { openDatabase, type Database } from '#kernel/db/database.ts';
import { dataFolder, mitrat, outcome } from '../../src/server/testing.ts';

const data = dataFolder();
let database: Database;
let client: pg.Client;

const setup = (name: string, email: string) => {
	const given = {
		name: `Stadt ${name}`,
		'short-name': name,
		council: 'Beirat',
		origin: `http://${name.toLowerCase()}.example`,
		'admin-name': 'Anna Beispiel',
		'admin-email': email,
		'smtp-url': 'smtp://beirat:geheim@127.0.0.1:9',
		'mail-from': 'beirat@musterhausen.example',
	};
	const args = Object.entries(given).flatMap(([option, value]) => [`--${option}`, value]);
	return outcome(mitrat(['setup', ...args], { MITRAT_DATA: data.path }));
};

beforeAll(async () => {
	for (const [name, email] of [
		['Musterhausen', 'anna@rat.example'],
		['Nebenan', 'anna@rat.example'],
	] as const) {
		const { code, said } = await setup(name, email);
		expect(code, said).toBe(0);
	}
	database = await openDatabase(readConfig({ MITRAT_DATA: data.path }));
	client = new pg.Client(database.owner);
	await client.connect();
}, 180_000);
afterAll(async () => {
	await client?.end();
	await database?.close();
	data.remove();
});

const account = (...args: string[]) => outcome(mitrat(['account', ...args], { MITRAT_DATA: data.path }));
const accounts = async () =>
	(await client.query<{ email: string }>('select "email" from auth."user" order by 1')).rows.map(({ email }) => email);

async function secondPerson(town: string, email: string): Promise<void> {
	const { rows } = await client.query<{ id: string }>('select id from kernel.town where short_name = $1', [town]);
	await client.query(`select set_config('mitrat.body', $1, false)`, [rows[0]!.id]);
	await client.query(
		`insert into auth."user" ("id", "name", "email", "emailVerified", "updatedAt") values ($1, 'Bela', $1, true, now()) on conflict do nothing`,
		[email],
	);
	await client.query(
		`insert into registry.person (body_id, id, family_name, email, account_id) values ($1, gen_random_uuid(), 'Muster', $2, $2)`,
		[rows[0]!.id, email],
	);
}

test('a wrong call and an unknown address are one sentence', async () => {
	for (const args of [[], ['end'], ['begin', 'a@b.example'], ['end', 'a@b.example', 'zuviel']]) {
		const { code, said } = await account(...args);
		expect([code, said]).toEqual([
			1,
			expect.stringMatching(/^Was soll mit dem Konto geschehen\? Aufruf: mitrat account end/),
		]);
	}
	expect(await account('end', 'niemand@rat.example')).toEqual({
		code: 1,
		said: 'Ein Konto mit der Adresse niemand@rat.example gibt es nicht.\n',
	});
});

test('who alone can give roles stays in that town, and the sentence says how to go on', async () => {
	await secondPerson('Nebenan', 'bela@rat.example');
	const stuck = await account('end', 'anna@rat.example');
	expect(stuck.code).toBe(1);
	for (const town of ['Stadt Musterhausen', 'Stadt Nebenan'])
		expect(stuck.said).toContain(
			`${town}: nicht beendet. Danach könnte dort niemand mehr Rollen vergeben; --hand-over-to nennt`,
		);
	expect(await accounts()).toEqual(['anna@rat.example', 'bela@rat.example']);
});

test('in one town the account stays for the other; with the last town it goes', async () => {
	const wrong = await account('end', 'anna@rat.example', '--town', 'Nebenan', '--hand-over-to', 'niemand@rat.example');
	expect(wrong).toEqual({
		code: 1,
		said: 'Stadt Nebenan: mit der Adresse niemand@rat.example meldet sich dort niemand an.\n',
	});
	const one = await account('end', 'Anna@rat.example', '--town', 'nebenan', '--hand-over-to', 'bela@rat.example');
	expect(one.code, one.said).toBe(0);
	expect(one.said).toMatch(
		/^Stadt Nebenan: Zugang beendet, Rollen: .*administrator.*\.\nDas Konto bleibt: eine andere Stadt kennt es\.\n/,
	);
	expect(await accounts()).toContain('anna@rat.example');
	await secondPerson('Musterhausen', 'bela@rat.example');
	const all = await account('end', 'anna@rat.example', '--hand-over-to', 'bela@rat.example');
	expect(all.code, all.said).toBe(0);
	expect(all.said).toMatch(/^Stadt Musterhausen: Zugang beendet/);
	expect(await accounts()).toEqual(['bela@rat.example']);
});
