import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import { write } from '#kernel/write.ts';
import { putOnAgenda } from '../../agenda/put.server.ts';
import { lockedMeeting } from '../meeting.server.ts';

/** Keeps what a retreat came to, one result a line. @throws RuleViolation `council.noRetreat` for another kind of session */
export async function saveRetreatResult(ctx: Ctx, slug: string, text: string): Promise<void> {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const meeting = await lockedMeeting(tx, slug);
		if (meeting.kind !== 'retreat') throw new RuleViolation('council.noRetreat');
		await tx.db
			.insertInto('council.retreat_result')
			.values({ meeting_id: meeting.id, text })
			.onConflict((conflict) => conflict.columns(['body_id', 'meeting_id']).doUpdateSet({ text }))
			.execute();
		tx.touch('council.meeting', meeting.id, { act: 'retreatResult' });
	});
}

/**
 * Attaches the results to the body's next public session: they become an item of its agenda that everybody reads, the
 * retreat itself stays closed (scenario SIT-14). Doing it twice changes nothing.
 * @returns address of that session
 * @throws RuleViolation `council.retreatEmpty`, `council.topicNoSession`, `council.noRetreat`
 */
export async function attachRetreatResult(ctx: Ctx, slug: string, itemTitle: string): Promise<string> {
	demand(ctx.actor, 'council.convene');
	return write(ctx, async (tx) => {
		const meeting = await lockedMeeting(tx, slug);
		if (meeting.kind !== 'retreat') throw new RuleViolation('council.noRetreat');
		const { rows: results } = await sql<{ text: string; attached: string | null }>`
select r.text, m.slug as attached from council.retreat_result r left join council.meeting m on m.body_id = r.body_id and m.id = r.attached_to_id
where r.body_id = ${tx.body.id} and r.meeting_id = ${meeting.id} for update of r`.execute(tx.db);
		const result = results[0];
		if (!result?.text.trim()) throw new RuleViolation('council.retreatEmpty', {}, 'text');
		if (result.attached) return result.attached;
		const { rows } = await sql<{ id: string; slug: string }>`
select id, slug from council.meeting where body_id = ${tx.body.id} and council_body_id = ${meeting.councilBodyId} and public
	and state in ('planned', 'invited') and not cancelled and date >= greatest(${meeting.date}::date, ${tx.today}::date)
order by date, starts_at limit 1`.execute(tx.db);
		const next = rows[0];
		if (!next) throw new RuleViolation('council.topicNoSession');
		const itemId = await putOnAgenda(tx, { meetingId: next.id, title: itemTitle, kind: 'report', reason: itemTitle });
		await tx.db
			.updateTable('council.agenda_item')
			.set({ text: JSON.stringify(fromPlainText(result.text)) })
			.where('id', '=', itemId)
			.execute();
		await tx.db
			.updateTable('council.retreat_result')
			.set({ attached_to_id: next.id, agenda_item_id: itemId, attached_on: tx.today })
			.where('meeting_id', '=', meeting.id)
			.execute();
		tx.touch('council.meeting', meeting.id, { act: 'resultAttached', fields: { to: next.id } });
		tx.touch('council.meeting', next.id, { act: 'retreatResultAttached' });
		return next.slug;
	});
}
