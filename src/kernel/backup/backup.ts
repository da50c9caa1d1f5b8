/** Writes a backup while the installation works on: one snapshot of the database, and the files that it names. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { UserError } from '../errors.ts';
import { storagePath } from '../files/content-hash.ts';
import { DamagedFile, MissingFile } from '../files/store-errors.ts';
import type { FileStore } from '../files/store.ts';
import { catalogOf, type Catalog } from './catalog.ts';
import { FORMAT, sha256, writeManifest, type Manifest, type Part } from './manifest.ts';
import { enterTown, filesOf, PLAIN_VALUES, sharedQuestions, townQuestions, type TownName } from './reading.ts';
import { flushFolder, writeTo } from './sums.ts';

export interface BackupOptions {
	owner: pg.PoolConfig;
	store: FileStore;
	/** Where `auth-secret` and `settings.env` lie. */
	dataDir: string;
	/** Version of this program. */
	program: string;
	/** Finds the one town to back up; without it, everything. @throws UserError when there is none */
	pick?: (towns: KnownTown[]) => TownName;
	say?: (line: string) => void;
	/** For tests: called when the snapshot is taken and nothing is read yet. */
	snapshotTaken?: () => Promise<void>;
}

export interface KnownTown extends TownName {
	shortName: string;
	hosts: string[];
}

export const FILE_LIST = 'files.txt.gz';

/**
 * Writes a backup into a new folder. It appears under its name only when it is whole and on the disk.
 * @throws UserError when the folder holds something already; the database's and the file system's errors
 */
export async function backUp(folder: string, options: BackupOptions): Promise<Manifest> {
	const draft = `${folder}.part`;
	await mkdir(dirname(folder), { recursive: true });
	if (await readFile(join(folder, 'manifest.json')).catch(() => undefined))
		throw new UserError(`${folder} ist schon eine Sicherung; bitte einen anderen Namen angeben.`);
	if ((await readdir(folder).catch(() => [])).length)
		throw new UserError(`In ${folder} liegt schon etwas anderes; bitte einen anderen Namen angeben.`);
	await mkdir(draft, { mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
		if (cause.code !== 'EEXIST') throw cause;
		throw new UserError(
			`${draft} ist da: eine Sicherung läuft noch oder wurde abgebrochen. Dann bitte diesen Ordner löschen.`,
			{ cause },
		);
	});
	try {
		const manifest = await fill(draft, options);
		await writeManifest(draft, manifest);
		await flushFolder(draft);
		await rename(draft, folder);
		await flushFolder(dirname(folder));
		return manifest;
	} catch (error) {
		await rm(draft, { recursive: true, force: true });
		throw error;
	}
}

async function fill(draft: string, options: BackupOptions): Promise<Manifest> {
	const { parts, towns, hashes, ...about } = await readSnapshot(draft, options);
	options.say?.(`${parts.length} Tabellen gesichert; jetzt ${hashes.length} Dateien …`);
	const { list, missing } = await copyFiles(draft, hashes, options);
	const total = list.reduce((sum, { size }) => sum + size, 0);
	return {
		format: FORMAT,
		program: options.program,
		made: new Date().toISOString(),
		scope: options.pick ? 'town' : 'all',
		towns: towns.map(({ id, name }) => ({ id, name })),
		...about,
		parts: [...parts, await writeList(draft, list)],
		files: { count: list.length, bytes: total },
		missingFiles: missing,
		settings: options.pick ? [] : await copySettings(draft, options.dataDir),
	};
}

interface Snapshot {
	parts: Part[];
	towns: TownName[];
	hashes: string[];
	migrations: string[];
	postgres: string;
}

