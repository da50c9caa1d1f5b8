/** backup, restore, erasures and bounce as somebody calls them in a shell: arguments, refusals, exit codes, messages. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '#kernel/config.ts';
import { openDatabase, type Database } from '#kernel/db/database.ts';
import { newId } from '#kernel/ids.ts';
import { dataFolder, mitrat, outcome } from '../../src/server/testing.ts';

const data = dataFolder();
const beside = dataFolder();
const BUILD = join(import.meta.dirname, '../../src/server/fixtures/build');
const at = (name: string) => join(beside.path, name);
let database: Database;
let client: pg.Client;
let town: string;

beforeAll(async () => {
	const given = {
		name: 'Stadt Musterhausen',
		'short-name': 'Musterhausen',
		council: 'Beirat',
		origin: 'http://b.example',
		'admin-name': 'Anna Beispiel',
		'admin-email': 'anna@musterhausen.example',
		'smtp-url': 'smtp://beirat:geheim@127.0.0.1:9',
		'mail-from': 'beirat@musterhausen.example',
	};
	const args = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
	const { code, said } = await outcome(mitrat(['setup', ...args], { MITRAT_DATA: data.path }));
	expect(code, said).toBe(0);
	mkdirSync(beside.path, { recursive: true });
	// As a running server would: the commands join its database.
	database = await openDatabase(readConfig({ MITRAT_DATA: data.path }));
	client = new pg.Client(database.owner);
	await client.connect();
	town = (await client.query<{ id: string }>('select id from kernel.town')).rows[0]!.id;
	await client.query(`select set_config('mitrat.body', $1, false)`, [town]);
}, 120_000);
afterAll(async () => {
	await client?.end();
	await database?.close();
	data.remove();
	beside.remove();
});

interface Call {
	code: number | NodeJS.Signals;
	said: string;
}

function call(args: string[], { input, folder = data.path }: { input?: string; folder?: string } = {}): Promise<Call> {
	return outcome(mitrat(args, { MITRAT_DATA: folder }, undefined, input));
}

/** Something that ends with 1 and one sentence (with the usage behind it, where the call was wrong), never with a stack. */
async function refused(...given: Parameters<typeof call>): Promise<string> {
	const { code, said } = await call(...given);
	expect(code, said).toBe(1);
	expect(said).not.toMatch(/Unerwarteter Fehler|^\s+at /m);
	return said.trimEnd();
}

const rows = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;

describe('mitrat backup', () => {
	test('a wrong call names what is wrong and how it goes', async () => {
		expect(await refused(['backup', 'a', 'b'])).toMatch(
			/^Wohin soll gesichert werden\? Aufruf: mitrat backup \[ORDNER\]/,
		);
		expect(await refused(['backup', '--laut'])).toMatch(/^Mit „--laut“ kann dieser Befehl nichts anfangen\. Aufruf:/);
		const help = await call(['backup', '--help']);
		expect([help.code, help.said]).toEqual([0, expect.stringContaining('Aufruf: mitrat backup [ORDNER]')]);
	});

	test('saves everything into a folder that appears when it is whole, and never over another one', async () => {
		const { code, said } = await call(['backup', at('alles')]);
		expect([code, said]).toEqual([
			0,
			expect.stringMatching(/Stadt Musterhausen: \d+ Zeilen, 0 Dateien gesichert in\n/),
		]);
		expect(said.trimEnd().split('\n').at(-1)).toBe(at('alles'));
		expect(existsSync(join(at('alles'), 'manifest.json'))).toBe(true);
		expect(await refused(['backup', at('alles')])).toContain('ist schon eine Sicherung; bitte einen anderen Namen');
		mkdirSync(at('belegt'));
		writeFileSync(join(at('belegt'), 'notiz.txt'), 'bleibt');
		expect(await refused(['backup', at('belegt')])).toBe(
			`In ${at('belegt')} liegt schon etwas anderes; bitte einen anderen Namen angeben.`,
		);
		expect(readdirSync(at('belegt'))).toEqual(['notiz.txt']);
	});

	test('without a name goes into the data folder; --json tells programs where', async () => {
		const { code, said } = await call(['backup', '--json']);
		const told = JSON.parse(said.slice(said.indexOf('{'))) as { folder: string; scope: string };
		expect([code, told.scope]).toEqual([0, 'all']);
		expect(told.folder).toMatch(new RegExp(`^${data.path}/backup-[\\dT-]+$`));
		expect(existsSync(join(told.folder, 'manifest.json'))).toBe(true);
	});

	test('of one town asks which one, when there is no such', async () => {
		expect(await refused(['backup', at('fremd'), '--town', 'Nirgends'])).toContain(
			'Welche Stadt ist gemeint? --town mit einem von: Musterhausen.',
		);
		expect(existsSync(at('fremd'))).toBe(false);
		const { code, said } = await call([
			'backup',
			at('stadt'),
			'--town',
			'musterhausen',
			'--verify',
			'--in',
			beside.path,
		]);
		expect(code, said).toBe(0);
	});

	test('ends with 1 when the store has lost a file, and names it; the rest is saved', async () => {
		const lost = 'ab'.repeat(64);
		await rows(
			`insert into kernel.file (body_id, id, sha512, size, media_type, format, name) values ($1, $2, $3, 4, 'text/plain', 'txt', 'a.txt')`,
			[town, newId(), lost],
		);
		const { code, said } = await call(['backup', at('lueckenhaft')]);
		await rows('delete from kernel.file where body_id = $1 and sha512 = $2', [town, lost]);
		expect(code).toBe(1);
		expect(said).toContain(`Fehlt oder ist beschädigt (oder wurde eben gelöscht): files/ab/ab/${lost}`);
		expect(existsSync(join(at('lueckenhaft'), 'manifest.json'))).toBe(true);
	});
});

