import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { readConfig } from '#kernel/config.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { projectRoot } from '#kernel/project.ts';
import { readSettings } from '#kernel/settings.ts';
import { runningServer } from '../../src/server/server-lock.ts';
import { dataFolder, mitrat, outcome, type Program } from '../../src/server/testing.ts';
import { builtApplication } from '../../tests/support/build.ts';

const undo: (() => void | Promise<void>)[] = [];
afterEach(async () => {
	for (const step of undo.splice(0).reverse()) await step();
});

function folder(): string {
	const { path, remove } = dataFolder();
	undo.push(remove);
	return path;
}

const OPTIONS = {
	name: 'Stadt Musterhausen',
	'short-name': 'Musterhausen',
	council: 'Integrationsbeirat',
	origin: 'http://beirat.musterhausen.example',
	'admin-name': 'Anna Beispiel',
	'admin-email': 'anna@musterhausen.example',
	'smtp-url': 'smtp://beirat:geheim@127.0.0.1:9',
	'mail-from': 'beirat@musterhausen.example',
};
const SECOND = {
	name: 'Stadt Nebenan',
	'short-name': 'Nebenan',
	origin: 'http://beirat.nebenan.example',
	'admin-name': 'Bela Muster',
	'admin-email': 'bela@nebenan.example',
};

const asArguments = (options: Record<string, string>) =>
	Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);

function setup(data: string, options: Record<string, string>, input?: string): Program {
	return mitrat(['setup', ...asArguments(options)], { MITRAT_DATA: data }, undefined, input);
}

/** Sets a town up. @returns the link of its first administrator */
async function done(program: Program): Promise<URL> {
	const { code, said } = await outcome(program);
	expect(said).toMatch(/ist angelegt\. „npm start“ startet sie\./);
	expect(code).toBe(0);
	return new URL(/^http:\S+$/m.exec(said)![0]);
}

/** What a program says that refuses: its last line. */
async function refusal(program: Program): Promise<string> {
	const { code, said } = await outcome(program);
	expect(code).toBe(1);
	expect(said).not.toMatch(/Unerwarteter Fehler|^\s+at /m);
	return said.trimEnd().split('\n').at(-1)!;
}

interface Answer {
	status: number;
	location: string | undefined;
	cookie: string;
	body: string;
}

/** Starts the server on the folder. @returns asks it under the host name of an address, as a proxy would hand it on */
async function serve(
	data: string,
): Promise<(url: URL, form?: Record<string, string>, cookie?: string) => Promise<Answer>> {
	const program = mitrat(['start'], { MITRAT_DATA: data, MITRAT_BUILD: await builtApplication(), PORT: '0' });
	undo.push(async () => {
		program.child.kill('SIGTERM');
		await program.ended;
	});
	await program.says(/Bereit nach/);
	const { port } = new URL(runningServer(data)!.url!);
	return (url, form, cookie = '') =>
		new Promise((resolve, reject) => {
			const headers = { host: url.host, origin: url.origin, accept: 'text/html', cookie };
			const type = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
			const asked = request({
				host: '127.0.0.1',
				port,
				path: url.pathname + url.search,
				method: form ? 'POST' : 'GET',
				headers: { ...headers, ...type },
			});
			asked.on('error', reject).on('response', (response) => {
				const cookies = (response.headers['set-cookie'] ?? []).map((line) => line.split(';', 1)[0]!);
				response.toArray().then((chunks) => {
					resolve({
						status: response.statusCode!,
						location: response.headers.location,
						cookie: cookies.join('; '),
						body: Buffer.concat(chunks as Buffer[]).toString(),
					});
				}, reject);
			});
			asked.end(form && new URLSearchParams(form).toString());
		});
}

async function inDatabase<R>(data: string, text: string): Promise<R[]> {
	const database = await openDatabase(readConfig({ MITRAT_DATA: data }));
	const client = new pg.Client(database.owner);
	await client.connect();
	try {
		return (await client.query(text)).rows as R[];
	} finally {
		await client.end();
		await database.close();
	}
}

