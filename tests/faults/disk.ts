/** The program on a small disk of its own, made in a mount namespace: nothing of the machine's own disks is touched. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/kernel/project.ts';
import { builtApplication } from '../support/build.ts';

/** Without being root a namespace of users is needed, too; some machines allow none. */
const UNSHARE = process.getuid?.() === 0 ? ['-m'] : ['-Um', '--map-current-user', '--keep-caps'];

export const canMount = spawnSync('unshare', [...UNSHARE, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

export interface SmallDisk {
	url: string;
	/** Runs a shell command where the disk is mounted (`$DISK`); its output. @throws Error when it fails */
	inside(command: string): Promise<string>;
	said(): string;
	/** Process id of the shell above the program; the program has to outlive every fault. */
	isRunning(): boolean;
	remove(): Promise<void>;
}

/**
 * A shell in the namespace mounts the disk, starts the program on it, and then does what it is told, line by line.
 * @param megabytes size of the disk
 */
export async function onSmallDisk(megabytes: number): Promise<SmallDisk> {
	const disk = mkdtempSync(join(tmpdir(), 'mitrat-disk-'));
	const env = {
		...process.env,
		DISK: disk,
		MITRAT_DATA: `${disk}/data`,
		MITRAT_BUILD: await builtApplication(),
		MITRAT_MODE: 'demo',
		MITRAT_PAGE_THREADS: '0',
		PORT: '0',
		NODE: process.execPath,
		PROGRAM: join(projectRoot, 'bin/mitrat.ts'),
	};
	const script = `mount -t tmpfs -o size=${megabytes}m none "$DISK" && chmod 755 "$DISK" || exit 9
"$NODE" "$PROGRAM" start </dev/null 2>&1 & PID=$!
while read -r line; do eval "$line"; done
kill $PID; wait $PID`;
	const shell = spawn('unshare', [...UNSHARE, 'sh', '-c', script], { env, stdio: ['pipe', 'pipe', 'pipe'] });
	const output = listen(shell);
	const [, url] = await output.says(/Bereit nach .*: (http:\S+)/);
	let count = 0;
	return {
		url: url!,
		said: output.said,
		isRunning: () => shell.exitCode === null,
		async inside(command) {
			const mark = `<<${++count}>>`;
			shell.stdin!.write(`( ${command} ); echo "${mark}$?"\n`);
			const [before, code] = await output.says(new RegExp(`[^]*${mark}(\\d+)`));
			if (code !== '0') throw new Error(`${command} ended with ${code}: ${before.slice(-500)}`);
			return before;
		},
		async remove() {
			shell.stdin!.end();
			await output.ended;
			rmSync(disk, { recursive: true, force: true });
		},
	};
}

function listen(shell: ChildProcess) {
	let said = '';
	const listeners = new Set<() => void>();
	for (const stream of [shell.stdout!, shell.stderr!])
		stream.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			for (const listener of listeners) listener();
		});
	const ended = new Promise<void>((resolve) => shell.on('close', () => resolve()));
	const says = (pattern: RegExp) =>
		new Promise<RegExpExecArray>((resolve, reject) => {
			const look = () => {
				const found = pattern.exec(said);
				if (!found) return;
				listeners.delete(look);
				resolve(found);
			};
			listeners.add(look);
			look();
			void ended.then(() => reject(new Error(`ended without saying ${pattern}: ${said.slice(-2000)}`)));
		});
	return { said: () => said, says, ended };
}
