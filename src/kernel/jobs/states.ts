import { runtime } from '../runtime.ts';

export interface QueueStates {
	waiting: number;
	/** Failed at least once and will be tried again. */
	failing: number;
	/** No attempt is left. */
	failed: number;
}

/** The queue of the whole installation in three figures, for those who watch over it. Only figures: no town, no payload. */
export async function queueStates(): Promise<QueueStates> {
	const client = await runtime().pool.connect();
	try {
		// Only connections that say so see the queue (see install.ts).
		await client.query('begin read only; set local mitrat.worker = on; set local statement_timeout = 2000');
		const { rows } = await client.query<QueueStates>(`
			select count(*) filter (where attempts < max_attempts and last_error is null) as waiting,
				count(*) filter (where attempts < max_attempts and last_error is not null) as failing,
				count(*) filter (where attempts >= max_attempts) as failed
			from graphile_worker._private_jobs`);
		await client.query('commit');
		client.release();
		return rows[0]!;
	} catch (error) {
		client.release(true);
		throw error;
	}
}
