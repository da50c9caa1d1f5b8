/** The real program as a process of its own: built once for a run, started on a data folder of its own. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
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
	/** Builds when first asked. @returns seconds that it took */
	build(): Promise<number>;
	start(env?: Record<string, string>): Promise<Server>;
	remove(): void;
}

/** For the application as it stands now. The build lies inside node_modules, where it finds its packages. */
export function openWorkshop(): Workshop {
	const data = dataFolder();
	const buildDir = join(projectRoot, `node_modules/.cache/mitrat/bench-${process.pid}`);
	let built: Promise<number> | undefined;
	const builtOnce = () => (built ??= build(buildDir));
	return {
		dataDir: data.path,
		build: builtOnce,
		async start(env = {}) {
			await builtOnce();
			return start({ MITRAT_DATA: data.path, MITRAT_BUILD: buildDir, PORT: '0', ...env });
		},
		remove() {
			data.remove();
			rmSync(buildDir, { recursive: true, force: true });
		},
	};
}

async function build(folder: string): Promise<number> {
	const from = performance.now();
	const env = { ...process.env, MITRAT_BUILD: folder, NO_COLOR: '1' };
	const child = spawn(process.execPath, [join(projectRoot, 'scripts/build.ts')], {
		env,
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let said = '';
	child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const code = await new Promise((resolve) => child.on('close', resolve));
	if (code !== 0) throw new Error(`the application could not be built:\n${said.split('\n').slice(-20).join('\n')}`);
	return (performance.now() - from) / 1000;
}

async function start(env: Record<string, string>): Promise<Server> {
	const from = performance.now();
	const program = mitrat(['start'], env);
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
