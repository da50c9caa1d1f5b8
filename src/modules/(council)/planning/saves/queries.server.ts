import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';

export interface SaveTheDate {
	id: string;
	/** ISO instant. */
	sentAt: string;
	by: string;
	note: string;
	/** `state` as the outbox knows it; empty for somebody without an address. */
	recipients: { name: string; email: string; state: string }[];
}

/** What was announced of a session, newest first, with the fate of each mail. One query; the caller asked for the right. */
export async function savesOf(ctx: Ctx, meetingId: string): Promise<SaveTheDate[]> {
	const { rows } = await sql<SaveTheDate>`
select s.id, to_json(s.sent_at)#>>'{}' as "sentAt", s.note,
	coalesce(concat_ws(' ', nullif(p.given_name, ''), p.family_name), '') as by,
	coalesce((select json_agg(json_build_object('name', r.name, 'email', r.email, 'state', coalesce(k.state, case when r.mail_id is null then '' else 'sent' end))
		order by r.name, r.email) from council.save_the_date_recipient r left join kernel.mail k on k.body_id = r.body_id and k.id = r.mail_id
		where r.body_id = s.body_id and r.save_the_date_id = s.id), '[]') as recipients
from council.save_the_date s left join registry.person p on p.body_id = s.body_id and p.id = s.sent_by_id
where s.body_id = ${ctx.body.id} and s.meeting_id = ${meetingId} order by s.sent_at desc`.execute(ctx.db);
	return rows;
}
