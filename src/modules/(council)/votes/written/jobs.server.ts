import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { originOf } from '../../agenda/links.server.ts';
import { bodiesWithUntold, placeWritten } from './place.server.ts';
import { remindInWriting, lockWritten, settleWritten } from './procedure.server.ts';

/** Days before the last one on which those who have not answered are reminded. */
const REMIND = 2;

/**
 * Every night: ends procedures whose last day has passed, reminds once before that, and finds another session for results that
 * were not told. Each in a write of its own, so that one that fails keeps none of the others waiting.
 */
export async function watchWritten(ctx: Ctx, payload: unknown): Promise<void> {
	const origin = (payload as { origin?: string } | null)?.origin ?? originOf(ctx);
	const { rows } = await sql<{ id: string; over: boolean }>`
		select id, last_day < ${ctx.today}::date as over from council.written_procedure
		where body_id = ${ctx.body.id} and state = 'running'
			and (last_day < ${ctx.today}::date or (reminded_on is null and last_day <= ${ctx.today}::date + ${REMIND}::int))
		order by last_day, id`.execute(ctx.db);
	for (const { id, over } of rows) {
		if (!over) await remindInWriting(ctx, id, origin);
		else await write(ctx, async (tx) => void (await settleWritten(tx, await lockWritten(tx, id), origin)));
	}
	for (const id of await bodiesWithUntold(ctx)) await write(ctx, (tx) => placeWritten(tx, id));
}
