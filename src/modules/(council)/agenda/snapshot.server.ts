import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';

/** The agenda as it goes out: kept with the session whatever happens to it later. */
export async function snapshotOf(tx: Pick<WriteCtx, 'db' | 'body'>, meetingId: string) {
	const { rows } = await sql<{ id: string; number: string; title: string; public: boolean; kind: string }>`
		select id, number, kind, title, public, neutral_title as "neutralTitle", second_convening as "secondConvening"
		from council.agenda_item where body_id = ${tx.body.id} and meeting_id = ${meetingId} and not removed
		order by position`.execute(tx.db);
	return rows;
}
