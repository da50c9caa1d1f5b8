import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import type { MeetingView } from '../view.ts';

/** What planning needs of a session. */
export interface PlanningMeeting extends Pick<
	MeetingView,
	| 'id'
	| 'slug'
	| 'number'
	| 'kind'
	| 'state'
	| 'cancelled'
	| 'public'
	| 'published'
	| 'date'
	| 'startsAt'
	| 'endsAt'
	| 'place'
> {
	councilBodyId: string;
	bodyName: string;
	bodySlug: string;
	invitedOn: string | null;
}

const meeting = (body: string, slug: string, lock: boolean) => sql<PlanningMeeting>`
select m.id, m.slug, m.number, m.kind, m.state, m.cancelled, m.public, m.published, m.date::text as date, m.invited_on::text as "invitedOn",
	to_json(m.starts_at)#>>'{}' as "startsAt", to_json(m.ends_at)#>>'{}' as "endsAt", m.council_body_id as "councilBodyId", o.name as "bodyName",
	(select cb.slug from council.council_body cb where cb.body_id = m.body_id and cb.id = m.council_body_id) as "bodySlug",
	coalesce(nullif(m.place_text, ''), (select concat_ws(', ', p.name, nullif(p.room, ''), nullif(p.street, '')) from registry.place p
		where p.body_id = m.body_id and p.id = m.place_id), '') as place
from council.meeting m join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
where m.body_id = ${body} and m.slug = ${slug} ${lock ? sql`for update of m` : sql``}`;

/** The session of an address, for those who convene its body. @throws NotFound, Forbidden */
export async function planningMeeting(ctx: Ctx, slug: string): Promise<PlanningMeeting> {
	demand(ctx.actor, 'council.convene');
	return allowed(ctx, (await meeting(ctx.body.id, slug, false).execute(ctx.db)).rows[0]);
}

/** The same, locked for a change. @throws NotFound, Forbidden */
export async function lockedMeeting(tx: WriteCtx, slug: string): Promise<PlanningMeeting> {
	return allowed(tx, (await meeting(tx.body.id, slug, true).execute(tx.db)).rows[0]);
}

function allowed(ctx: Pick<Ctx, 'actor'>, row: PlanningMeeting | undefined): PlanningMeeting {
	if (!row) throw new NotFound('session');
	demand(ctx.actor, 'council.convene', row.councilBodyId);
	return row;
}
