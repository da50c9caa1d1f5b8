/** WORKERS=2: what one process is told, those who follow it on the other one hear. */
import { expect, onTestFinished, test } from 'vitest';
import { demonstrationAccount, signIn, withOwner } from '../bench/council.ts';
import { sessions } from '../bench/town.ts';
import { BROWSER } from '../bench/wire.ts';
import { dataFolder, mitrat } from '../../src/server/testing.ts';
import { builtApplication } from '../support/build.ts';

const build = await builtApplication();

interface Follower {
	/** The process that sends. */
	process: string;
	/** Resolves when something has changed. */
	told: Promise<void>;
}

/** Follows a session over a connection of its own, as an open page does. */
async function follow(url: string, slug: string): Promise<Follower> {
	const stop = new AbortController();
	onTestFinished(() => stop.abort());
	const answer = await fetch(`${url}/sitzungen/${slug}/ereignisse`, {
		headers: { accept: 'text/event-stream' },
		signal: stop.signal,
	});
	let [isReady, isTold] = [() => {}, () => {}];
	const ready = new Promise<void>((resolve) => (isReady = resolve));
	const told = new Promise<void>((resolve) => (isTold = resolve));
	void (async () => {
		for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
			if (chunk.includes('event: ready')) isReady();
			if (chunk.includes('event: change')) isTold();
		}
	})().catch(() => undefined);
	await ready;
	return { process: processOf(answer), told };
}

const processOf = (answer: Response) => /process;desc="(\d+)"/.exec(answer.headers.get('server-timing') ?? '')![1]!;

test('two processes answer; what changes in one is told to followers and readers of both, at once', async () => {
	const data = dataFolder();
	onTestFinished(data.remove);
	const program = mitrat(['start'], {
		MITRAT_DATA: data.path,
		MITRAT_BUILD: build,
		// says which process answers
		MITRAT_PAGE_CACHE: 'no',
		PORT: '0',
		WORKERS: '2',
	});
	onTestFinished(async () => {
		program.child.kill('SIGKILL');
		await program.ended;
	});
	const [, address = ''] = await program.says(/^Bereit nach .*: (http\S+)$/m);
	const url = address.replace('localhost', '127.0.0.1');
	const { slug } = (await sessions(url)).find(({ state }) => state === 'planned' || state === 'invited')!;

	const followers: Follower[] = [];
	while (new Set(followers.map((one) => one.process)).size < 2) followers.push(await follow(url, slug));
	const office = await withOwner({ dataDir: data.path }, (client) => demonstrationAccount(client, 'office'));
	const cookie = await signIn({ url }, office);
	const posted = await fetch(`${url}/sitzungen/${slug}/tagesordnung?/neu`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: url, accept: 'text/html', cookie },
		body: new URLSearchParams({ title: 'Räume für Sprachkurse', grund: 'Die Räume sind seit gestern frei.' }),
	});
	expect(posted.status).toBe(303);
	await Promise.all(followers.map(({ told }) => told));

	const readers = new Set<string>();
	while (readers.size < 2) {
		const page = await fetch(`${url}/sitzungen/${slug}`, { headers: { ...BROWSER, connection: 'close' } });
		expect(await page.text()).toContain('Räume für Sprachkurse');
		readers.add(processOf(page));
	}
	program.child.kill('SIGTERM');
	expect(await program.ended).toBe(0);
});
