import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { EXTENSIONS } from '../db/embedded-roles.ts';
import { diskStore } from '../files/disk.ts';
import { newId } from '../ids.ts';
import { enqueueJob } from '../jobs/queue.ts';
import { knownMigrations, migrateAll } from '../migrations.ts';
import { write } from '../write.ts';
import { backUp, type BackupOptions } from './backup.ts';
import { checkBackup } from './check.ts';
import { restore } from './restore.ts';

const database = await freshDatabase();
const { town, sql, ctx } = database;
const other = await database.addTown('Anderstadt');
const server = inject('server');
const folder = await mkdtemp(join(tmpdir(), 'mitrat-backup-'));
const store = diskStore(join(folder, 'store'));
const made: string[] = [];
afterAll(async () => {
	for (const name of made) await asSuperuser(`drop database ${name} with (force)`);
	await rm(folder, { recursive: true, force: true });
});

async function asSuperuser(text: string, inside?: string): Promise<void> {
	const client = new pg.Client({ ...server.superuser, ...(inside && { database: inside }) });
	await client.connect();
	await client.query(text);
	await client.end();
}

interface Empty {
	target: { owner: pg.PoolConfig; appRole: string; store: typeof store };
	sql: <R extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>;
}

/** A database without towns: with the tables of today, or with nothing in it. */
async function emptyDatabase(tables = true): Promise<Empty> {
	const name = `b_${randomBytes(6).toString('hex')}`;
	await asSuperuser(`create database ${name} ${tables ? `template ${server.template}` : ''} owner mitrat_owner`);
	made.push(name);
	for (const extension of tables ? [] : EXTENSIONS) await asSuperuser(`create extension ${extension}`, name);
	const ask = async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) => {
		const client = new pg.Client({ ...server.superuser, database: name });
		await client.connect();
		try {
			return (await client.query<R>(text, values)).rows;
		} finally {
			await client.end();
		}
	};
	const target = {
		owner: { ...server.owner, database: name },
		appRole: server.app.user!,
		store: diskStore(join(folder, name)),
	};
	return { target, sql: ask };
}

const path = () => join(folder, `saved-${randomBytes(4).toString('hex')}`);
const options = (more: Partial<BackupOptions> = {}): BackupOptions => ({
	owner: database.owner,
	store,
	dataDir: database.dataDir,
	program: 'test',
	...more,
});

let number = 0;

/** Two rows in one transaction: whoever sees one without the other saw a moment that never was. */
async function writePair(): Promise<void> {
	const name = `Paar ${++number}`;
	await write(ctx(), async (tx) => {
		await tx.db.insertInto('registry.place').values({ id: newId(), name }).execute();
		await tx.db.insertInto('registry.topic').values({ id: newId(), name }).execute();
	});
}

const pairs = (ask: Empty['sql']) =>
	ask<{ place: string | null; topic: string | null }>(`select p.name as place, t.name as topic
		from (select * from registry.place where name like 'Paar%') p
			full join (select * from registry.topic where name like 'Paar%') t on t.name = p.name
		order by coalesce(p.name, t.name) collate "C"`);

test('while others write, a backup holds one moment, and restoring gives exactly that', async () => {
	const stop = new AbortController();
	await writePair();
	let atSnapshot: Awaited<ReturnType<typeof pairs>> = [];
	let writers: Promise<void[]> | undefined;
	const target = path();
	const manifest = await backUp(
		target,
		options({
			snapshotTaken: async () => {
				// Nobody writes yet: this is what the snapshot has to hold, whatever comes while tables are read.
				atSnapshot = await pairs(sql);
				const writer = async () => {
					while (!stop.signal.aborted) await writePair();
				};
				writers = Promise.all([writer(), writer(), writer()]);
				await writePair();
			},
		}),
	);
	stop.abort();
	await writers;
	expect((await pairs(sql)).length).toBeGreaterThan(atSnapshot.length);
	const empty = await emptyDatabase();
	await restore(await checkBackup(target), empty.target, { jobs: true });
	expect(await pairs(empty.sql)).toEqual(atSnapshot);
	expect(manifest.towns.map(({ name }) => name).sort()).toEqual(['Anderstadt', 'Elbstadt']);
	// The restored town works: its log goes on where it was, and the policies hold.
	const guards = (ask: Empty['sql']) =>
		ask('select oid::regclass::text as name, relforcerowsecurity from pg_class where relrowsecurity order by 1');
	expect(await guards(empty.sql)).toEqual(await guards(sql));
	const keys = (ask: Empty['sql']) =>
		ask('select conrelid::regclass::text as name, conname, pg_get_constraintdef(oid) from pg_constraint order by 1, 2');
	expect(await keys(empty.sql)).toEqual(await keys(sql));
});

