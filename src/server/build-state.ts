/** Whether the built application in `build/` still fits the sources. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#kernel/project.ts';

const SOURCES = ['src', 'static', 'scripts', 'package.json', 'package-lock.json', 'vite.config.ts'];
/** Written by the build itself, or never part of it. */
const LEFT_OUT = /^src\/generated\/|\/fixtures\/|\.test\.ts$|\.md$/;

/** The compiled messages are used by the command line, too. */
const MESSAGES = 'src/generated/messages/messages.js';

interface Stamp {
	/** Of names, sizes and times: quick to compare. */
	quick: string;
	/** Of names and contents: decides when the times differ (after a checkout, for example). */
	content: string;
}

/** The state of the sources now. */
export function sourceStamp(): Stamp {
	const files = sourceFiles();
	return { quick: quick(files), content: content(files) };
}

/** Whether a build is there and was made from the present sources. */
export function isBuilt(buildDir: string): boolean {
	const stamp = readStamp(buildDir);
	const parts = [join(buildDir, 'handler.js'), join(projectRoot, MESSAGES)];
	if (!stamp || !parts.every((file) => existsSync(file))) return false;
	const files = sourceFiles();
	const now = quick(files);
	if (stamp.quick === now) return true;
	if (stamp.content !== content(files)) return false;
	refresh(buildDir, { ...stamp, quick: now });
	return true;
}

/** Names the built application: differs for every state of the sources. */
export function releaseOf(buildDir: string): string {
	return readStamp(buildDir)?.content ?? 'unknown';
}

export function writeStamp(buildDir: string, stamp: Stamp): void {
	writeFileSync(join(buildDir, 'stamp.json'), JSON.stringify(stamp));
}

/** Only saves time at the next start: a build folder that cannot be written is no reason to stop. */
function refresh(buildDir: string, stamp: Stamp): void {
	try {
		writeStamp(buildDir, stamp);
	} catch {
		// read-only installation
	}
}

function readStamp(buildDir: string): Stamp | undefined {
	try {
		return JSON.parse(readFileSync(join(buildDir, 'stamp.json'), 'utf8')) as Stamp;
	} catch {
		return undefined;
	}
}

function sourceFiles(): string[] {
	const found = SOURCES.filter((name) => existsSync(join(projectRoot, name))).flatMap(filesBelow);
	return found.filter((file) => !LEFT_OUT.test(file)).sort();
}

function filesBelow(name: string): string[] {
	if (!statSync(join(projectRoot, name)).isDirectory()) return [name];
	return readdirSync(join(projectRoot, name), { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory() ? filesBelow(`${name}/${entry.name}`) : [`${name}/${entry.name}`],
	);
}

function quick(files: string[]): string {
	return digest(files, (file) => {
		const { size, mtimeMs } = statSync(join(projectRoot, file));
		return `${size} ${mtimeMs}`;
	});
}

function content(files: string[]): string {
	return digest(files, (file) =>
		createHash('sha256')
			.update(readFileSync(join(projectRoot, file)))
			.digest('hex'),
	);
}

function digest(files: string[], describe: (file: string) => string): string {
	const hash = createHash('sha256');
	for (const file of files) hash.update(`${file} ${describe(file)}\n`);
	return hash.digest('hex');
}
