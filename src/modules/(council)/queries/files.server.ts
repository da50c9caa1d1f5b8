import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { insideOf } from './sight.server.ts';

/**
 * May this actor read the file? Yes where a session shows it: to everybody when session, item and file are public and the
 * session is published, to its members and the office in any case. Exports for the archive are the office's.
 */
export async function showsFile(ctx: Ctx, fileId: string): Promise<boolean> {
	const inside = insideOf(ctx, 'm.council_body_id');
	const { rows } = await sql<{ shown: boolean }>`
		select exists (select from council.meeting_file f
			join council.meeting m on m.body_id = f.body_id and m.id = f.meeting_id
			left join council.agenda_item i on i.body_id = f.body_id and i.id = f.agenda_item_id
			where f.body_id = ${ctx.body.id} and f.file_id = ${fileId}
			and (${inside} or (f.public and m.public and m.published and coalesce(i.public, true))))
		or (${may(ctx.actor, 'council.edit')} and exists (select from council.minutes_archive a
			where a.body_id = ${ctx.body.id} and a.file_id = ${fileId})) as shown`.execute(ctx.db);
	return rows[0]!.shown;
}
