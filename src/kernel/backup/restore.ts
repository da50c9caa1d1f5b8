/** Takes a checked backup over: all of it, compared row by row with what was backed up, or nothing. */
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { gatherStatistics } from '../db/statistics.ts';
import { UserError } from '../errors.ts';
import type { FileStore } from '../files/store.ts';
import { knownMigrations, migrateAll } from '../migrations.ts';
import { catalogOf, type Catalog } from './catalog.ts';
import { fileIn, type CheckedBackup } from './check.ts';
import { compare } from './compare.ts';
import { load } from './load.ts';
import { PLAIN_VALUES } from './reading.ts';

export interface Target {
	owner: pg.PoolConfig;
	/** Role of requests. */
	appRole: string;
	/** Where the files go; none when only the tables are tried. */
	store?: FileStore;
}

export interface RestoreOptions {
	/** False leaves waiting jobs out: a copy for trying things must not send the mails of the original. */
	jobs: boolean;
	say?: (line: string) => void;
}

/**
 * Restores into a database without towns; the backup of one town also beside other towns.
 * @throws UserError when the target has towns (or this one), the backup is of a newer program, or the result differs
 */
export async function restore(backup: CheckedBackup, target: Target, options: RestoreOptions): Promise<void> {
	const beside = await prepare(backup, target);
	await putFiles(backup, target.store);
	options.say?.('Dateien übernommen; jetzt die Datenbank …');
	await inTransaction(target.owner, async (client) => {
		const catalog = await catalogOf(client);
		await withoutCircularKeys(client, catalog, () => load(client, catalog, backup, { ...options, beside }));
		await compare(client, catalog, backup.manifest, { ...options, beside });
	});
	await migrateAll(target.owner, target.appRole);
	await inTransaction(target.owner, gatherStatistics);
}

/** Gives the target the shape that the tables had. @returns whether other towns are there */
async function prepare({ manifest }: CheckedBackup, { owner, appRole }: Target): Promise<boolean> {
	const known = await knownMigrations();
	const unknown = manifest.migrations.filter((name) => !known.has(name));
	if (unknown.length) {
		throw new UserError(
			`Die Sicherung stammt von einem neueren Programm (${manifest.program}); dieses kennt ${unknown[0]} nicht.`,
		);
	}
	const there = await inTransaction(owner, stateOf);
	if (!there.towns) {
		if (!there.accounts && sameShape(there.migrations, manifest.migrations)) return false;
		await inTransaction(owner, dropEmpty);
		await migrateAll(owner, appRole, new Set(manifest.migrations));
		return false;
	}
	if (manifest.scope === 'all')
		throw new UserError('In dieser Datenbank gibt es schon eine Stadt; wiederhergestellt wird in eine leere.');
	if (!sameShape(there.migrations, manifest.migrations)) {
		throw new UserError(
			'Neben andere Städte passt nur eine Sicherung vom selben Stand des Programms: bitte zuerst in einen leeren Datenordner wiederherstellen und von dort neu sichern.',
		);
	}
	return true;
}

interface State {
	towns: number;
	accounts: number;
	migrations: string[];
}

const sameShape = (a: string[], b: string[]): boolean => a.toSorted().join() === b.toSorted().join();

async function stateOf(client: pg.Client): Promise<State> {
	const there = await client.query<{ there: boolean }>(`select to_regclass('kernel.town') is not null as there`);
	if (!there.rows[0]?.there) return { towns: 0, accounts: 0, migrations: [] };
	const { rows } = await client.query<State>(
		`select (select count(*)::int from kernel.town) as towns, (select count(*)::int from auth."user") as accounts,
			array(select name::text from kernel.migration order by name) as migrations`,
	);
	return rows[0]!;
}

/** A database without a town may have tables of a later shape than the backup's: they go, and come back in its shape. */
async function dropEmpty(client: pg.Client): Promise<void> {
	const { towns } = await stateOf(client);
	if (towns) throw new UserError('In dieser Datenbank entstand eben eine Stadt; es wurde nichts übernommen.');
	const { rows } = await client.query<{ name: string }>(
		`select distinct quote_ident(schemaname) as name from pg_tables
		 where tableowner = current_user and schemaname not in ('public', 'pg_catalog', 'information_schema')`,
	);
	for (const { name } of rows) await client.query(`drop schema ${name} cascade`);
}

/** Content addresses: doing it twice, or in vain, changes nothing. */
async function putFiles({ folder, files }: CheckedBackup, store: FileStore | undefined): Promise<void> {
	if (!store) return;
	for (const { hash } of files) await store.put(await readFile(fileIn(folder, hash)));
}

/**
 * Two tables that point at each other have no order: their keys are made anew afterwards, which proves them. For that the
 * policies must not bind the owner, or only one town would be proved.
 */
async function withoutCircularKeys(client: pg.Client, { circular }: Catalog, work: () => Promise<void>): Promise<void> {
	for (const { from, name } of circular) {
		await client.query(`alter table ${sqlName(from)} drop constraint ${pg.escapeIdentifier(name)}`);
	}
	await work();
	const touched = [...new Set(circular.flatMap(({ from, to }) => [from, to]))].map(sqlName);
	for (const table of touched) await client.query(`alter table ${table} no force row level security`);
	for (const { from, name, definition } of circular) {
		await client.query(`alter table ${sqlName(from)} add constraint ${pg.escapeIdentifier(name)} ${definition}`);
	}
	for (const table of touched) await client.query(`alter table ${table} force row level security`);
}

const sqlName = (name: string): string => name.split('.').map(pg.escapeIdentifier).join('.');

async function inTransaction<T>(owner: pg.PoolConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client({ ...owner, application_name: 'mitrat-restore' });
	client.on('error', () => undefined);
	await client.connect();
	try {
		await client.query('begin');
		await client.query(PLAIN_VALUES);
		const result = await work(client);
		await client.query('commit');
		return result;
	} finally {
		await client.end();
	}
}
