/** What a backup asks the database for: one statement for each table and town. */
import type pg from 'pg';
import { isId } from '../ids.ts';
import { ACCOUNTS, quoted, TOWN, type Catalog, type Table } from './catalog.ts';

export interface Question {
	path: string;
	table: string;
	town: string | null;
	/** The table, quoted for SQL. */
	sql: string;
	columns: string[];
	select: string;
}

export interface TownName {
	id: string;
	name: string;
}

/** Waiting and failed jobs of a town, as the queue's own function takes them back. */
export const JOBS = 'graphile_worker.jobs';
const JOB_COLUMNS = [
	'identifier',
	'payload',
	'queue_name',
	'run_at',
	'max_attempts',
	'key',
	'priority',
	'attempts',
	'last_error',
];

/** Makes values read the same everywhere, whatever the server's settings. */
export const PLAIN_VALUES = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
	set local bytea_output = 'hex'; set local extra_float_digits = 1; set local statement_timeout = 0;
	set local client_encoding = 'UTF8'`;

/** Tables that all towns share. With one town named, only what is the town's. */
export function sharedQuestions({ shared, towns }: Catalog, only: TownName | undefined): Question[] {
	return shared
		.filter(({ name }) => !only || name === TOWN || name === ACCOUNTS)
		.map((table) => ({
			path: `shared/${table.name}.copy.gz`,
			table: table.name,
			town: null,
			sql: table.sql,
			columns: table.columns,
			select: `${only ? ofTown(table, towns, only) : `select ${quoted(table.columns)} from ${table.sql}`} order by ${table.key.join(', ')}`,
		}));
}

function ofTown(table: Table, towns: Table[], { id }: TownName): string {
	if (table.name === TOWN) return `select ${quoted(table.columns)} from ${table.sql} where id = '${checked(id)}'`;
	// A second step is encrypted by the installation's secret: elsewhere it would lock its owner out.
	const columns = table.columns.map((name) =>
		name === 'twoFactorEnabled' ? 'null as "twoFactorEnabled"' : quoted([name]),
	);
	const named = towns
		.filter((one) => one.columns.includes('account_id'))
		.map((one) => `select account_id from ${one.sql} where body_id = '${checked(id)}'`);
	return `select ${columns.join(', ')} from ${table.sql} where id in (${named.join(' union ')})`;
}

/** Everything of one town. Ask with `mitrat.body` set: the policies bind the owner, too. */
export function townQuestions({ towns }: Catalog, { id }: TownName): Question[] {
	const rows = towns.map(({ name, sql, columns, key }) => ({
		path: `towns/${id}/${name}.copy.gz`,
		table: name,
		town: id,
		sql,
		columns,
		select: `select ${quoted(columns)} from ${sql} where body_id = '${checked(id)}' order by ${key.join(', ')}`,
	}));
	return [...rows, jobsQuestion(id)];
}

function jobsQuestion(id: string): Question {
	return {
		path: `towns/${id}/${JOBS}.copy.gz`,
		table: JOBS,
		town: id,
		sql: JOBS,
		columns: JOB_COLUMNS,
		select: `select t.identifier, j.payload, q.queue_name, j.run_at, j.max_attempts, j.key, j.priority, j.attempts, j.last_error
			from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
				left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
			where j.payload ->> 'body_id' = '${checked(id)}'
			order by j.run_at, t.identifier collate "C", j.key collate "C", j.payload::text collate "C", j.attempts, j.last_error collate "C"`,
	};
}

/** Content hashes of a town's files. */
export async function filesOf(client: pg.ClientBase, { id }: TownName): Promise<string[]> {
	const { rows } = await client.query<{ sha512: string }>(
		'select distinct sha512 from kernel.file where body_id = $1',
		[id],
	);
	return rows.map(({ sha512 }) => sha512);
}

export async function enterTown(client: pg.ClientBase, { id }: TownName): Promise<void> {
	await client.query(`set local mitrat.body = '${checked(id)}'`);
}

/** SET takes no parameters and COPY none either. */
function checked(id: string): string {
	if (!isId(id)) throw new Error('the id of a town is a UUID');
	return id;
}
