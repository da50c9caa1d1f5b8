import { sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '#kernel/ctx.ts';
import { insideOf } from '../../queries/sight.server.ts';
import type { MeetingRow } from '../../view.ts';
import type { DayOff } from '../rules.ts';
import { RhythmForm } from '../schema.ts';

export interface PlannedDate extends Pick<
	MeetingRow,
	| 'id'
	| 'slug'
	| 'number'
	| 'kind'
	| 'public'
	| 'published'
	| 'cancelled'
	| 'state'
	| 'date'
	| 'startsAt'
	| 'endsAt'
	| 'place'
> {
	bodyName: string;
	councilBodyId: string;
	/** Nothing hangs on it yet: its date may simply be changed or taken away. */
	loose: boolean;
}

/** Sessions of a year that this reader may know of, of one body or all. One query. */
export async function yearRows(ctx: Ctx, year: number, councilBodyId: string | null): Promise<PlannedDate[]> {
	const { rows } = await sql<PlannedDate>`
select m.id, m.slug, m.number, m.kind, m.public, m.published, m.cancelled, m.state, m.date::text as date, o.name as "bodyName",
	m.council_body_id as "councilBodyId", to_json(m.starts_at)#>>'{}' as "startsAt", to_json(m.ends_at)#>>'{}' as "endsAt",
	coalesce(nullif(m.place_text, ''), p.name, '') as place,
	m.state = 'planned' and not m.cancelled and m.date >= ${ctx.today}::date and not exists (select from council.agenda_item i
		where i.body_id = m.body_id and i.meeting_id = m.id) and not exists (select from council.date_poll d
		where d.body_id = m.body_id and d.meeting_id = m.id) and not exists (select from council.save_the_date s
		where s.body_id = m.body_id and s.meeting_id = m.id) as loose
from council.meeting m join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
left join registry.place p on p.body_id = m.body_id and p.id = m.place_id
where m.body_id = ${ctx.body.id} and m.date >= make_date(${year}::int, 1, 1) and m.date < make_date(${year + 1}::int, 1, 1)
	and (${insideOf(ctx, 'm.council_body_id')} or (m.public and m.published))
	${councilBodyId ? sql`and m.council_body_id = ${councilBodyId}` : sql``}
order by m.date, m.starts_at, m.id`.execute(ctx.db);
	return rows;
}

/** Holidays and school holidays that touch a year. One query. */
export async function daysOff(
	ctx: Pick<Ctx, 'db' | 'body'>,
	year: number,
): Promise<(DayOff & { id: string; kind: 'holiday' | 'schoolHoliday' })[]> {
	const { rows } = await sql<DayOff & { id: string; kind: 'holiday' | 'schoolHoliday' }>`
select id, name, kind, from_date::text as "from", last_date::text as last from council.day_off
where body_id = ${ctx.body.id} and from_date < make_date(${year + 1}::int, 1, 1) and last_date >= make_date(${year}::int, 1, 1)
order by from_date, name`.execute(ctx.db);
	return rows;
}

/** Every day of a range (both ends belong to it) that is a holiday of the town, as ISO texts; no school holidays. One query. */
export async function holidaysBetween(
	ctx: Pick<Ctx, 'db' | 'body'>,
	{ from, until }: { from: Temporal.PlainDate; until: Temporal.PlainDate },
): Promise<Set<string>> {
	const { rows } = await sql<{ day: string }>`select distinct d::date::text as day from council.day_off o,
generate_series(greatest(o.from_date, ${from}::date), least(o.last_date, ${until}::date), interval '1 day') as d
where o.body_id = ${ctx.body.id} and o.kind = 'holiday' and o.from_date <= ${until}::date and o.last_date >= ${from}::date`.execute(
		ctx.db,
	);
	return new Set(rows.map(({ day }) => day));
}

/** The rhythm a body was last planned with. One query. */
export async function rhythmOf(ctx: Ctx, councilBodyId: string): Promise<z.infer<typeof RhythmForm> | null> {
	const row = await ctx.db
		.selectFrom('council.meeting_rhythm')
		.select('rules')
		.where('council_body_id', '=', councilBodyId)
		.executeTakeFirst();
	return row ? (RhythmForm.safeParse(row.rules).data ?? null) : null;
}
