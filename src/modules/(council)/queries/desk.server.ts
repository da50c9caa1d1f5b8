import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { question, type Question } from '#kernel/db/questions.ts';
import { departmentsOf, UNDO_DAYS } from '../rules/tasks.ts';
import type { MeetingRow } from '../view.ts';

export interface MyTask {
	id: string;
	what: string;
	itemNumber: string;
	itemId: string | null;
	due: string | null;
	dueText: string;
	doneOn: string | null;
	meeting: Pick<MeetingRow, 'slug' | 'number' | 'kind' | 'public' | 'date'>;
}

const meetingJson = sql`json_build_object('slug', m.slug, 'number', m.number, 'kind', m.kind, 'public', m.public, 'date', m.date)`;

/**
 * Tasks given to this person or to a department they answer for: open ones most urgent first, or those reported done in
 * the days in which that can be taken back.
 */
export function myTasks(ctx: Ctx, state: 'open' | 'done'): Question<MyTask[]> {
	const { personId } = ctx.actor;
	const departments = departmentsOf(ctx.actor);
	const lately = state === 'done' ? sql`and t.done_on >= ${ctx.today.subtract({ days: UNDO_DAYS })}::date` : sql``;
	const select = sql<MyTask>`
select t.id, t.what, coalesce(i.number, '') as "itemNumber", i.id as "itemId", t.due::text as due, t.due_text as "dueText",
	t.done_on::text as "doneOn", ${meetingJson} as meeting
from council.task t join council.meeting m on m.body_id = t.body_id and m.id = t.meeting_id
left join council.agenda_item i on i.body_id = t.body_id and i.id = t.agenda_item_id
where t.body_id = ${ctx.body.id} and t.state = ${state} ${lately}
	and (t.person_id = ${personId}::uuid or t.organisation_id = any (${departments}::uuid[]) or exists (
		select from council.task_owner fo where fo.body_id = t.body_id and fo.task_id = t.id
		and (fo.person_id = ${personId}::uuid or fo.organisation_id = any (${departments}::uuid[]))))
order by t.done_on desc nulls last, t.due nulls last, m.date limit 50`;
	return question(select, (rows) => rows);
}

export interface MyMeeting extends Pick<
	MeetingRow,
	'slug' | 'number' | 'kind' | 'public' | 'date' | 'startsAt' | 'endsAt' | 'place'
> {
	id: string;
	items: number;
}

/** The next sessions, one of each council body in which this actor sits, whose agenda is known. */
export function meetingsToRead(ctx: Ctx): Question<MyMeeting[]> {
	const sits = ctx.actor.grants.flatMap(({ role, organisationId }) =>
		['member', 'chair'].includes(role) && organisationId ? [organisationId] : [],
	);
	const select = sql<MyMeeting>`
select distinct on (m.council_body_id) m.id, m.slug, m.number, m.kind, m.public, m.date::text as date,
	to_json(m.starts_at)#>>'{}' as "startsAt", to_json(m.ends_at)#>>'{}' as "endsAt",
	coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, '')), '') as place,
	(select count(*)::int from council.agenda_item i where i.body_id = m.body_id and i.meeting_id = m.id) as items
from council.meeting m left join registry.place p on p.body_id = m.body_id and p.id = m.place_id
where m.body_id = ${ctx.body.id} and m.council_body_id = any (${sits}::uuid[]) and m.state in ('invited', 'running')
	and not m.cancelled and m.date >= ${ctx.today}::date
order by m.council_body_id, m.date`;
	return question(select, (rows) => rows);
}

export interface DueMinutes extends Omit<MyMeeting, 'items'> {
	held: boolean;
	/** ISO day: after the profile's days, at the latest the next session of the body (rulebook R2-62). */
	due: string | null;
}

/** Sessions of today that are not over: of bodies in which this actor sits, and of those they run. */
export function meetingsToday(ctx: Ctx): Question<(MyMeeting & { runs: boolean; running: boolean })[]> {
	const sits = ctx.actor.grants.flatMap(({ role, organisationId }) =>
		['member', 'chair'].includes(role) && organisationId ? [organisationId] : [],
	);
	const select = sql<MyMeeting & { councilBodyId: string; running: boolean }>`
select m.id, m.council_body_id as "councilBodyId", m.slug, m.number, m.kind, m.public, m.date::text as date, m.state = 'running' as running,
	to_json(m.starts_at)#>>'{}' as "startsAt", to_json(m.ends_at)#>>'{}' as "endsAt",
	coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, '')), '') as place, 0 as items
from council.meeting m left join registry.place p on p.body_id = m.body_id and p.id = m.place_id
where m.body_id = ${ctx.body.id} and m.date = ${ctx.today}::date and m.state in ('planned', 'invited', 'running') and not m.cancelled
order by m.starts_at, m.id`;
	return question(select, (rows) =>
		rows
			.map(({ councilBodyId, ...row }) => ({
				...row,
				runs: may(ctx.actor, 'council.edit', councilBodyId),
				sits: sits.includes(councilBodyId),
			}))
			.filter(({ runs, sits: sitting }) => runs || sitting),
	);
}

/** Sessions held whose minutes nobody has signed yet, oldest first; for those who run the council. */
export function meetingsWithoutMinutes(ctx: Ctx): Question<DueMinutes[]> {
	const select = sql<DueMinutes & { councilBodyId: string }>`
select m.id, m.council_body_id as "councilBodyId", m.slug, m.number, m.kind, m.public, m.date::text as date, null as "startsAt",
	null as "endsAt", '' as place, m.state = 'held' as held,
	least(m.date + coalesce((select (p.rules->'minutes'->>'dueDays')::int from council.rule_profile p where p.body_id = m.body_id
			and p.council_body_id = m.council_body_id and p.from_date <= m.date and (p.until_date is null or p.until_date > m.date)), 30),
		(select min(n.date) from council.meeting n where n.body_id = m.body_id and n.council_body_id = m.council_body_id
			and n.date > m.date and not n.cancelled))::text as due
from council.meeting m
where m.body_id = ${ctx.body.id} and m.state in ('invited', 'running', 'held') and not m.cancelled and m.date < ${ctx.today}::date
order by m.date limit 20`;
	return question(select, (rows) => rows.filter(({ councilBodyId }) => may(ctx.actor, 'council.edit', councilBodyId)));
}

/** How many tasks of the whole council are overdue. */
export function overdueTasks(ctx: Ctx): Question<number> {
	const select = sql<{ count: number }>`select count(*)::int as count from council.task t
		where t.body_id = ${ctx.body.id} and t.state = 'open' and t.due < ${ctx.today}::date`;
	return question(select, ([row]) => row!.count);
}