/** Everything in one transaction that sees one moment of the database, however long it takes. */
async function readSnapshot(draft: string, options: BackupOptions): Promise<Snapshot> {
	const client = new pg.Client({ ...options.owner, application_name: 'mitrat-backup' });
	client.on('error', () => undefined);
	await client.connect();
	try {
		await client.query('begin isolation level repeatable read read only');
		await client.query(PLAIN_VALUES);
		const catalog = await catalogOf(client);
		await options.snapshotTaken?.();
		const towns = await townsOf(client);
		const only = options.pick?.(towns);
		const hashes = new Set<string>();
		const parts: Part[] = [];
		for (const town of only ? [only] : towns) parts.push(...(await readTown(client, draft, catalog, town, hashes)));
		if (only) await enterTown(client, only);
		for (const question of sharedQuestions(catalog, only)) parts.push(...(await part(client, draft, question)));
		return { parts, towns: only ? [only] : towns, hashes: [...hashes].sort(), ...(await state(client)) };
	} finally {
		await client.end();
	}
}

async function townsOf(client: pg.ClientBase): Promise<KnownTown[]> {
	const { rows } = await client.query<KnownTown>(
		'select id, name, short_name as "shortName", hosts from kernel.town order by id',
	);
	return rows;
}

async function readTown(
	client: pg.ClientBase,
	draft: string,
	catalog: Catalog,
	town: TownName,
	hashes: Set<string>,
): Promise<Part[]> {
	await enterTown(client, town);
	const parts: Part[] = [];
	for (const question of townQuestions(catalog, town)) parts.push(...(await part(client, draft, question)));
	for (const hash of await filesOf(client, town)) hashes.add(hash);
	return parts;
}

async function part(
	client: pg.ClientBase,
	draft: string,
	question: ReturnType<typeof townQuestions>[number],
): Promise<Part[]> {
	const { path, table, town, columns } = question;
	const sum = await writeTo(join(draft, path), client, question);
	return sum.rows ? [{ path, table, town, columns, ...sum }] : [];
}

async function state(client: pg.ClientBase): Promise<Pick<Snapshot, 'migrations' | 'postgres'>> {
	const { rows } = await client.query<{ name: string }>('select name from kernel.migration order by name');
	const version = await client.query<{ postgres: string }>(`select current_setting('server_version') as postgres`);
	return { migrations: rows.map(({ name }) => name), postgres: version.rows[0]!.postgres };
}

/** Files are stored before the rows that name them, so those of the snapshot are there, unless they were erased since. */
async function copyFiles(draft: string, hashes: string[], { store }: BackupOptions) {
	const list: { hash: string; size: number }[] = [];
	const missing: string[] = [];
	for (const hash of hashes) {
		const size = await copyFile(draft, hash, store);
		if (size === null) missing.push(hash);
		else list.push({ hash, size });
	}
	return { list, missing };
}

/** The store itself compares content and name. @returns size in bytes, null for a file that is gone or damaged */
async function copyFile(draft: string, hash: string, store: FileStore): Promise<number | null> {
	try {
		const bytes = await store.read(hash);
		const file = join(draft, 'files', storagePath(hash));
		await mkdir(dirname(file), { recursive: true, mode: 0o700 });
		await writeFile(file, bytes, { mode: 0o600, flush: true });
		return bytes.length;
	} catch (error) {
		// One lost file must not keep all the others from being backed up; it is told by name.
		if (error instanceof MissingFile || error instanceof DamagedFile) return null;
		throw error;
	}
}

async function writeList(draft: string, list: { hash: string; size: number }[]): Promise<Part> {
	const text = list.map(({ hash, size }) => `${hash} ${size}\n`).join('');
	await writeFile(join(draft, FILE_LIST), gzipSync(text), { mode: 0o600, flush: true });
	const sum = { rows: list.length, bytes: Buffer.byteLength(text), sha256: sha256(text) };
	return { path: FILE_LIST, table: '', town: null, columns: ['hash', 'size'], ...sum };
}

async function copySettings(draft: string, dataDir: string): Promise<Manifest['settings']> {
	const copied: Manifest['settings'] = [];
	for (const name of ['auth-secret', 'settings.env'] as const) {
		const bytes = await readFile(join(dataDir, name)).catch(() => undefined);
		if (!bytes) continue;
		await mkdir(join(draft, 'settings'), { recursive: true, mode: 0o700 });
		await writeFile(join(draft, 'settings', name), bytes, { mode: 0o600, flush: true });
		copied.push({ name, sha256: sha256(bytes) });
	}
	return copied;
}
