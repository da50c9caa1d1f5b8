import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dataFolder, mitrat, outcome, until, type Program } from './testing.ts';

const BUILD = join(import.meta.dirname, 'fixtures/build');

function environment(processes: number): Record<string, string> {
	const { path, remove } = dataFolder();
	onTestFinished(remove);
	return { MITRAT_DATA: path, MITRAT_BUILD: BUILD, MITRAT_MODE: 'production', PORT: '0', WORKERS: `${processes}` };
}

async function start(processes: number): Promise<{ program: Program; url: string }> {
	const program = mitrat(['start'], environment(processes));
	onTestFinished(async () => {
		program.child.kill('SIGKILL');
		await program.ended;
	});
	const [, url = ''] = await program.says(/Bereit nach .*: (http:\S+)/);
	return { program, url };
}

/** Which process answers over a connection of its own. */
async function answering(url: string): Promise<number> {
	// A connection that was being handed to a process as it died is answered by nobody.
	const answer = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(2000) });
	return ((await answer.json()) as { pid: number }).pid;
}

/** Asks until so many have answered. */
async function processes(url: string, many: number, not: number[] = []): Promise<number[]> {
	const found = new Set<number>();
	await until(async () => {
		const pid = await answering(url).catch(() => 0);
		if (pid && !not.includes(pid)) found.add(pid);
		return found.size === many;
	});
	return [...found];
}

const isGone = (pid: number) => {
	try {
		return !process.kill(pid, 0);
	} catch {
		return true;
	}
};

test('two processes answer on one port; a second SIGTERM waits for no request', async () => {
	const { program, url } = await start(2);
	const pids = await processes(url, 2);
	expect(pids).not.toContain(program.child.pid);
	const slow = fetch(`${url}/slow`).catch(() => 'cut');
	// Each counts its own: one of them has it.
	await until(async () => (await (await fetch(url, { headers: { connection: 'close' } })).json()).waiting === 1);
	program.child.kill('SIGTERM');
	await program.says(/wird beendet/);
	// Nobody releases it: the second signal does not wait.
	await until(() => program.child.kill('SIGTERM') === false || program.child.exitCode !== null);
	expect(await slow).toBe('cut');
	expect(await program.ended).toBe(0);
	expect(pids.every(isGone)).toBe(true);
});

test('a process that is killed is replaced; the other one answers meanwhile', async () => {
	const { program, url } = await start(2);
	const [first, second] = await processes(url, 2);
	process.kill(first!, 'SIGKILL');
	const [third] = await processes(url, 1, [first!, second!]);
	expect(third).toBeDefined();
	program.child.kill('SIGTERM');
	expect(await program.ended).toBe(0);
	expect([second!, third!].every(isGone)).toBe(true);
});

test('whichever process is asked for the figures tells those of all, under names that stay', async () => {
	const { program, url } = await start(2);
	const pids = await processes(url, 2);
	const figures = async () => {
		const answer = await fetch(`${url}/metrics`, { headers: { connection: 'close' } });
		expect(answer.status).toBe(200);
		return answer.text();
	};
	const told = (text: string, name: string) =>
		[...text.matchAll(new RegExp(`^${name}\\{process="(\\d)"[^}]*\\} (.*)$`, 'gm'))].map(([, process, value]) => [
			process,
			Number(value),
		]);
	// More questions than processes: none of them is told by one alone.
	for (const text of [await figures(), await figures(), await figures()]) {
		expect(told(text, 'process_resident_memory_bytes').map(([process]) => process)).toEqual(['0', '1', '2']);
		expect(told(text, 'mitrat_process_up')).toEqual([
			['1', 1],
			['2', 1],
		]);
		expect(text.match(/^# TYPE process_resident_memory_bytes/gm)).toHaveLength(1);
		expect(text.match(/^mitrat_database_up 1$/gm)).toHaveLength(1);
	}
	const both = told(await figures(), 'mitrat_http_requests_total');
	expect(new Set(both.map(([process]) => process))).toEqual(new Set(['1', '2']));
	process.kill(pids[0]!, 'SIGKILL');
	await processes(url, 1, pids);
	expect(told(await figures(), 'mitrat_process_up')).toEqual([
		['1', 1],
		['2', 1],
	]);
	program.child.kill('SIGTERM');
	expect(await program.ended).toBe(0);
});

test('when the first process is killed, none of the others stays', async () => {
	const { program, url } = await start(2);
	const pids = await processes(url, 2);
	program.child.kill('SIGKILL');
	await until(() => pids.every(isGone));
	expect(pids).toHaveLength(2);
});

test('more processes than the embedded database has connections for are refused in one sentence', async () => {
	const { code, said } = await outcome(mitrat(['start'], environment(7)));
	expect(code).toBe(1);
	expect(said).toContain('Mit der mitgelieferten Datenbank geht WORKERS bis 6');
});
