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

/**
 * Counts the tables that have grown threefold since they were counted, so that a write which fills them in many steps is planned with their real
 * sizes: without, PostgreSQL reads a whole town where an index would lead to one row. A few milliseconds when nothing has grown.
 * @param db of a write of its own: the tables are locked against other counts until its end
 */
export async function countGrown(db: Db): Promise<void> {
	await sql`select kernel.count_grown()`.execute(db);
}

/**
 * Lets a write's commit not wait for the disk: for one of many steps that are taken again when the machine falls over. What is lost then are
 * the last steps as a whole, none half-done; the next commit that does wait keeps all of them.
 */
export async function commitLazily(db: Db): Promise<void> {
	await sql`select set_config('synchronous_commit', 'off', true)`.execute(db);
}
