import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import type { MeetingRow } from '../view.ts';
import { insideOf } from './sight.server.ts';

/** A session as calendars need it. Instants are ISO strings with offset. */
export interface FeedEntry extends Pick<
	MeetingRow,
	'id' | 'slug' | 'number' | 'kind' | 'public' | 'cancelled' | 'date' | 'startsAt' | 'endsAt' | 'place' | 'bodyName'
> {
	accessibility: string;
	languageHelp: string;
	cancelNote: string;
	/** How often it was changed since it was made known: the SEQUENCE of calendars. */
	revision: number;
	createdAt: string;
	modifiedAt: string;
	topics: string[];
}

/**
 * Sessions for a calendar: all public ones (of one body), or the one with this slug, which members may also ask for
 * before it is published. One query.
 * @throws NotFound for a body or session this reader may not know of
 */
export async function feedEntries(ctx: Ctx, filter: { body?: string; slug?: string }): Promise<FeedEntry[]> {
	const body = ctx.body.id;
	const inside = filter.slug === undefined ? sql`false` : insideOf(ctx, 'm.council_body_id');
	const { rows } = await sql<FeedEntry>`
select m.id, m.slug, m.number, m.kind, m.public, m.cancelled, m.cancel_note as "cancelNote", m.date::text as date,
	to_json(m.starts_at)#>>'{}' as "startsAt", to_json(m.ends_at)#>>'{}' as "endsAt", o.name as "bodyName",
	coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, ''), nullif(p.street, '')), '') as place,
	coalesce(p.accessibility, '') as accessibility, m.language_help as "languageHelp",
	greatest(c.changes - 1, 0)::int as revision, to_json(m.created_at)#>>'{}' as "createdAt",
	to_json(greatest(m.modified_at, c.last))#>>'{}' as "modifiedAt",
	coalesce((select json_agg(i.title order by i.position) from council.agenda_item i where i.body_id = ${body}
		and i.meeting_id = m.id and i.public and not i.removed and i.kind in ('topic', 'report', 'election')), '[]') as topics
from council.meeting m
join council.council_body cb on cb.body_id = ${body} and cb.id = m.council_body_id
join registry.organisation o on o.body_id = ${body} and o.id = m.council_body_id
left join registry.place p on p.body_id = ${body} and p.id = m.place_id
cross join lateral (select count(*) as changes, max(at) as last from kernel.change
	where body_id = ${body} and kind = 'council.meeting' and object_id = m.id) c
where m.body_id = ${body} and (${inside} or (m.published and m.public))
${filter.slug ? sql`and m.slug = ${filter.slug}` : sql``}
${filter.body ? sql`and cb.slug = ${filter.body}` : sql``}
order by m.date, m.starts_at, m.id`.execute(ctx.db);
	if (filter.slug && !rows.length) throw new NotFound('session');
	if (filter.body && !rows.length) await demandBody(ctx, filter.body);
	return rows;
}

/** A date that was named in a public session: an assembly, a festival, a deadline. Times are local, HH:MM:SS. */
export interface FeedDate {
	id: string;
	/** Session in which it was named. */
	slug: string;
	title: string;
	date: string;
	start: string | null;
	end: string | null;
	place: string;
	modifiedAt: string;
}

/** Public dates named in public sessions (scenario SIT-29), of all bodies or of one. One query. */
export async function feedDates(ctx: Ctx, filter: { body?: string }): Promise<FeedDate[]> {
	const { rows } = await sql<FeedDate>`
select d.id, m.slug, d.title, d.date::text as date, d.start_time::text as start, d.end_time::text as "end", d.place,
	to_json(m.modified_at)#>>'{}' as "modifiedAt"
from council.date_entry d join council.meeting m on m.body_id = d.body_id and m.id = d.meeting_id
join council.council_body cb on cb.body_id = m.body_id and cb.id = m.council_body_id
where d.body_id = ${ctx.body.id} and d.public and m.public and m.published
${filter.body ? sql`and cb.slug = ${filter.body}` : sql``}
order by d.date, d.start_time, d.id`.execute(ctx.db);
	return rows;
}

/** A body without sessions has an empty calendar; one that nobody knows has none. */
async function demandBody(ctx: Ctx, slug: string): Promise<void> {
	const { rows } = await sql`select from council.council_body where body_id = ${ctx.body.id} and slug = ${slug}
		and visibility = 'public'`.execute(ctx.db);
	if (!rows.length) throw new NotFound('council body');
}
