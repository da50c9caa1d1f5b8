import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';

/**
 * A row of this session's list: the room's log is about nothing else. Where a client's own id became nothing because the person
 * stood on the list already, it means the row that stood there. @throws NotFound
 */
export async function rowMeant(tx: WriteCtx, meetingId: string, id: string): Promise<string> {
	const { rows } = await sql<{ id: string }>`select a.id from council.attendance a
		where a.body_id = ${tx.body.id} and a.meeting_id = ${meetingId} and a.id in (${id}, (
			select (o.result #>> '{}')::uuid from kernel.operation o
			where o.body_id = ${tx.body.id} and o.room = ${`meeting:${meetingId}`} and o.kind in ('guest', 'substitute')
				and o.payload ->> 'row' = ${id} order by o.seq desc limit 1))`.execute(tx.db);
	if (!rows[0]) throw new NotFound('attendance');
	return rows[0].id;
}
