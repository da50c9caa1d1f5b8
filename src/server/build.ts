/** Building from within `start`: in a process of its own, which takes its memory with it. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '#kernel/errors.ts';
import { projectRoot } from '#kernel/project.ts';

export interface Build {
	/** The compiled messages are there: what imports them may be loaded now. */
	messages: Promise<void>;
	/** All done. Rejects with a UserError that quotes the decisive line. */
	done: Promise<void>;
}

/** Runs scripts/build.ts; what it says goes to `log/build.log` of the data folder. */
export function build(dataDir: string, abort: AbortSignal): Build {
	const logFile = join(dataDir, 'log', 'build.log');
	const log = createWriteStream(logFile, { mode: 0o600 });
	const child = spawn(process.execPath, [join(projectRoot, 'scripts/build.ts')], {
		cwd: projectRoot,
		env: { ...process.env, NO_COLOR: '1' },
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		signal: abort,
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
		stream?.pipe(log, { end: false });
	}
	const done = new Promise<void>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => {
			log.end();
			if (code === 0) resolve();
			else reject(new UserError(`Die Anwendung ließ sich nicht bauen: ${reason(said)} (Einzelheiten in ${logFile})`));
		});
	});
	return {
		messages: Promise.race([new Promise<void>((resolve) => child.once('message', () => resolve())), done]),
		done,
	};
}

function reason(said: string): string {
	const lines = said.split('\n').map((line) => line.trim());
	return (
		lines.find((line) => /^\[[A-Z_]+\]|Error\b.*: /.test(line)) ?? lines.findLast(Boolean) ?? 'ohne Angabe von Gründen'
	);
}
