import type { Pool } from 'pg';

/**
 * A lost connection, idle or in use, is replaced at the next use; without listeners on pool and clients it would end the process.
 * Also for a pool that ends soon: its connections outlive `end()` for a moment, and a server that stops then speaks up on them.
 */
export function surviveLosses(pool: Pool): void {
	pool.on('error', () => undefined);
	pool.on('connect', (client) => client.on('error', () => undefined));
}