describe('mitrat restore', () => {
	const target = dataFolder();
	afterAll(target.remove);

	test('a wrong call, and a folder that is no backup', async () => {
		expect(await refused(['restore'])).toMatch(/^Welche Sicherung\? Aufruf: mitrat restore ORDNER/);
		expect(await refused(['restore', 'a', 'b'])).toMatch(/^Welche Sicherung\?/);
		expect(await refused(['restore', at('nichts')])).toBe(
			`In ${at('nichts')} liegt keine vollständige Sicherung: manifest.json fehlt.`,
		);
	});

	test('tries a backup without touching anything', async () => {
		const { code, said } = await call(['restore', at('alles'), '--verify', '--in', beside.path], {
			folder: target.path,
		});
		expect([code, said]).toEqual([0, expect.stringContaining('Die Sicherung ist unversehrt')]);
		expect(existsSync(join(target.path, 'postgres'))).toBe(false);
	}, 120_000);

	test('refuses what is damaged by its name, and takes nothing over', async () => {
		await call(['backup', at('kaputt')]);
		const names = readdirSync(at('kaputt'), { recursive: true, encoding: 'utf8' });
		const part = names.find((name) => name.includes('registry.person'))!;
		writeFileSync(join(at('kaputt'), part), Buffer.concat([readFileSync(join(at('kaputt'), part)), Buffer.from('x')]));
		expect(await refused(['restore', at('kaputt')], { folder: target.path })).toContain(part);
		expect(existsSync(join(target.path, 'postgres'))).toBe(false);
	});

	test('puts everything into an empty folder, once; the secret comes along', async () => {
		const { code, said } = await call(['restore', at('alles'), '--without-jobs'], { folder: target.path });
		expect([code, said]).toEqual([0, expect.stringMatching(/Stadt Musterhausen: wiederhergestellt, Stand 20\d\d-/)]);
		expect(said).toContain(`${join(target.path, 'settings.env')} kommt aus der Sicherung.`);
		const secret = (folder: string) => readFileSync(join(folder, 'auth-secret'), 'utf8');
		expect(secret(target.path)).toBe(secret(data.path));
		expect(await refused(['restore', at('alles')], { folder: target.path })).toContain(
			'In dieser Datenbank gibt es schon eine Stadt; wiederhergestellt wird in eine leere.',
		);
	}, 120_000);

	test('is refused while a server runs on the folder', async () => {
		const server = mitrat(['start'], { MITRAT_DATA: target.path, MITRAT_BUILD: BUILD, PORT: '0' });
		await server.says(/Bereit nach/);
		expect(await refused(['restore', at('alles')], { folder: target.path })).toContain(
			'Auf diesem Datenordner läuft ein Mitrat-Server: bitte zuerst beenden.',
		);
		server.child.kill('SIGTERM');
		expect(await server.ended).toBe(0);
	}, 120_000);
});

