import { sql } from 'kysely';
import type { WriteCtx } from '../ctx.ts';

/** A write of many objects must not fill the server's lock table, so objects share this many locks. */
const SLOTS = 128;

/**
 * Lets two writes that touch the same object end one after the other: the second reads the object's audience and text
 * when the first is committed. Otherwise a correction that overlaps with an unpublishing could put the object back into
 * search and feeds as it was before. Locks are taken in the order of their numbers and held until the end of the write.
 */
export async function lockObjects(tx: WriteCtx, keys: string[]): Promise<void> {
	const names = keys.map((key) => `object ${tx.body.id} ${key}`);
	await sql`
		select pg_advisory_xact_lock(hashtext('mitrat object'), slot)
		from (select distinct mod(hashtextextended(name, 0), ${SLOTS})::int as slot from unnest(${names}::text[]) as name
			order by slot) slots`.execute(tx.db);
}