test('a backup taken at any moment of the writing is one moment', async () => {
	const stop = new AbortController();
	const writer = async () => {
		while (!stop.signal.aborted) await writePair();
	};
	const writers = Promise.all([writer(), writer()]);
	const target = path();
	await backUp(target, options());
	stop.abort();
	await writers;
	const empty = await emptyDatabase();
	await restore(await checkBackup(target), empty.target, { jobs: true });
	const restored = await pairs(empty.sql);
	expect(restored.filter(({ place, topic }) => place !== topic)).toEqual([]);
});

describe('a damaged backup is refused by the name of what is damaged', () => {
	async function withFile(): Promise<{ target: string; hash: string }> {
		const { hash, size } = await store.put(Buffer.from('Protokoll'));
		await sql(
			`insert into kernel.file (body_id, id, sha512, size, media_type, format, name) values ($1, $2, $3, $4, 'text/plain', 'txt', 'p.txt')`,
			[town.id, newId(), hash, size],
		);
		const target = path();
		await backUp(target, options());
		return { target, hash };
	}

	test('one flipped bit anywhere', async () => {
		const { target } = await withFile();
		const files = (await readdir(target, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
		const empty = await emptyDatabase();
		for (const { parentPath, name } of files) {
			if (name === 'manifest.sha256') continue;
			const file = join(parentPath, name);
			const bytes = await readFile(file);
			const bad = Buffer.from(bytes);
			bad[Math.floor(bad.length / 2)]! ^= 1;
			await writeFile(file, bad);
			await expect(checkBackup(target), file).rejects.toThrow(
				`Die Sicherung ist beschädigt: ${file.slice(target.length + 1)} `,
			);
			await writeFile(file, bytes);
		}
		await restore(await checkBackup(target), empty.target, { jobs: true });
	});

	test('a file that is missing', async () => {
		const { target, hash } = await withFile();
		await rm(join(target, 'files', hash.slice(0, 2)), { recursive: true });
		await expect(checkBackup(target)).rejects.toThrow(`files/${hash.slice(0, 2)}/`);
	});

	test('a folder that is no backup, or one that was cut off', async () => {
		await expect(checkBackup(folder)).rejects.toThrow('keine vollständige Sicherung');
		const target = path();
		const failing = backUp(target, options({ snapshotTaken: () => Promise.reject(new Error('cut off')) }));
		await expect(failing).rejects.toThrow('cut off');
		expect(await readdir(folder)).not.toContain(target.split('/').at(-1));
	});
});

test('files come back with their rows; one that the store lost is told by name and keeps nothing else back', async () => {
	const { hash, size } = await store.put(Buffer.from('Anlage'));
	const lost = 'a'.repeat(128);
	for (const sha512 of [hash, lost]) {
		await sql(
			`insert into kernel.file (body_id, id, sha512, size, media_type, format, name) values ($1, $2, $3, $4, 'text/plain', 'txt', 'a.txt')`,
			[town.id, newId(), sha512, size],
		);
	}
	const target = path();
	const manifest = await backUp(target, options());
	await sql('delete from kernel.file where sha512 = $1', [lost]);
	expect(manifest.missingFiles).toEqual([lost]);
	const empty = await emptyDatabase();
	await restore(await checkBackup(target), empty.target, { jobs: true });
	expect(Buffer.from(await empty.target.store.read(hash)).toString()).toBe('Anlage');
});

test('waiting jobs come back with their tries, or stay away where a copy is only tried', async () => {
	const at = Temporal.Instant.from('2031-05-01T10:00:00Z');
	await write(ctx(), (tx) => enqueueJob(tx, 'backup.later', { page: 7 }, { runAt: at, key: 'k' }));
	await sql(`update graphile_worker._private_jobs set attempts = 3, last_error = 'put off'`);
	const target = path();
	await backUp(target, options());
	const jobs = (ask: Empty['sql']) =>
		ask(`select t.identifier, j.payload, j.run_at, j.attempts, j.max_attempts, j.key, j.last_error
			from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id`);
	const [original] = await jobs(sql);
	const [real, trial] = [await emptyDatabase(), await emptyDatabase()];
	await restore(await checkBackup(target), real.target, { jobs: true });
	await restore(await checkBackup(target), trial.target, { jobs: false });
	expect(original).toMatchObject({ attempts: 3, last_error: 'put off' });
	expect(await jobs(real.sql)).toEqual([original]);
	expect(await jobs(trial.sql)).toEqual([]);
});

describe('one town alone', () => {
	const pick = () => town;

	test('comes without the others and without means of signing in, and stands beside other towns', async () => {
		const account = { id: newId(), foreign: newId() };
		for (const id of Object.values(account)) {
			await sql(
				`insert into auth."user" ("id", "name", "email", "emailVerified", "twoFactorEnabled") values ($1, 'Anna', $2, true, true)`,
				[id, `${id}@elbstadt.example`],
			);
		}
		await sql(
			`insert into auth."account" ("id", "accountId", "providerId", "userId", "password", "updatedAt") values ($1, $1, 'credential', $1, 'hash', now())`,
			[account.id],
		);
		await sql(`insert into registry.person (body_id, id, family_name, account_id) values ($1, $2, 'Muster', $3)`, [
			town.id,
			newId(),
			account.id,
		]);
		await sql(`insert into registry.person (body_id, id, family_name) values ($1, $2, 'Fremd')`, [other.id, newId()]);
		const [alone, rest] = [path(), path()];
		await backUp(alone, options({ pick }));
		await backUp(rest, options({ pick: () => other }));
		const empty = await emptyDatabase();
		await restore(await checkBackup(rest), empty.target, { jobs: true });
		await restore(await checkBackup(alone), empty.target, { jobs: true });
		expect(await empty.sql('select name from kernel.town order by name')).toHaveLength(2);
		const accounts = await empty.sql('select "id", "twoFactorEnabled" from auth."user"');
		expect(accounts).toEqual([{ id: account.id, twoFactorEnabled: null }]);
		expect(await empty.sql('select 1 from auth."account"')).toEqual([]);
		await expect(restore(await checkBackup(alone), empty.target, { jobs: true })).rejects.toThrow(
			'gibt es diese Stadt oder ihre Adresse schon; es wurde nichts übernommen',
		);
	});

	test('everything is not restored over a town that is there', async () => {
		const [alone, all] = [path(), path()];
		await backUp(alone, options({ pick }));
		await backUp(all, options());
		const empty = await emptyDatabase();
		await restore(await checkBackup(alone), empty.target, { jobs: true });
		await expect(restore(await checkBackup(all), empty.target, { jobs: true })).rejects.toThrow('eine Stadt');
	});
});

test('a backup of an earlier state of the program is brought forward, one of a later state is refused', async () => {
	const names = [...(await knownMigrations())].sort();
	const earlier = new Set(names.filter((name) => !/oparl|papers/.test(name)));
	const old = await emptyDatabase(false);
	await migrateAll(old.target.owner, old.target.appRole, earlier);
	await old.sql(`insert into kernel.town (id, name, short_name) values ($1, 'Altstadt', 'Altstadt')`, [newId()]);
	const target = path();
	const manifest = await backUp(target, options({ owner: old.target.owner }));
	expect(manifest.migrations).toHaveLength(earlier.size);
	// Tables of today stand there already: they go back to the shape of the backup, and forward again.
	const empty = await emptyDatabase();
	await restore(await checkBackup(target), empty.target, { jobs: true });
	expect(await empty.sql('select name from kernel.town')).toEqual([{ name: 'Altstadt' }]);
	expect(await empty.sql('select name from kernel.migration')).toHaveLength(names.length);
	const backup = await checkBackup(target);
	backup.manifest.migrations.push('2099-01-01-later (papers)');
	await expect(restore(backup, (await emptyDatabase()).target, { jobs: true })).rejects.toThrow('neueren Programm');
});
