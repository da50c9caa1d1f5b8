import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import type { MeetingRow } from '../view.ts';
import { insideOf, knowsSession } from './sight.server.ts';

export interface MeetingFilter {
	/** Calendar year, e.g. 2026. */
	year?: number;
	/** Slug of a council body. */
	body?: string;
	when?: 'coming' | 'past';
	limit?: number;
}

/**
 * Sessions this reader may know of; coming ones soonest first, otherwise newest first. One query.
 */
export async function meetingRows(ctx: Ctx, filter: MeetingFilter = {}): Promise<MeetingRow[]> {
	const inside = insideOf(ctx, 'm.council_body_id');
	const body = ctx.body.id;
	const { rows } = await sql<MeetingRow>`
select m.id, m.slug, m.number, m.kind, m.title, m.state, m.cancelled, m.public, m.published, m.date::text as date,
	to_json(m.starts_at)#>>'{}' as "startsAt", to_json(m.ends_at)#>>'{}' as "endsAt",
	coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, '')), '') as place,
	concat_ws(', ', o.name, (select string_agg(jo.name, ', ' order by jo.name) from council.meeting_body mb
		join registry.organisation jo on jo.body_id = ${body} and jo.id = mb.council_body_id
		where mb.body_id = ${body} and mb.meeting_id = m.id and mb.council_body_id <> m.council_body_id)) as "bodyName",
	cb.slug as "bodySlug",
	coalesce((select json_agg(t.title) from (select case when i.public or ${inside} then i.title else i.neutral_title end as title
		from council.agenda_item i where i.body_id = ${body} and i.meeting_id = m.id
		and not i.removed and i.kind in ('topic', 'report', 'election') order by i.position limit 3) t), '[]') as topics,
	exists (select from council.meeting_file f where f.body_id = ${body} and f.meeting_id = m.id
		and f.kind in ('minutes', 'original') and (f.public or ${inside})) as "hasMinutes"
from council.meeting m
join council.council_body cb on cb.body_id = ${body} and cb.id = m.council_body_id
join registry.organisation o on o.body_id = ${body} and o.id = m.council_body_id
left join registry.place p on p.body_id = ${body} and p.id = m.place_id
where m.body_id = ${body} and ${knowsSession(ctx)}
${filter.year ? sql`and m.date >= make_date(${filter.year}, 1, 1) and m.date < make_date(${filter.year} + 1, 1, 1)` : sql``}
${filter.body ? sql`and (cb.slug = ${filter.body} or ${meetsWith(body, filter.body)})` : sql``}
${timeFilter(ctx, filter.when)}
limit ${filter.limit ?? 200}`.execute(ctx.db);
	return rows;
}

/** Does the body with this slug take part in it as the further one of a joint session? */
function meetsWith(town: string, slug: string): RawBuilder<boolean> {
	return sql`exists (select from council.meeting_body mb join council.council_body jb on jb.body_id = ${town} and jb.id = mb.council_body_id
		where mb.body_id = ${town} and mb.meeting_id = m.id and jb.slug = ${slug})`;
}

function timeFilter(ctx: Ctx, when: MeetingFilter['when']): RawBuilder<unknown> {
	if (when === 'coming') return sql`and m.date >= ${ctx.today}::date and not m.cancelled order by m.date, m.starts_at`;
	if (when === 'past') return sql`and m.date < ${ctx.today}::date order by m.date desc, m.starts_at desc`;
	return sql`order by m.date desc, m.starts_at desc`;
}

/** Years that have sessions this reader may know of, newest first. */
export async function meetingYears(ctx: Ctx): Promise<number[]> {
	const inside = insideOf(ctx, 'council_body_id');
	const { rows } = await sql<{ year: number }>`
		select distinct extract(year from date)::int as year from council.meeting
		where body_id = ${ctx.body.id} and (${inside} or (published and public)) order by year desc`.execute(ctx.db);
	return rows.map(({ year }) => year);
}
