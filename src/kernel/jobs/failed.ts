import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '../ctx.ts';

export interface FailedJob {
	id: number;
	/** Name under which a module declares it, e.g. 'council.remind'. */
	job: string;
	since: Temporal.Instant;
	attempts: number;
	/** First line of the last error. It may quote a value: for administrators only. */
	error: string;
}

/** The town's jobs that have no attempt left, the newest first. */
export async function failedJobs(ctx: Ctx): Promise<FailedJob[]> {
	return (await sql<FailedJob>`select id, job, since, attempts, error from kernel.failed_jobs()`.execute(ctx.db)).rows;
}

/** Lets a failed job run again, with all its attempts. @returns its name; null when there is none such */
export async function retryJob(tx: WriteCtx, id: number): Promise<string | null> {
	const { rows } = await sql<{ job: string | null }>`select kernel.retry_job(${id}::bigint) as job`.execute(tx.db);
	return rows[0]?.job ?? null;
}

/** Gives a failed job up. @returns its name; null when there is none such */
export async function dropJob(tx: WriteCtx, id: number): Promise<string | null> {
	const { rows } = await sql<{ job: string | null }>`select kernel.drop_job(${id}::bigint) as job`.execute(tx.db);
	return rows[0]?.job ?? null;
}
