import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';

export interface EventView {
	id: string;
	slug: string;
	title: string;
	text: string;
	date: string;
	startsAt: string | null;
	endsAt: string | null;
	place: string;
	published: boolean;
	bodyName: string;
	bodySlug: string;
	modifiedAt: string;
	/** The session it replaces, where the reader may know of it. */
	meetingSlug: string | null;
}

/** Events this reader may know of: the one with a slug, or those of some days. One query. */
export async function eventRows(
	ctx: Ctx,
	filter: { slug?: string; from?: Temporal.PlainDate; before?: Temporal.PlainDate } = {},
): Promise<EventView[]> {
	const inside = may(ctx.actor, 'council.members');
	const { rows } = await sql<EventView>`
select e.id, e.slug, e.title, e.text, e.date::text as date, to_json(e.starts_at)#>>'{}' as "startsAt", to_json(e.ends_at)#>>'{}' as "endsAt",
	e.place, e.published, o.name as "bodyName", b.slug as "bodySlug", to_json(e.modified_at)#>>'{}' as "modifiedAt",
	case when m.public and m.published or ${inside} then m.slug end as "meetingSlug"
from council.event e join council.council_body b on b.body_id = e.body_id and b.id = e.council_body_id
join registry.organisation o on o.body_id = e.body_id and o.id = e.council_body_id
left join council.meeting m on m.body_id = e.body_id and m.id = e.meeting_id
where e.body_id = ${ctx.body.id} and (e.published or ${inside})
	${filter.slug === undefined ? sql`` : sql`and e.slug = ${filter.slug}`}
	${filter.from ? sql`and e.date >= ${filter.from}::date` : sql``} ${filter.before ? sql`and e.date < ${filter.before}::date` : sql``}
order by e.date, e.starts_at, e.id limit 500`.execute(ctx.db);
	return rows;
}

/** @throws NotFound */
export async function eventView(ctx: Ctx, slug: string): Promise<EventView> {
	const [row] = await eventRows(ctx, { slug });
	if (!row) throw new NotFound('event');
	return row;
}
