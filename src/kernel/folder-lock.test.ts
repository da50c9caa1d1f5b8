import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tryLock, waitForLock } from './folder-lock.ts';

let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'mitrat-lock-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('one holder at a time; released, it can be taken again', () => {
	const file = join(dir, 'a');
	const lock = tryLock(file);
	expect(lock).toBeDefined();
	expect(tryLock(file)).toBeUndefined();
	lock?.release();
	const again = tryLock(file);
	expect(again).toBeDefined();
	again?.release();
});

test('who waits gets it in the end; who runs out of patience gets a sentence', async () => {
	const file = join(dir, 'b');
	const lock = tryLock(file)!;
	const waiting = waitForLock(file);
	await expect(waitForLock(file, 1)).rejects.toThrow(/hält die Sperre .* fest/);
	lock.release();
	(await waiting).release();
});

test('another process is kept out, and kill -9 of the holder frees it', async () => {
	const file = join(dir, 'c');
	const module = pathToFileURL(join(import.meta.dirname, 'folder-lock.ts')).href;
	const code = `const { tryLock } = await import(${JSON.stringify(module)}); tryLock(${JSON.stringify(file)}); console.log('held'); setInterval(() => 0, 1e6);`;
	const holder = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
	await once(holder.stdout, 'data');
	expect(tryLock(file)).toBeUndefined();
	holder.kill('SIGKILL');
	await once(holder, 'close');
	const lock = tryLock(file);
	expect(lock).toBeDefined();
	lock?.release();
});

test('a file that cannot be written is a sentence', () => {
	expect(() => tryLock(join(dir, 'missing/folder'))).toThrow(/lässt sich nicht beschreiben/);
});
