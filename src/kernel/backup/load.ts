/** The rows of a backup, into tables of the same shape. */
import { join } from 'node:path';
import type pg from 'pg';
import { UserError } from '../errors.ts';
import { quoted, type Catalog } from './catalog.ts';
import type { CheckedBackup } from './check.ts';
import { copyIn } from './copy.ts';
import type { Manifest, Part } from './manifest.ts';
import { enterTown, JOBS, sharedQuestions, townQuestions, type Question } from './reading.ts';
import { unpacked } from './sums.ts';

export interface LoadOptions {
	jobs: boolean;
	/** Other towns are there, and some of the accounts may be. */
	beside: boolean;
}

/** Everything that a backup may hold, in an order in which it can be written. */
export function allQuestions(catalog: Catalog, { towns }: Manifest): { town?: string; questions: Question[] }[] {
	const ofTowns = towns.map((town) => ({ town: town.id, questions: townQuestions(catalog, town) }));
	return [{ questions: sharedQuestions(catalog, undefined) }, ...ofTowns];
}

/** @throws UserError when a town or an account is there already, or the tables have another shape */
export async function load(
	client: pg.Client,
	catalog: Catalog,
	{ folder, manifest }: CheckedBackup,
	options: LoadOptions,
): Promise<void> {
	const parts = new Map(manifest.parts.filter(({ table }) => table).map((part) => [part.path, part]));
	for (const { town, questions } of allQuestions(catalog, manifest)) {
		if (town) await enterTown(client, { id: town, name: '' });
		for (const question of questions) {
			const part = parts.get(question.path);
			parts.delete(question.path);
			if (part && (options.jobs || question.table !== JOBS)) await take(client, folder, question, part, options);
		}
	}
	const [left] = parts.keys();
	if (left) throw new UserError(`Die Sicherung enthält ${left}, wofür es in dieser Datenbank keine Tabelle gibt.`);
}

/** By way of a table of its own: COPY cannot write under a policy, and the policies stay in force. */
async function take(client: pg.Client, folder: string, question: Question, part: Part, options: LoadOptions) {
	const { table, columns, select } = question;
	if (part.columns.toSorted().join() !== columns.toSorted().join())
		throw new UserError(`Die Tabelle ${table} der Sicherung hat andere Spalten als die der Datenbank.`);
	const list = quoted(part.columns);
	await client.query(`create temp table stage as ${select} with no data`);
	await copyIn(client, `copy pg_temp.stage (${list}) from stdin`, unpacked(join(folder, part.path)));
	if (table === JOBS) await queueJobs(client);
	else await insert(client, question, list, options);
	await client.query('drop table pg_temp.stage');
}

async function insert(client: pg.Client, question: Question, list: string, { beside }: LoadOptions): Promise<void> {
	const { table, town, sql } = question;
	const known = table === 'auth.user' && beside ? 'on conflict (id) do nothing' : '';
	try {
		await client.query(`insert into ${sql} (${list}) select ${list} from pg_temp.stage ${known}`);
	} catch (error) {
		if (town !== null || (error as { code?: string }).code !== '23505') throw error;
		const what = table === 'auth.user' ? 'ein Konto mit derselben E-Mail-Adresse' : 'diese Stadt oder ihre Adresse';
		throw new UserError(`In dieser Installation gibt es ${what} schon; es wurde nichts übernommen.`, { cause: error });
	}
}

/** The library's own function makes them; tries that were made stay counted. */
async function queueJobs(client: pg.Client): Promise<void> {
	await client.query(`create temp table queued as
		select j.id, s.attempts, s.last_error from (select * from pg_temp.stage order by ctid) s,
			lateral graphile_worker.add_job(identifier => s.identifier, payload => s.payload, queue_name => s.queue_name,
				run_at => s.run_at, max_attempts => s.max_attempts::int, job_key => s.key, priority => s.priority::int) j`);
	await client.query(`update graphile_worker._private_jobs j set attempts = q.attempts, last_error = q.last_error
		from pg_temp.queued q where q.id = j.id`);
	await client.query('drop table pg_temp.queued');
}
