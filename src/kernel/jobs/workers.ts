import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { run, type TaskList, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import { SYSTEM } from '../access/actor.ts';
import { isAway } from '../away.ts';
import { logError } from '../log.ts';
import type { JobHandler } from '../module.ts';
import { contextFor } from '../request.ts';
import { count, took } from '../observe/metrics.ts';
import { traced } from '../observe/trace.ts';
import { runtime } from '../runtime.ts';
import { allTowns } from '../towns.ts';
import { allHandlers, allSchedules } from './handlers.ts';
import { quietLogger } from './logger.ts';
import { announce, freeOrphans } from './presence.ts';
import { surviveLosses } from '../db/survive-losses.ts';
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
 * later each time; what it wrote in its last transaction is undone. When the database was away, everything begins anew as
 * soon as it is back, and the jobs that were running then are free again.
 * @param concurrency jobs at the same time; 0 leaves them to another process
 */
export async function startWorkers(concurrency = runtime().config.workers): Promise<Workers> {
	if (concurrency === 0) return { stop: async () => undefined };
	const stopping = new AbortController();
	const crew = await startCrew(concurrency);
	const supervision = supervise(crew, concurrency, stopping.signal);
	return {
		stop: async () => {
			stopping.abort();
			await supervision;
		},
	};
}

/** The workers under one name, from their first job to the loss of their database or the end of the process. */
interface Crew {
	/** Resolves when they can't be relied on any more. */
	lost: Promise<void>;
	stop: () => Promise<void>;
}

async function startCrew(concurrency: number): Promise<Crew> {
	const pool = workerPool(concurrency);
	try {
		await freeOrphans(pool);
		const events: WorkerEvents = new EventEmitter();
		const name = once(events, 'pool:create') as Promise<[{ workerPool: { id: string } }]>;
		const runner = await run({
			pgPool: pool,
			taskList: taskList(),
			parsedCronItems: scheduleTasks(allSchedules()),
			concurrency,
			events,
			noHandleSignals: true,
			logger: quietLogger,
		});
		const [{ workerPool: created }] = await name;
		const presence = await announce(runtime().app, created.id);
		const ended = runner.promise.catch(() => undefined);
		return {
			lost: Promise.race([presence.lost, ended]),
			stop: async () => {
				await runner.stop();
				await presence.leave();
				await pool.end();
			},
		};
	} catch (error) {
		void pool.end().catch(() => undefined);
		throw error;
	}
}

/** Replaces a lost crew by a new one, again and again, until it is told to stop; then it stops the last one. */
async function supervise(first: Crew, concurrency: number, stopping: AbortSignal): Promise<void> {
	const told = new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve(), { once: true }));
	let crew: Crew | undefined = first;
	while (crew) {
		await Promise.race([crew.lost, told]);
		if (stopping.aborted) return crew.stop();
		logError(new Error('the workers lost their database'), { room: 'jobs' });
		// What still runs shall end before its job is free for others; but nobody waits for it for ever.
		await Promise.race([crew.stop().catch(() => undefined), pause(FAREWELL_MS, undefined, { ref: false }), told]);
		crew = await untilStarted(concurrency, stopping);
	}
}

/** Milliseconds that jobs of a lost crew have to come to their end. */
const FAREWELL_MS = 5_000;
/** Milliseconds between two tries to reach the database. */
const AGAIN_MS = 500;

async function untilStarted(concurrency: number, stopping: AbortSignal): Promise<Crew | undefined> {
	while (!stopping.aborted) {
		const crew = await startCrew(concurrency).catch((error: unknown) => {
			if (!isAway(error)) logError(error, { room: 'jobs' });
			return undefined;
		});
		if (crew) return crew;
		await pause(AGAIN_MS, undefined, { signal: stopping }).catch(() => undefined);
	}
	return undefined;
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
		tasks[name] = (payload) =>
			traced({ name: `job ${name}`, kind: 'consumer', attributes: { 'mitrat.job': name } }, () =>
				runInTown(name, handler, payload as Envelope),
			);
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
