import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';

/** What a retreat came to, and the session its list was attached to. One query; the caller asked for the right. */
export async function retreatResult(
	ctx: Ctx,
	meetingId: string,
): Promise<{ text: string; attachedTo: { slug: string; date: string } | null }> {
	const { rows } = await sql<{ text: string; attachedTo: { slug: string; date: string } | null }>`
select r.text, case when m.id is not null then json_build_object('slug', m.slug, 'date', m.date) end as "attachedTo"
from council.retreat_result r left join council.meeting m on m.body_id = r.body_id and m.id = r.attached_to_id
where r.body_id = ${ctx.body.id} and r.meeting_id = ${meetingId}`.execute(ctx.db);
	return rows[0] ?? { text: '', attachedTo: null };
}
