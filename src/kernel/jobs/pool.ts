import type { Pool } from 'pg';

/** A lost connection is replaced at the next use; without listeners on pool and clients it would end the process. */
export function surviveLosses(pool: Pool): void {
	pool.on('error', () => undefined);
	pool.on('connect', (client) => client.on('error', () => undefined));
}
