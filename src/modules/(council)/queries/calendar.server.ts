import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import type { MeetingRow } from '../view.ts';
import { insideOf } from './sight.server.ts';

export interface CalendarEntry {
	date: string;
	startsAt: string | null;
	/** Local time HH:MM of dates without a session of their own. */
	time: string | null;
	/** A session (its name is made in the reader's language), or a title as announced. */
	meeting: Pick<MeetingRow, 'number' | 'kind' | 'public'> | null;
	title: string;
	/** Address of its page. */
	href: string;
	cancelled: boolean;
}

/** Sessions and announced dates of a month that this reader may know of. One query. */
export async function monthEntries(ctx: Ctx, month: Temporal.PlainYearMonth): Promise<CalendarEntry[]> {
	const body = ctx.body.id;
	const inside = insideOf(ctx, 'm.council_body_id');
	const first = month.toPlainDate({ day: 1 });
	const after = first.add({ months: 1 });
	const { rows } = await sql<CalendarEntry>`
		select m.date::text as date, to_json(m.starts_at)#>>'{}' as "startsAt", null as time, o.name as title, '/sitzungen/' || m.slug as href, m.cancelled,
			json_build_object('number', m.number, 'kind', m.kind, 'public', m.public) as meeting
		from council.meeting m join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
		where m.body_id = ${body} and m.date >= ${first}::date and m.date < ${after}::date and (${inside} or (m.public and m.published))
		union all
		select d.date::text, null, to_char(d.start_time, 'HH24:MI'), concat_ws(', ', d.title, nullif(d.place, '')), '/sitzungen/' || m.slug, false, null
		from council.date_entry d join council.meeting m on m.body_id = d.body_id and m.id = d.meeting_id
		where d.body_id = ${body} and d.date >= ${first}::date and d.date < ${after}::date
		and (${inside} or (d.public and m.public and m.published))
		union all
		select e.date::text, to_json(e.starts_at)#>>'{}', null, e.title, '/veranstaltungen/' || e.slug, false, null
		from council.event e where e.body_id = ${body} and e.date >= ${first}::date and e.date < ${after}::date and e.published
		order by 1, 2, 3`.execute(ctx.db);
	return rows;
}
