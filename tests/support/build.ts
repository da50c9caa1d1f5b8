import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForLock } from '../../src/kernel/folder-lock.ts';
import { projectRoot } from '../../src/kernel/project.ts';
import { isBuilt, sourceStamp } from '../../src/server/build-state.ts';

/** Inside node_modules, because the built application looks for its packages from where it lies. */
const builds = join(projectRoot, 'node_modules/.cache/mitrat');
const PATIENCE = 300_000;
const KEPT = 3;

/** All test files of a run are children of one process: they use the same build, whatever is edited meanwhile. */
const runNote = join(builds, `run-${process.ppid}`);
const RUN_MS = 30 * 60_000;

/**
 * The folder of the application built from the sources as the run found them. The first test file that asks builds, all
 * others wait; the next run finds the build as long as no source has changed.
 */
export async function builtApplication(): Promise<string> {
	mkdirSync(builds, { recursive: true });
	const lock = await waitForLock(join(builds, 'build.lock'), PATIENCE);
	try {
		const ofThisRun = readRunNote();
		if (ofThisRun) return ofThisRun;
		const folder = join(builds, `build-${sourceStamp().content.slice(0, 16)}`);
		if (!isBuilt(folder)) await build(folder);
		utimesSync(folder, new Date(), new Date());
		writeFileSync(runNote, folder);
		dropOld();
		return folder;
	} finally {
		lock.release();
	}
}

function readRunNote(): string | undefined {
	if (process.env.VITEST_MODE === 'WATCH' || !existsSync(runNote) || isOld(runNote)) return undefined;
	const folder = readFileSync(runNote, 'utf8');
	return existsSync(join(folder, 'handler.js')) ? folder : undefined;
}

/** A note of another run, whose process id came round again, would name a build of other sources. */
function isOld(file: string): boolean {
	return Date.now() - statSync(file).mtimeMs > RUN_MS;
}

async function build(folder: string): Promise<void> {
	const child = spawn(process.execPath, [join(projectRoot, 'scripts/build.ts')], {
		cwd: projectRoot,
		env: { ...process.env, NODE_ENV: 'production', MITRAT_BUILD: folder, NO_COLOR: '1' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const code = await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	if (code !== 0) throw new Error(`the application could not be built:\n${said.split('\n').slice(-30).join('\n')}`);
}

/** The newest stay: two branches, or a run that is still going on. */
function dropOld(): void {
	const named = (prefix: string) =>
		readdirSync(builds).flatMap((name) => (name.startsWith(prefix) ? [join(builds, name)] : []));
	const byAge = named('build-').sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
	const notes = named('run-').filter(isOld);
	for (const file of [...byAge.slice(KEPT), ...notes]) rmSync(file, { recursive: true, force: true });
}