const token = (link: URL) => link.searchParams.get('schein')!;
const desk = (link: URL) => new URL('/tisch', link);

test('by options: a town of its own, whose administrator signs in once by the link; nothing of the demonstration', async () => {
	const data = folder();
	const link = await done(setup(data, OPTIONS));
	expect(link.origin).toBe(OPTIONS.origin);
	expect(readSettings(data)).toEqual({
		MITRAT_MODE: 'production',
		ORIGIN: OPTIONS.origin,
		SMTP_URL: OPTIONS['smtp-url'],
		MAIL_FROM: OPTIONS['mail-from'],
	});
	const ask = await serve(data);
	const home = await ask(new URL('/', link));
	expect(home.status).toBe(200);
	expect(home.body).toContain('Musterhausen');
	expect(home.body).toContain('Integrationsbeirat');
	for (const path of ['/_post', '/_post/1']) expect((await ask(new URL(path, link))).status).toBe(404);
	expect((await ask(new URL('/anmelden', link))).body).not.toContain('?/demo');
	expect((await ask(new URL('/sitzungen', link))).body).not.toMatch(/href="[^"]*\/sitzungen\/\d/);

	expect((await ask(link)).body).toContain(OPTIONS['admin-email']);
	const signedIn = await ask(link, { schein: token(link) });
	expect([signedIn.status, signedIn.location]).toEqual([303, '/tisch']);
	expect((await ask(desk(link), undefined, signedIn.cookie)).status).toBe(200);
	const people = await ask(new URL('/personen', link), undefined, signedIn.cookie);
	expect([people.status, people.body.includes(OPTIONS['admin-name'])]).toEqual([200, true]);
	// papers can be written from the first day on
	expect((await ask(new URL('/vorlagen/neu', link), undefined, signedIn.cookie)).body).toContain('Antrag');
	expect((await ask(link, { schein: token(link) })).cookie).not.toContain('session_token');
});

test('by questions: what is left empty takes what stands in brackets', async () => {
	const data = folder();
	const typed = ['Stadt Musterhausen', 'Musterhausen', '', '', 'Anna Beispiel', 'anna@musterhausen.example', '', ''];
	const program = setup(data, {}, `${typed.join('\n')}\n`);
	const link = await done(program);
	expect(program.said()).toContain('Name des Gremiums [Beirat für Integration und Migration]: ');
	expect(link.origin).toBe('http://localhost:3000');
	expect(readSettings(data)).toEqual({ MITRAT_MODE: 'production', ORIGIN: 'http://localhost:3000' });
	const ask = await serve(data);
	expect((await ask(link, { schein: token(link) })).location).toBe('/tisch');
});

test('a second town keeps the first one’s address and mail, and each answers under its own name', async () => {
	const data = folder();
	const first = await done(setup(data, OPTIONS));
	const second = await done(setup(data, SECOND));
	expect(readSettings(data)).toEqual({
		MITRAT_MODE: 'production',
		ORIGIN: `${OPTIONS.origin} ${SECOND.origin}`,
		SMTP_URL: OPTIONS['smtp-url'],
		MAIL_FROM: OPTIONS['mail-from'],
	});
	const ask = await serve(data);
	for (const [link, own, other] of [
		[first, OPTIONS, SECOND],
		[second, SECOND, OPTIONS],
	] as const) {
		const { cookie, location } = await ask(link, { schein: token(link) });
		expect(location).toBe('/tisch');
		const people = (await ask(new URL('/personen', link), undefined, cookie)).body;
		expect([people.includes(own['admin-name']), people.includes(other['admin-name'])]).toEqual([true, false]);
	}
	expect((await ask(new URL('http://niemand.example/'))).status).toBe(404);

	const again = setup(data, { ...SECOND, name: 'Stadt Doppelt' });
	expect(await refusal(again)).toBe(
		'Für beirat.nebenan.example gibt es schon eine Stadt; eine weitere braucht eine eigene Adresse (--origin).',
	);
});

