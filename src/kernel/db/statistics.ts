import { sql } from 'kysely';
import type pg from 'pg';
import type { Db } from './scope.ts';

/**
 * Counts the tables of all modules, so that PostgreSQL plans with their real sizes. For after loading much at once: by
 * itself it does so a minute later, and never for small tables. Takes a fraction of a second for a town.
 * @param owner connected as the owner of the tables
 */
export async function gatherStatistics(owner: pg.Client): Promise<void> {
	const { rows } = await owner.query<{ name: string }>(
		`select format('%I.%I', schemaname, tablename) as name from pg_tables where tableowner = current_user`,
	);
	if (rows.length) await owner.query(`analyze ${rows.map(({ name }) => name).join(', ')}`);
}

/**
 * Lets PostgreSQL plan the statements of this connection anew, by the sizes that tables have now. For writes that fill empty tables
 * in many steps: a plan that was made for ten rows reads ten thousand of them one by one.
 */
export async function planAnew(db: Db): Promise<void> {
	await sql`discard plans`.execute(db);
}