describe('mitrat erasures', () => {
	const list = (...people: string[]) =>
		people.map((person) => `${JSON.stringify({ town, person, at: '2026-11-20T10:00:00Z' })}\n`).join('');
	const file = (name: string, text: string) => {
		writeFileSync(at(name), text);
		return at(name);
	};

	test('a wrong call, a file that is not there, and one that is something else', async () => {
		for (const args of [[], ['verbrennen'], ['list', 'zuviel'], ['repeat']])
			expect(await refused(['erasures', ...args])).toMatch(/^Was soll mit den Löschungen geschehen\? Aufruf:/);
		expect(await refused(['erasures', 'repeat', at('fehlt')])).toBe(`Die Datei ${at('fehlt')} lässt sich nicht lesen.`);
		expect(await refused(['erasures', 'repeat', file('anderes', 'Guten Tag\n')])).toBe(
			`${at('anderes')} ist keine Liste von „mitrat erasures list“.`,
		);
		expect(await refused(['erasures', 'list', '--town', 'Nirgends'])).toMatch(/^Welche Stadt ist gemeint\?/);
	});

	test('nobody was erased: an empty list that repeats nothing', async () => {
		expect(await call(['erasures', 'list'])).toEqual({ code: 0, said: '' });
		const { code, said } = await call(['erasures', 'repeat', file('leer', '')]);
		expect([code, said]).toEqual([0, '0 noch einmal gelöscht, 0 waren es schon oder sind hier nicht bekannt.\n']);
	});

	test('erases again whom the list names; then they stand in the list, and a second time changes nothing', async () => {
		const person = newId();
		await rows(`insert into registry.person (body_id, id, family_name) values ($1, $2, 'Quast')`, [town, person]);
		const named = file('eine', list(person, newId()));
		expect(await call(['erasures', 'repeat', named])).toEqual({
			code: 0,
			said: '1 noch einmal gelöscht, 1 waren es schon oder sind hier nicht bekannt.\n',
		});
		expect(
			await rows('select family_name from registry.person where body_id = $1 and id = $2', [town, person]),
		).toEqual([{ family_name: '' }]);
		const { said } = await call(['erasures', 'list']);
		expect(JSON.parse(said)).toMatchObject({ town, person });
		expect((await call(['erasures', 'repeat', named])).said).toMatch(/^0 noch einmal gelöscht, 2 waren/);
	});

	test('the only administrator stays, is named, and keeps nobody else from being erased', async () => {
		const [admin] = (await rows(`select person_id as id from registry.duty where duty = 'administrator'`)) as {
			id: string;
		}[];
		const person = newId();
		await rows(`insert into registry.person (body_id, id, family_name) values ($1, $2, 'Ziegler')`, [town, person]);
		const { code, said } = await call(['erasures', 'repeat', file('zwei', list(admin!.id, person))]);
		expect(code).toBe(1);
		expect(said).toContain('1 noch einmal gelöscht');
		expect(said).toContain(`${admin!.id} ist noch da: ohne diese Person könnte hier niemand Rollen vergeben.`);
	});
});

describe('mitrat bounce', () => {
	const report = (messageId: string) => `From: MAILER-DAEMON@mx.example
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; zoe@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 unknown

--b
Content-Type: message/rfc822

Message-ID: ${messageId}

--b--
`;

	test('notes that a mail came back, with what the other side said', async () => {
		const id = newId();
		const messageId = `<${id}@${town}.mitrat>`;
		await rows(
			`insert into kernel.mail (body_id, id, to_address, locale, subject, text, html, state, message_id)
			values ($1, $2, 'zoe@example.org', 'de', 'Einladung', '', '', 'sent', $3)`,
			[town, id, messageId],
		);
		expect(await call(['bounce'], { input: report(messageId) })).toEqual({ code: 0, said: 'Vermerkt.\n' });
		expect(await rows('select state from kernel.mail where body_id = $1 and id = $2', [town, id])).toEqual([
			{ state: 'bounced' },
		]);
		expect(
			await rows('select response from kernel.mail_delivery where body_id = $1 and mail_id = $2', [town, id]),
		).toEqual([{ response: '5.1.1 550 5.1.1 unknown' }]);
	});

	test('a mail that is no report, one of nobody’s mails, and one of a town that is gone end well: a filter must not fail', async () => {
		expect(await call(['bounce'], { input: 'Subject: Abwesend\n\nBis Montag.\n' })).toEqual({
			code: 0,
			said: 'Kein Bericht über eine unserer Mails.\n',
		});
		for (const there of [town, newId()])
			expect(await call(['bounce'], { input: report(`<${newId()}@${there}.mitrat>`) })).toEqual({
				code: 0,
				said: 'Diese Mail ist hier nicht mehr bekannt.\n',
			});
	});

	test('takes no argument, and no mail without end', async () => {
		expect(await refused(['bounce', 'datei.eml'], { input: '' })).toMatch(/Aufruf: mitrat bounce < MAIL/);
		expect(await refused(['bounce'], { input: 'x'.repeat(30_000_001) })).toBe(
			'Die Mail ist zu groß für einen Bericht.',
		);
	});
});
