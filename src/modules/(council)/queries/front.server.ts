import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import type { ItemResult, ItemView, MeetingRow } from '../view.ts';

/** The next session that everybody may attend, with what a guest has to know of it. */
export interface NextMeeting extends Pick<
	MeetingRow,
	'slug' | 'number' | 'kind' | 'public' | 'date' | 'startsAt' | 'endsAt' | 'place' | 'bodyName' | 'topics'
> {
	accessibility: string;
	/** Languages as the invitation names them, in German: 'Arabisch, Ukrainisch'. */
	languageHelp: string;
}

/** A result in one sentence, for people who were not there. */
export interface LatestOutcome {
	itemId: string;
	itemNumber: string;
	/** The plain sentence where somebody wrote one, else the item's title; official German. */
	sentence: string;
	result: ItemResult;
	resolutions: Pick<ItemView['resolutions'][number], 'kind'>[];
	advisory: boolean;
	meeting: Pick<MeetingRow, 'slug' | 'number' | 'kind' | 'public' | 'date'>;
}

/** The soonest published public session from today on; the whole of today counts as coming. One query. */
export async function nextPublicMeeting(ctx: Ctx): Promise<NextMeeting | null> {
	const body = ctx.body.id;
	const { rows } = await sql<NextMeeting>`
select m.slug, m.number, m.kind, m.public, m.date::text as date, to_json(m.starts_at)#>>'{}' as "startsAt",
	to_json(m.ends_at)#>>'{}' as "endsAt", coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, '')), '') as place,
	coalesce(p.accessibility, '') as accessibility, m.language_help as "languageHelp", o.name as "bodyName",
	coalesce((select json_agg(t.title) from (select i.title from council.agenda_item i where i.body_id = ${body}
		and i.meeting_id = m.id and i.public and not i.removed and i.kind in ('topic', 'report', 'election') order by i.position limit 3) t), '[]') as topics
from council.meeting m
join registry.organisation o on o.body_id = ${body} and o.id = m.council_body_id
left join registry.place p on p.body_id = ${body} and p.id = m.place_id
where m.body_id = ${body} and m.published and m.public and not m.cancelled and m.date >= ${ctx.today}::date
order by m.date, m.starts_at limit 1`.execute(ctx.db);
	return rows[0] ?? null;
}

/** What was decided last in public: items with a plain sentence or a vote's result, newest session first. One query. */
export async function latestOutcomes(ctx: Ctx, limit = 3): Promise<LatestOutcome[]> {
	const body = ctx.body.id;
	const { rows } = await sql<LatestOutcome>`
select i.id as "itemId", i.number as "itemNumber", coalesce(nullif(i.outcome_plain, ''), i.title) as sentence, i.result, cb.advisory,
	coalesce((select json_agg(json_build_object('kind', r.kind)) from council.resolution r
		where r.body_id = ${body} and r.agenda_item_id = i.id), '[]') as resolutions,
	json_build_object('slug', m.slug, 'number', m.number, 'kind', m.kind, 'public', m.public, 'date', m.date) as meeting
from council.agenda_item i
join council.meeting m on m.body_id = ${body} and m.id = i.meeting_id
join council.council_body cb on cb.body_id = ${body} and cb.id = m.council_body_id
where i.body_id = ${body} and i.public and m.public and m.published and m.date <= ${ctx.today}::date and not i.removed and i.kind in ('topic', 'report', 'election')
	and i.result is not null and (i.outcome_plain <> '' or i.result in ('adopted', 'adoptedChanged', 'rejected', 'elected'))
order by m.date desc, m.id, i.position limit ${limit}`.execute(ctx.db);
	return rows;
}
