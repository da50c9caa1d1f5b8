import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '../ctx.ts';

export interface JobOptions {
	/** Not before this moment; without it, at once. */
	runAt?: Temporal.Instant;
	/** A waiting job of the same name and key is replaced: many reasons, one run. */
	key?: string;
	/** Tries before the job counts as failed (default 12, spread over about sixteen hours). */
	maxAttempts?: number;
}

/** After the n-th failure e^n seconds pass, at most six hours; twelve tries take about sixteen. */
const ATTEMPTS = 12;

/**
 * Queues a job inside the running write: if that is rolled back, the job never was.
 * @param job name under which a module declares the handler, e.g. 'council.remind'
 * @param payload JSON; ids rather than texts, because the queue is no place for personal data
 */
export async function enqueueJob(tx: WriteCtx, job: string, payload: unknown, options: JobOptions = {}): Promise<void> {
	await sql`select kernel.enqueue_job(${job}, ${JSON.stringify(payload ?? null)}::json, ${options.runAt ?? null}::timestamptz,
		${options.key ?? null}::text, ${options.maxAttempts ?? ATTEMPTS}::int)`.execute(tx.db);
}

export interface JobState {
	job: string;
	waiting: number;
	/** Failed at least once and will be tried again. */
	failing: number;
	/** No attempt is left: a person must look. */
	failed: number;
	oldest: Temporal.Instant;
	lastError: string | null;
}

/** How the town's queue stands, one row for each kind of job that waits or failed. */
export async function jobStates(ctx: Ctx): Promise<JobState[]> {
	const { rows } = await sql<JobState>`select job, waiting, failing, failed, oldest, last_error as "lastError"
		from kernel.job_state()`.execute(ctx.db);
	return rows;
}
