import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { insideOf } from './sight.server.ts';

/**
 * May this actor read the file? Yes where a session shows it: to everybody when session, item and file are public and the
 * session is published, to its members and the office in any case.
 */
export async function showsFile(ctx: Ctx, fileId: string): Promise<boolean> {
	const inside = insideOf(ctx, 'm.council_body_id');
	const { rows } = await sql<{ shown: boolean }>`
		select exists (select from council.meeting_file f
			join council.meeting m on m.body_id = f.body_id and m.id = f.meeting_id
			left join council.agenda_item i on i.body_id = f.body_id and i.id = f.agenda_item_id
			where f.body_id = ${ctx.body.id} and f.file_id = ${fileId}
			and (${inside} or (f.public and m.public and m.published and coalesce(i.public, true)))) as shown`.execute(ctx.db);
	return rows[0]!.shown;
}