test('input that ends early is one sentence, and nothing was made', async () => {
	const data = folder();
	expect(await refusal(setup(data, {}, 'Stadt Musterhausen\nMusterhausen\n'))).toBe(
		'Die Eingabe endete bei der Frage „Name des Gremiums“. Es wurde nichts angelegt.',
	);
	expect(existsSync(data)).toBe(false);
});

test.skipIf(!existsSync('/usr/bin/script'))(
	'Ctrl-D in a terminal is one sentence; a wrong answer is asked for again',
	async () => {
		const data = folder();
		const command = `${process.execPath} bin/mitrat.ts setup`;
		const args = ['-qec', `MITRAT_DATA='${data}' ${command}`, '/dev/null'];
		const { code, said } = await inTerminal(args, ['Stadt Musterhausen', 'Musterhausen', 'Beirat', 'nirgends']);
		expect(said).toContain('muss mit http:// oder https:// beginnen. Bitte noch einmal.');
		expect(said.trimEnd()).toMatch(
			/Die Eingabe endete bei der Frage „Adresse der Website [^“]*“\. Es wurde nichts angelegt\.$/,
		);
		expect(said).not.toContain('Unerwarteter Fehler');
		expect(code).toBe(1);
		expect(existsSync(data)).toBe(false);
	},
);

/** Types each line when it is asked for, at the end Ctrl-D. */
async function inTerminal(args: string[], lines: string[]): Promise<{ code: number | null; said: string }> {
	const child = spawn('/usr/bin/script', args, { stdio: ['pipe', 'pipe', 'inherit'], cwd: projectRoot });
	const left = [...lines.map((line) => `${line}\r`), '\x04'];
	let said = '';
	let heard = 0;
	child.stdout.on('data', (chunk: Buffer) => {
		said += chunk.toString();
		// A prompt ends with a colon and a blank; the terminal repeats it while a line is edited.
		if (/: (\x1b\[\d+G)?$/.test(said.slice(heard)) && left.length) {
			heard = said.length;
			child.stdin.write(left.shift()!);
		}
	});
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, said };
}

test('a wrong option or a setting that can’t be kept leaves no town behind', async () => {
	const data = folder();
	expect(await refusal(setup(data, { ...OPTIONS, 'admin-email': 'anna' }))).toBe(
		'--admin-email: ist keine E-Mail-Adresse. Es wurde nichts angelegt.',
	);
	expect(await refusal(setup(data, { name: 'Stadt Musterhausen' }))).toBe(
		'--short-name: fehlt. Es wurde nichts angelegt.',
	);
	expect(existsSync(data)).toBe(false);
	expect(await refusal(setup(data, { ...OPTIONS, 'smtp-url': 'smtp://beirat:ge\\heim@127.0.0.1:9' }))).toMatch(
		/^Die Einstellung SMTP_URL darf keine/,
	);
	expect(await inDatabase(data, 'select name from kernel.town')).toEqual([]);
	expect(existsSync(join(data, 'settings.env'))).toBe(false);
	await done(setup(data, OPTIONS));
});

test('the first person can’t be invited: town and settings are as before', async () => {
	const data = folder();
	await done(setup(data, OPTIONS));
	const settings = readSettings(data);
	await inDatabase(
		data,
		`create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
		 create trigger refuse before insert on registry.person for each row execute function public.refuse()`,
	);
	const { code } = await outcome(setup(data, SECOND));
	expect(code).toBe(1);
	expect(await inDatabase(data, 'select name from kernel.town')).toEqual([{ name: OPTIONS.name }]);
	expect(readSettings(data)).toEqual(settings);
	await inDatabase(data, 'drop trigger refuse on registry.person; drop function public.refuse()');
	await done(setup(data, SECOND));
});
