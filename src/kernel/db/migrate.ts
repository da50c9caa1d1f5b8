import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import pg from 'pg';
import { UserError } from '../errors.ts';
import { surviveLosses } from './survive-losses.ts';
import { types } from './values.ts';

/** Where one room or module keeps its SQL files; `name` tells whose file it was. */
export interface MigrationSource {
	name: string;
	folder: string;
}

/**
 * Brings the database to the state of the code: plain SQL files, in the order of their dates across all modules, each in
 * one transaction, run by the owner role. A migration that was merged late is run, not skipped.
 * @param appRole the role of requests; tables guarded in a migration are granted to it
 * @param only just these, to give an old backup the tables it was made from
 * @returns names of the migrations that were run now
 * @throws UserError naming the file whose SQL failed, or the change of a newer program
 */
export async function migrate(
	owner: pg.PoolConfig,
	appRole: string,
	sources: MigrationSource[],
	only?: ReadonlySet<string>,
): Promise<string[]> {
	if (!/^[a-z_][a-z0-9_]*$/i.test(appRole)) throw new UserError(`Der Rollenname „${appRole}“ ist nicht zulässig.`);
	const pool = new pg.Pool({ ...owner, max: 1, types });
	surviveLosses(pool);
	const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
	try {
		await sql`create schema if not exists kernel`.execute(db);
		await sql.raw(`set mitrat.app_role = '${appRole}'`).execute(db);
		const migrator = new Migrator({
			db,
			provider: { getMigrations: () => readAll(sources, only) },
			migrationTableSchema: 'kernel',
			migrationTableName: 'migration',
			migrationLockTableName: 'migration_lock',
			allowUnorderedMigrations: true,
		});
		const { error, results = [] } = await migrator.migrateToLatest();
		if (error) throw failure(error, results.find((r) => r.status === 'Error')?.migrationName);
		return results.map((result) => result.migrationName);
	} finally {
		await db.destroy();
	}
}

/**
 * A migration speaks of all towns at once: as long as it runs, the policies bind the owner no more (they bind the role of
 * requests at any time). Without this, a new foreign key or a corrected value would meet a policy without a town.
 */
const LIFT = sql`do $$ declare t regclass; lifted text := ''; begin
	for t in select oid from pg_class where relforcerowsecurity loop
		execute format('alter table %s no force row level security', t);
		lifted := lifted || t::oid::text || ' ';
	end loop;
	perform set_config('mitrat.lifted', lifted, true);
end $$`;

const FORCE = sql`do $$ declare t oid; begin
	for t in select oid from pg_class
		where oid = any(string_to_array(trim(current_setting('mitrat.lifted')), ' ')::oid[])
	loop
		execute format('alter table %s force row level security', t::regclass);
	end loop; end $$`;

function failure(error: unknown, name = 'migration'): UserError {
	const reason = error instanceof Error ? error.message : String(error);
	const [, unknown] = /previously executed migration (.+) is missing/.exec(reason) ?? [];
	if (unknown)
		return new UserError(
			`Die Datenbank ist neuer als dieses Programm: es kennt ihre Änderung „${unknown}“ nicht. Sie läuft mit der neueren Fassung; ` +
				'zur älteren gehört die Sicherung, die vor dem Wechsel gemacht wurde.',
			{ cause: error },
		);
	return new UserError(`Die Datenbank-Änderung „${name}“ ist gescheitert: ${reason}`, { cause: error });
}

/**
 * Names sort by date and time across all modules: a file that builds on another's tables carries a later stamp
 * (`2026-11-21-0200-council.sql` after `2026-11-21-0100-registry.sql`).
 */
async function readAll(sources: MigrationSource[], only?: ReadonlySet<string>): Promise<Record<string, Migration>> {
	const found: [string, Migration][] = [];
	for (const { name, file } of await migrationFiles(sources)) {
		if (only && !only.has(name)) continue;
		const text = await readFile(file, 'utf8');
		found.push([name, { up: (db) => run(db, text) }]);
	}
	return Object.fromEntries(found);
}

/** Every migration of these rooms and modules by the name it has in the database's book. @throws UserError on a wrong name */
export async function migrationFiles(sources: MigrationSource[]): Promise<{ name: string; file: string }[]> {
	const found: { name: string; file: string }[] = [];
	for (const { name, folder } of sources) {
		for (const file of await sqlFiles(folder)) {
			const [, stem] = /^(\d{4}-\d\d-\d\d-.+)\.sql$/.exec(file) ?? [];
			if (!stem) throw new UserError(`Die Datei ${file} in ${folder} heißt nicht „JJJJ-MM-TT-name.sql“.`);
			found.push({ name: `${stem} (${name})`, file: join(folder, file) });
		}
	}
	return found;
}

async function run(db: Kysely<unknown>, text: string): Promise<void> {
	const touchesRows = /\b(alter table|update|insert into|delete from)\b/i.test(text);
	if (touchesRows) await LIFT.execute(db);
	await sql.raw(text).execute(db);
	if (touchesRows) await FORCE.execute(db);
}

async function sqlFiles(folder: string): Promise<string[]> {
	try {
		return (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}
