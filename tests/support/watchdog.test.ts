import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runningPostmaster } from '../../src/kernel/db/embedded-processes.ts';
import { projectRoot } from '../../src/kernel/project.ts';

const undo: (() => void)[] = [];
afterEach(() => {
	for (const step of undo.splice(0)) step();
});

/** What the runner does before all files, in a process that can be killed; it tells its folder, and ends when told to. */
const RUNNER = `
	const { default: setup } = await import('./tests/support/global-setup.ts');
	const given = {};
	const teardown = await setup({ provide: (name, value) => (given[name] = value) });
	console.log('folder ' + given.server.folder);
	await process.stdin.toArray();
	await teardown();
`;

async function runner(): Promise<{ child: ReturnType<typeof spawn>; folder: string; cluster: string }> {
	const { MITRAT_TEST_SERVER: _, ...env } = process.env;
	const child = spawn(process.execPath, ['--input-type=module', '-e', RUNNER], {
		cwd: projectRoot,
		env,
		stdio: ['pipe', 'pipe', 'inherit'],
		detached: true,
	});
	undo.push(() => child.kill('SIGKILL'));
	let said = '';
	for await (const chunk of child.stdout) {
		said += String(chunk);
		const [, folder] = /^folder (.+)$/m.exec(said) ?? [];
		if (folder) return { child, folder, cluster: join(folder, 'postgres', '18') };
	}
	throw new Error(`the runner said no folder: ${said}`);
}

test('the tests’ database ends, and its folder goes, when the runner is killed with all its group', async () => {
	const { child, folder, cluster } = await runner();
	expect(runningPostmaster(cluster)).toBeGreaterThan(0);
	process.kill(-child.pid!, 'SIGKILL');
	await expect
		.poll(() => [runningPostmaster(cluster), existsSync(folder)], { timeout: 60_000 })
		.toEqual([undefined, false]);
});

test('a runner that ends by itself leaves neither server nor folder', async () => {
	const { child, folder, cluster } = await runner();
	child.stdin!.end();
	child.stdout!.resume();
	await once(child, 'close');
	expect([runningPostmaster(cluster), existsSync(folder)]).toEqual([undefined, false]);
});
