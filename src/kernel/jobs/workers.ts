import { EventEmitter, once } from 'node:events';
import { run, type TaskList, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import { SYSTEM } from '../access/actor.ts';
import { logError } from '../log.ts';
import type { JobHandler } from '../module.ts';
import { contextFor } from '../request.ts';
import { count, took } from '../observe/metrics.ts';
import { runtime } from '../runtime.ts';
import { allTowns } from '../towns.ts';
import { allHandlers, allSchedules } from './handlers.ts';
import { quietLogger } from './logger.ts';
import { announce, freeOrphans } from './presence.ts';
import { surviveLosses } from './pool.ts';
import { FOR_EVERY_TOWN, forEveryTown, scheduleTasks } from './schedule.ts';

export interface Workers {
	/** Takes no new job and waits for the running ones to end. */
	stop: () => Promise<void>;
}

/** What a job is queued with: see kernel.enqueue_job. */
interface Envelope {
	body_id: string;
	data: unknown;
}

/**
 * Runs the queued jobs of all towns in this process and starts the scheduled ones. A handler that throws is tried again,
 * later each time; what it wrote in its last transaction is undone.
 * @param concurrency jobs at the same time; 0 leaves them to another process
 */
export async function startWorkers(concurrency = runtime().config.workers): Promise<Workers> {
	if (concurrency === 0) return { stop: async () => undefined };
	const tasks = taskList();
	const schedule = scheduleTasks(allSchedules());
	const pool = workerPool(concurrency);
	await freeOrphans(pool);
	const events: WorkerEvents = new EventEmitter();
	const name = once(events, 'pool:create') as Promise<[{ workerPool: { id: string } }]>;
	const runner = await run({
		pgPool: pool,
		taskList: tasks,
		parsedCronItems: schedule,
		concurrency,
		events,
		noHandleSignals: true,
		logger: quietLogger,
	});
	const [{ workerPool: created }] = await name;
	const presence = await announce(runtime().app, created.id);
	return {
		stop: async () => {
			await runner.stop();
			await presence.leave();
			await pool.end();
		},
	};
}

/** Its own connections: the library listens on one, and only these may see the queue's tables. */
function workerPool(concurrency: number): pg.Pool {
	const pool = new pg.Pool({ ...runtime().app, max: concurrency + 3, options: '-c mitrat.worker=on' });
	surviveLosses(pool);
	return pool;
}

function taskList(): TaskList {
	const tasks: TaskList = { [FOR_EVERY_TOWN]: forEveryTown };
	for (const [name, handler] of allHandlers()) {
		tasks[name] = async (payload) => runInTown(name, handler, payload as Envelope);
	}
	return tasks;
}

async function runInTown(name: string, handler: JobHandler, { body_id, data }: Envelope): Promise<void> {
	const town = (await allTowns()).find(({ id }) => id === body_id);
	if (!town) throw new Error('the town of this job is gone');
	const ctx = contextFor(town, SYSTEM);
	const begin = performance.now();
	const note = (outcome: 'done' | 'failed') => {
		count('mitrat_jobs_total', { job: name, outcome });
		took('mitrat_job_duration_seconds', { job: name }, (performance.now() - begin) / 1000);
	};
	try {
		await handler(ctx, data);
		await ctx.scope.commit();
		note('done');
	} catch (error) {
		note('failed');
		await ctx.scope.rollback().catch(() => undefined);
		logError(error, { job: name, town: body_id });
		throw error;
	}
}
