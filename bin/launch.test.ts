import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runningServer } from '../src/server/server-lock.ts';
import { until } from '../src/server/testing.ts';

const LAUNCHER = join(import.meta.dirname, 'launch.mjs');
const BUILD = join(import.meta.dirname, '../src/server/fixtures/build');
/** As in Node 20, which cannot replace itself by another program: the launcher stays as the parent. */
const AS_PARENT = '--import=data:text/javascript,process.execve=undefined';

let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'mitrat-launch-'))));
afterEach(async () => {
	const left = runningServer(join(dir, 'data'));
	if (left) process.kill(left.pid, 'SIGTERM');
	await until(() => runningServer(join(dir, 'data')) === undefined);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function script(code: string): string {
	const file = join(dir, `${Math.random().toString(36).slice(2)}.ts`);
	writeFileSync(file, code);
	return file;
}

function launch(args: string[], asParent: boolean, env: Record<string, string> = {}) {
	const child = spawn(process.execPath, [...(asParent ? [AS_PARENT] : []), LAUNCHER, ...args], {
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
	return { child, ended };
}

for (const asParent of [false, true]) {
	const how = asParent ? 'as parent' : 'replacing itself';

	test(`${how}: runs a script in Node 26 with its arguments and passes its exit code on`, async () => {
		const file = script(
			`const v: string = process.version; console.log(v, ...process.argv.slice(2)); process.exitCode = 7;`,
		);
		const { child, ended } = launch(['run', file, 'a b', '--c'], asParent);
		const said = (await child.stdout.toArray()).join('');
		expect(said).toMatch(/^v26\.\d+\.\d+ a b --c\n$/);
		expect(await ended).toEqual([7, null]);
	});

	test(`${how}: passes signals on and ends as the program does`, async () => {
		const file = script(
			`process.on('SIGTERM', () => process.exit(3)); setInterval(() => 0, 1e6); console.log('ready');`,
		);
		const handled = launch(['run', file], asParent);
		await once(handled.child.stdout, 'data');
		handled.child.kill('SIGTERM');
		expect(await handled.ended).toEqual([3, null]);
		const unhandled = launch(['run', script(`setInterval(() => 0, 1e6); console.log('ready');`)], asParent);
		await once(unhandled.child.stdout, 'data');
		unhandled.child.kill('SIGINT');
		expect(await unhandled.ended).toEqual([null, 'SIGINT']);
	});
}

test('a server whose launcher is killed with -9 shuts down in order', async () => {
	const data = join(dir, 'data');
	const env = { MITRAT_DATA: data, MITRAT_BUILD: BUILD, MITRAT_MODE: 'production', PORT: '0' };
	const { child, ended } = launch(['start'], true, env);
	await until(() => runningServer(data)?.url !== undefined);
	const { pid } = runningServer(data)!;
	expect(pid).not.toBe(child.pid);
	child.kill('SIGKILL');
	await ended;
	await until(() => runningServer(data) === undefined);
	await until(() => !isAlive(pid));
});

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
