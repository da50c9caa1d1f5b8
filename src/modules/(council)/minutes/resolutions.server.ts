import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';

/**
 * The next number of a body's resolutions in a year, as "7/2026". The counter's row stays locked until the transaction
 * ends, so no number is given twice, and none is left out when something is rolled back.
 */
export async function nextResolutionNumber(tx: WriteCtx, councilBodyId: string, year: number): Promise<string> {
	const { rows } = await sql<{ last: number }>`
		insert into council.resolution_counter (body_id, council_body_id, year, last) values (${tx.body.id}, ${councilBodyId}, ${year}, 1)
		on conflict (body_id, council_body_id, year) do update set last = council.resolution_counter.last + 1
		returning last`.execute(tx.db);
	return `${rows[0]!.last}/${year}`;
}

/** Gives a number to each resolution of a session that has none, in the order of the agenda. */
export async function numberResolutions(tx: WriteCtx, meetingId: string): Promise<void> {
	const { rows } = await sql<{ id: string; councilBodyId: string; year: number; public: boolean }>`
		select r.id, coalesce(r.council_body_id, m.council_body_id) as "councilBodyId", extract(year from m.date)::int as year,
			i.public
		from council.resolution r
		join council.agenda_item i on i.body_id = r.body_id and i.id = r.agenda_item_id
		join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		where r.body_id = ${tx.body.id} and m.id = ${meetingId} and r.number = ''
		order by i.position, r.id for update of r`.execute(tx.db);
	for (const { id, councilBodyId, year } of rows) {
		const number = await nextResolutionNumber(tx, councilBodyId, year);
		await tx.db.updateTable('council.resolution').set({ number }).where('id', '=', id).execute();
	}
}

export interface ClosedResolution {
	id: string;
	number: string;
	text: string;
	itemTitle: string;
	date: string;
	slug: string;
	state: 'open' | 'announced' | 'withheld';
	reason: string;
	publicText: string;
}

/** Resolutions of closed items of a body with what became of their announcement (rulebook R2-12), the oldest first. */
export async function closedResolutions(ctx: Ctx, councilBodyId: string, only?: 'open'): Promise<ClosedResolution[]> {
	demand(ctx.actor, 'council.members', councilBodyId);
	return closedResolutionsOf(ctx, councilBodyId, only);
}

/**
 * Of how many closed resolutions does the public still have to hear? The next agenda offers an item of the kind
 * 'announcement' while there are any.
 */
export async function closedResolutionsOf(
	ctx: Pick<Ctx, 'db' | 'body'>,
	councilBodyId: string,
	only?: 'open',
): Promise<ClosedResolution[]> {
	const open = only ? sql`and coalesce(a.state, 'open') = 'open'` : sql``;
	const { rows } = await sql<ClosedResolution>`
		select r.id, r.number, r.text, i.title as "itemTitle", m.date::text as date, m.slug,
			coalesce(a.state, 'open') as state, coalesce(a.reason, '') as reason, coalesce(a.public_text, '') as "publicText"
		from council.resolution r
		join council.agenda_item i on i.body_id = r.body_id and i.id = r.agenda_item_id and not i.public
		join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		left join council.resolution_announcement a on a.body_id = r.body_id and a.resolution_id = r.id
		where r.body_id = ${ctx.body.id} and m.council_body_id = ${councilBodyId} and not m.cancelled
			and m.state in ('held', 'minutesSigned') and i.result in ('adopted', 'adoptedChanged', 'elected') ${open}
		order by m.date, r.number, r.id`.execute(ctx.db);
	return rows;
}

/**
 * Says what becomes of a closed resolution: announced under an item of a public session, or withheld with a reason.
 * Deciding again replaces the earlier decision.
 * @throws NotFound, RuleViolation `council.minutes.withheldReason` without a reason
 */
export async function announceResolution(
	ctx: Ctx,
	resolutionId: string,
	decision:
		| { state: 'announced'; itemId: string | null; publicText: string }
		| { state: 'withheld'; reason: string }
		| { state: 'open' },
): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const found = await resolutionFor(tx, resolutionId);
		demand(tx.actor, 'council.edit', found.councilBodyId);
		const reason = decision.state === 'withheld' ? decision.reason.trim() : '';
		if (decision.state === 'withheld' && !reason)
			throw new RuleViolation('council.minutes.withheldReason', {}, 'reason');
		const row = {
			state: decision.state,
			reason,
			public_text: decision.state === 'announced' ? decision.publicText.trim() : '',
			announced_item_id: decision.state === 'announced' ? decision.itemId : null,
			decided_on: decision.state === 'open' ? null : tx.today,
		};
		await tx.db
			.insertInto('council.resolution_announcement')
			.values({ resolution_id: resolutionId, ...row })
			.onConflict((on) => on.columns(['body_id', 'resolution_id']).doUpdateSet(row))
			.execute();
		tx.touch('council.meeting', found.meetingId, {
			act: 'resolutionAnnouncement',
			fields: { resolution: resolutionId, state: decision.state },
		});
	});
}

async function resolutionFor(tx: WriteCtx, id: string): Promise<{ councilBodyId: string; meetingId: string }> {
	if (!isId(id)) throw new NotFound('resolution');
	const { rows } = await sql<{ councilBodyId: string; meetingId: string }>`
		select m.council_body_id as "councilBodyId", m.id as "meetingId" from council.resolution r
		join council.agenda_item i on i.body_id = r.body_id and i.id = r.agenda_item_id and not i.public
		join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		where r.body_id = ${tx.body.id} and r.id = ${id} for update of r`.execute(tx.db);
	if (!rows[0]) throw new NotFound('resolution');
	return rows[0];
}
