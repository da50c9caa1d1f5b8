import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '#kernel/project.ts';

export interface Said {
	code: number;
	stdout: string;
	stderr: string;
}

/** Runs a program of node_modules in the Node that runs this script. Never rejects for a bad exit code. */
export function tool(program: string, args: string[], cwd = projectRoot): Promise<Said> {
	const file = join(projectRoot, 'node_modules', program);
	const options = { cwd, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } };
	return new Promise((resolve, reject) => {
		execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) => {
			const code = error ? error.code : 0;
			if (typeof code === 'number') resolve({ code, stdout, stderr });
			else reject(new Error(`${program} did not run to its end: ${error?.message}`, { cause: error }));
		});
	});
}

/** A tool that fails without saying where has fallen over itself: its last lines are the fault. */
export function faultsOr({ code, stdout, stderr }: Said, faults: string[]): string[] {
	if (code === 0 || faults.length) return faults;
	const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim());
	return lines.length ? lines.slice(-12) : [`ended with code ${code}`];
}
