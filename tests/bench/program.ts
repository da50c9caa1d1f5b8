/** The real program as a process of its own: built once for a run, started on a data folder of its own. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { projectRoot } from '#kernel/project.ts';
import { dataFolder, mitrat } from '../../src/server/testing.ts';

export interface Server {
	url: string;
	pid: number;
	/** Milliseconds from the call to "ready". */
	startedIn: number;
	stop(): Promise<void>;
}

/** What the subjects of a run share. */
export interface Workshop {
	/** Folder with the data of the demonstration town; empty before the first start. */
	dataDir: string;
	/** Builds before, if that was not done yet. */
	start(env?: Record<string, string>): Promise<Server>;
	/** Where `towns` keeps its data from run to run; absent: nowhere. */
	keep?: string;
	remove(): void;
}

/** For the application as it stands now. The build lies inside node_modules, where it finds its packages. */
export function openWorkshop(): Workshop {
	const data = dataFolder();
	const buildDir = join(projectRoot, `node_modules/.cache/mitrat/bench-${process.pid}`);
	let built: Promise<void> | undefined;
	return {
		dataDir: data.path,
		async start(env = {}) {
			await (built ??= build(buildDir));
			return start({ MITRAT_DATA: data.path, MITRAT_BUILD: buildDir, PORT: '0', ...env });
		},
		remove() {
			data.remove();
			rmSync(buildDir, { recursive: true, force: true });
		},
	};
}

/**
 * A first start as on a bare machine after `npm ci`: a copy of the sources, nothing compiled or built, no data.
 * @returns milliseconds until it is ready
 */
export async function firstStart(): Promise<number> {
	const data = dataFolder();
	const copy = mkdtempSync(join(tmpdir(), 'mitrat-bare-'));
	try {
		const made = /^(?:\.git|\.svelte-kit|build|data|node_modules|src\/generated)$/;
		cpSync(projectRoot, copy, { recursive: true, filter: (path) => !made.test(relative(projectRoot, path)) });
		symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
		const server = await start({ MITRAT_DATA: data.path, PORT: '0' }, copy);
		await server.stop();
		return server.startedIn;
	} finally {
		rmSync(copy, { recursive: true, force: true });
		data.remove();
	}
}

async function build(folder: string): Promise<void> {
	const env = { ...process.env, MITRAT_BUILD: folder, NO_COLOR: '1' };
	const child = spawn(process.execPath, [join(projectRoot, 'scripts/build.ts')], {
		env,
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let said = '';
	child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const code = await new Promise((resolve) => child.on('close', resolve));
	if (code !== 0) throw new Error(`the application could not be built:\n${said.split('\n').slice(-20).join('\n')}`);
}

async function start(env: Record<string, string>, root = projectRoot): Promise<Server> {
	const from = performance.now();
	const program = mitrat(['start'], env, join(root, 'bin/mitrat.ts'));
	const [, url] = await program.says(/^Bereit nach .*: (http\S+)$/m);
	return {
		url: url!.replace('localhost', '127.0.0.1'),
		pid: program.child.pid!,
		startedIn: performance.now() - from,
		async stop() {
			program.child.kill('SIGTERM');
			const how = await program.ended;
			if (how !== 0) throw new Error(`the server ended with ${how}: ${program.said()}`);
		},
	};
}
