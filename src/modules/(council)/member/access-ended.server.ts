import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import type { AccessEnded } from '#server/registry';
import { replaceCalendar } from './calendar.server.ts';

/**
 * Somebody's access has ended: the address of their calendar opens nothing any more, and no mails of news go to their addresses.
 * Links to answer a poll or a written vote stay: they belong to the mandate, and end with it.
 */
export async function endFeeds(tx: WriteCtx, event: unknown): Promise<void> {
	const { personId, emails } = event as AccessEnded;
	await replaceCalendar(tx, personId);
	await sql`delete from council.subscriber where body_id = ${tx.body.id} and lower(email) = any (${emails}::text[])`.execute(
		tx.db,
	);
}
