/** For tests of the real program: starts it as a process of its own, on a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectRoot } from '#kernel/project.ts';

export interface Program {
	child: ChildProcess;
	/** Everything it printed so far, both streams. */
	said(): string;
	/** Resolves with the match as soon as it prints it; rejects when it ends without. */
	says(pattern: RegExp): Promise<RegExpExecArray>;
	/** Exit code, or the name of the signal that ended it. */
	ended: Promise<number | NodeJS.Signals>;
}

/** Variables of this process that would steer the program under test. */
const OURS = /^(MITRAT_|DATABASE_|PORT$|HOST$|WORKERS$|NODE_ENV$|VITEST|ORIGIN$|TRUST_PROXY$|SMTP_URL$|MAIL_FROM$)/;

/**
 * `mitrat …` in this Node, without the launcher; or another script of the project. `input` is what it can read: these
 * lines and then the end.
 */
export function mitrat(
	args: string[],
	env: Record<string, string> = {},
	script = 'bin/mitrat.ts',
	input?: string,
): Program {
	const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)));
	const child = spawn(process.execPath, [resolve(projectRoot, script), ...args], {
		env: { ...clean, ...env },
		stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
	});
	// Who ends early does not read the rest.
	child.stdin?.on('error', () => undefined).end(input);
	let said = '';
	const listeners = new Set<() => void>();
	for (const stream of [child.stdout!, child.stderr!]) {
		stream.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			for (const listener of listeners) listener();
		});
	}
	const ended = new Promise<number | NodeJS.Signals>((resolve) =>
		child.on('close', (code, by) => resolve(by ?? code ?? -1)),
	);
	const says = (pattern: RegExp) =>
		new Promise<RegExpExecArray>((resolve, reject) => {
			const look = () => {
				const found = pattern.exec(said);
				if (found) resolve(found);
			};
			listeners.add(look);
			look();
			void ended.then((how) => reject(new Error(`ended (${how}) without saying ${pattern}: ${said}`)));
		});
	return { child, said: () => said, says, ended };
}

/** Runs a command to its end. */
export async function outcome(program: Program): Promise<{ code: number | NodeJS.Signals; said: string }> {
	const code = await program.ended;
	return { code, said: program.said() };
}

/** A path for a data folder that does not exist yet; `remove` deletes what was put there. */
export function dataFolder(): { path: string; remove(): void } {
	const parent = mkdtempSync(join(tmpdir(), 'mitrat-start-'));
	return { path: join(parent, 'data'), remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** Asks again until it is so. Only for what the program does not tell. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
