import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { addNote, insertNote, installNotes } from '../../../tests/support/notes.ts';
import type { JobHandler } from '../module.ts';
import { write } from '../write.ts';
import { jobStates } from './queue.ts';
import { FOR_EVERY_TOWN } from './schedule.ts';
import { startWorkers, type Workers } from './workers.ts';

const handlers: Record<string, JobHandler> = {};
const database = await freshDatabase();
await installNotes(database, { jobs: { 'notes.work': (ctx, payload) => handlers.work!(ctx, payload) } });
const { town, sql } = database;

let workers: Workers | undefined;
afterEach(async () => {
	await workers?.stop();
	workers = undefined;
	await sql('delete from graphile_worker._private_jobs');
});

/** Resolves with what the handler got, each time it runs. */
function nextRun(act: JobHandler = async () => undefined): Promise<{ town: string; actor: string; payload: unknown }> {
	return new Promise((resolve) => {
		handlers.work = async (ctx, payload) => {
			await act(ctx, payload);
			resolve({ town: ctx.body.id, actor: ctx.actor.kind, payload });
		};
	});
}

/** Waits until a condition on the database holds. */
async function until(text: string): Promise<void> {
	while (!(await sql<{ ok: boolean }>(`select (${text}) as ok`))[0]!.ok) await pause(20);
}

test('a queued job runs in its town, for nobody', async () => {
	const run = nextRun();
	workers = await startWorkers(2);
	await write(database.ctx(), (tx) => tx.enqueue('notes.work', { page: 7 }));
	expect(await run).toEqual({ town: town.id, actor: 'system', payload: { page: 7 } });
});

test('a rolled-back write queues nothing', async () => {
	const failing = write(database.ctx(), async (tx) => {
		await tx.enqueue('notes.work', 1);
		throw new Error('no');
	});
	await expect(failing).rejects.toThrow('no');
	expect(await sql('select 1 from graphile_worker._private_jobs')).toEqual([]);
});

test('a handler that throws is tried again later, and what it wrote is gone', async () => {
	let tries = 0;
	const run = nextRun(async (ctx) => {
		tries++;
		await write(ctx, async (tx) => {
			await insertNote(tx, { title: `try ${tries}` });
			if (tries === 1) throw new Error('the first time');
		});
	});
	await write(database.ctx(), (tx) => tx.enqueue('notes.work', null));
	workers = await startWorkers(1);
	await until('select count(*) = 1 from graphile_worker._private_jobs where last_error is not null and run_at > now()');
	expect(await jobStates(database.ctx())).toMatchObject([
		{ job: 'notes.work', failing: 1, lastError: 'the first time' },
	]);
	await sql('update graphile_worker._private_jobs set run_at = now()');
	await run;
	expect(await sql('select title from notes.note')).toEqual([{ title: 'try 2' }]);
});

test('a job without attempts left counts as failed', async () => {
	handlers.work = () => Promise.reject(new Error('never works'));
	const ctx = database.ctx();
	await write(ctx, (tx) => tx.enqueue('notes.work', null, { maxAttempts: 1 }));
	workers = await startWorkers(1);
	await until(
		'select count(*) = 1 from graphile_worker._private_jobs where attempts >= max_attempts and locked_by is null',
	);
	expect(await jobStates(database.ctx())).toMatchObject([{ job: 'notes.work', failed: 1, waiting: 0 }]);
});

test('a key replaces the waiting job; another town keeps its own', async () => {
	const other = await database.addTown('Nebenstadt');
	await write(database.ctx(), (tx) => tx.enqueue('notes.work', 1, { key: 'k' }));
	await write(database.ctx(), (tx) => tx.enqueue('notes.work', 2, { key: 'k' }));
	await write(database.ctx(undefined, other), (tx) => tx.enqueue('notes.work', 3, { key: 'k' }));
	const jobs = await sql<{ data: number }>(
		`select (payload ->> 'data')::int as data from graphile_worker._private_jobs order by 1`,
	);
	expect(jobs).toEqual([{ data: 2 }, { data: 3 }]);
	expect(await jobStates(database.ctx())).toMatchObject([{ waiting: 1 }]);
});

test('stopping waits for the running job', async () => {
	let finish = () => {};
	let done = false;
	const started = new Promise<void>((resolve) => {
		handlers.work = async () => {
			resolve();
			await new Promise<void>((end) => (finish = end));
			done = true;
		};
	});
	await write(database.ctx(), (tx) => tx.enqueue('notes.work', null));
	workers = await startWorkers(1);
	await started;
	const stopping = workers.stop();
	workers = undefined;
	finish();
	await stopping;
	expect(done).toBe(true);
	expect(await sql('select 1 from graphile_worker._private_jobs')).toEqual([]);
});

test('jobs of a process that was killed run at the next start', async () => {
	const run = nextRun();
	await write(database.ctx(), (tx) => tx.enqueue('notes.work', 'left behind'));
	await sql(`update graphile_worker._private_jobs set locked_by = 'pool-of-the-dead', locked_at = now()`);
	workers = await startWorkers(1);
	expect((await run).payload).toBe('left behind');
});

test('jobs of a living process stay its own', async () => {
	let finish = () => {};
	let runs = 0;
	const started = new Promise<void>((resolve) => {
		handlers.work = async () => {
			runs++;
			resolve();
			await new Promise<void>((end) => (finish = end));
		};
	});
	await write(database.ctx(), (tx) => tx.enqueue('notes.work', null));
	workers = await startWorkers(1);
	await started;
	const second = await startWorkers(1);
	await second.stop();
	finish();
	await until('select count(*) = 0 from graphile_worker._private_jobs');
	expect(runs).toBe(1);
});

test('a scheduled job is queued once for every town', async () => {
	const towns = new Set<string>();
	const all = new Promise<void>((resolve) => {
		handlers.work = async (ctx) => {
			towns.add(ctx.body.id);
			if (towns.size === 2) resolve();
		};
	});
	workers = await startWorkers(2);
	await sql(`select graphile_worker.add_job($1, json_build_object('job', 'notes.work'))`, [FOR_EVERY_TOWN]);
	await all;
	expect(towns.has(town.id)).toBe(true);
});

test('requests neither see nor touch the queue', async () => {
	await addNote(database.ctx(), {});
	await write(database.ctx(), (tx) => tx.enqueue('notes.work', null));
	const client = new pg.Client(database.app);
	await client.connect();
	expect((await client.query('select * from graphile_worker._private_jobs')).rows).toEqual([]);
	expect((await client.query('delete from graphile_worker._private_jobs')).rowCount).toBe(0);
	await expect(client.query('select * from graphile_worker.jobs')).rejects.toThrow('permission denied');
	await client.end();
});
