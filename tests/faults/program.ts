/** The real program on a data folder of its own, to be hurt: its processes, its database past all policies, a session. */
import pg from 'pg';
import { readConfig } from '../../src/kernel/config.ts';
import { openDatabase } from '../../src/kernel/db/database.ts';
import { runningPostmaster } from '../../src/kernel/db/embedded-processes.ts';
import { dataFolder, mitrat, until, type Program } from '../../src/server/testing.ts';
import { builtApplication } from '../support/build.ts';
import { plainPage } from '../support/forms.ts';

/** CI plays the short run; `npm run faults` the long one. */
export const isLong = process.env.MITRAT_FAULTS === 'long';

export interface Victim {
	readonly url: string;
	/** Process id of the application. */
	readonly pid: number;
	/** Everything it printed since it was started last. */
	said(): string;
	/** Process id of the embedded server, if there is one at this moment. */
	databasePid(): number | undefined;
	/** Starts it (again) and waits until it serves. */
	start(): Promise<void>;
	/** kill -9 of the application; returns when it is gone. */
	kill(): Promise<void>;
	/** One statement past all policies, over a connection of its own. */
	sql<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
	/** Signs in by the one click of the demonstration. @param label a word of the button @returns the cookie header */
	signIn(label: string): Promise<string>;
	/** Ends what is left of it, and removes its folder. */
	remove(): Promise<void>;
}

/** @param dataDir a folder prepared by the test (a small disk, say); otherwise one of its own */
export async function victim({
	dataDir,
	env = {},
}: { dataDir?: string; env?: Record<string, string> } = {}): Promise<Victim> {
	const own = dataFolder();
	const data = dataDir ?? own.path;
	const buildDir = await builtApplication();
	let program: Program | undefined;
	let url = '';
	const databasePid = () => runningPostmaster(`${data}/postgres/18`);
	return {
		get url() {
			return url;
		},
		get pid() {
			return program!.child.pid!;
		},
		said: () => program?.said() ?? '',
		databasePid,
		async start() {
			program = mitrat(['start'], {
				MITRAT_DATA: data,
				MITRAT_BUILD: buildDir,
				MITRAT_MODE: 'demo',
				MITRAT_PAGE_THREADS: '0',
				PORT: '0',
				...env,
			});
			url = (await program.says(/Bereit nach .*: (http:\S+)/))[1]!;
		},
		async kill() {
			program!.child.kill('SIGKILL');
			await program!.ended;
		},
		async sql<R extends pg.QueryResultRow>(text: string, values: unknown[] = []) {
			const database = await openDatabase(readConfig({ MITRAT_DATA: data }));
			const client = new pg.Client({ ...database.superuser, database: database.owner.database });
			try {
				await client.connect();
				return (await client.query<R>(text, values)).rows;
			} finally {
				await client.end();
				await database.close();
			}
		},
		signIn: (label) => signInByClick(url, label),
		async remove() {
			program?.child.kill('SIGKILL');
			await program?.ended;
			const server = databasePid();
			if (server) process.kill(server, 'SIGQUIT');
			await until(() => databasePid() === undefined);
			own.remove();
		},
	};
}

/** Signs in by the one click of the demonstration. @param label a word of the button @returns the cookie header */
export async function signInByClick(url: string, label: string): Promise<string> {
	const page = await plainPage({ url }, '/anmelden');
	const button = [
		...page.html.matchAll(/<button\b[^>]*name="konto"[^>]*value="([^"]+)"[^>]*>([\s\S]*?)<\/button>/g),
	].find(([, , words]) => words!.includes(label));
	if (!button) throw new Error(`no sign-in with the word ${label}`);
	const answer = await fetch(`${url}/anmelden?/demo`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html' },
		body: new URLSearchParams({ konto: button[1]! }),
	});
	return answer.headers
		.getSetCookie()
		.map((line) => line.split(';', 1)[0]!)
		.join('; ');
}

/** A public body of the town that topics can be proposed to. */
export async function bodyOf(url: string): Promise<string> {
	const { html } = await plainPage({ url }, '/themen');
	return /<select[^>]*name="councilBodyId"[\s\S]*?<option value="([^"]{36})"/.exec(html)![1]!;
}

/**
 * One write of many parts: a row, its audit entry, a mail, the job that sends it.
 * @returns status of the answer; 303 acknowledges
 */
export async function propose(
	url: string,
	cookie: string,
	councilBodyId: string,
	title: string,
	text = 'Ein Vorschlag.',
): Promise<number> {
	const answer = await fetch(`${url}/themen?/vorschlagen`, {
		method: 'POST',
		redirect: 'manual',
		headers: { cookie, origin: url, accept: 'text/html' },
		body: new URLSearchParams({ councilBodyId, title, text }),
	});
	await answer.arrayBuffer();
	return answer.status;
}

/** A number that follows from a seed: what a run did can be done again. */
export function chance(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}
