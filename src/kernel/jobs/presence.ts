import pg from 'pg';

/**
 * Jobs of a process that was killed stay locked; graphile-worker would free them after four hours. So every pool of
 * workers holds an advisory lock of its own name on a connection of its own: a lock that can be had belongs to nobody
 * alive, and its jobs are free at once. A living process that loses this connection (the database was killed, a standby took
 * over) has lost its claim, and perhaps the note that a job is done: it has to begin anew under another name.
 */
export interface Presence {
	/** Resolves when the connection is gone, and with it the lock. */
	lost: Promise<void>;
	leave: () => Promise<void>;
}

/** Namespace of the advisory locks ("mjob" in ASCII), so that they meet no other room's. */
const NAMESPACE = 0x6d6a6f62;

/** @param poolId name of the pool in graphile_worker's `locked_by` */
export async function announce(connection: pg.PoolConfig, poolId: string): Promise<Presence> {
	const client = new pg.Client({ ...connection, application_name: 'mitrat-jobs', keepAlive: true });
	client.on('error', () => undefined);
	const lost = new Promise<void>((resolve) => client.once('end', () => resolve()));
	await client.connect();
	await client.query(`select pg_advisory_lock(${NAMESPACE}, hashtext($1))`, [poolId]);
	return { lost, leave: () => client.end() };
}

/** Frees the jobs of pools that are gone. @returns names of those pools */
export async function freeOrphans(pool: pg.Pool): Promise<string[]> {
	const client = await pool.connect();
	try {
		const { rows } = await client.query<{ name: string }>(
			`select distinct locked_by as name from graphile_worker._private_jobs where locked_by is not null
			 union select distinct locked_by from graphile_worker._private_job_queues where locked_by is not null`,
		);
		const gone: string[] = [];
		for (const { name } of rows) if (await freeIfGone(client, name)) gone.push(name);
		return gone;
	} finally {
		client.release();
	}
}

async function freeIfGone(client: pg.PoolClient, name: string): Promise<boolean> {
	const lock = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${NAMESPACE}, hashtext($1)) as got`, [
		name,
	]);
	if (!lock.rows[0]?.got) return false;
	for (const table of ['_private_jobs', '_private_job_queues']) {
		await client.query(`update graphile_worker.${table} set locked_by = null, locked_at = null where locked_by = $1`, [
			name,
		]);
	}
	await client.query(`select pg_advisory_unlock(${NAMESPACE}, hashtext($1))`, [name]);
	return true;
}
