import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { ask, question, type Question } from '#kernel/db/questions.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { spanOf, type Quarter } from '../rules/control.ts';
import { paperLink } from '../sight.server.ts';
import { knowsEntry, OPEN_ENTRY, reportsOn } from './sight.server.ts';
import type { ControlRow, ControlView } from './view.ts';

export interface ControlFilter {
	quarter: Quarter;
	/** Body that resolved. */
	decidedById?: string | null;
	departmentId?: string | null;
	/** `open` for the public part, `closed` for the other one (rulebook R3-25). */
	part: 'open' | 'closed';
	/** Key of the last row of the page before: `<day>_<id>`. */
	after?: string | null;
	limit?: number;
}

/**
 * A quarter's list as it stood on its last day, or stands today: what was resolved by then and had not been noted as done
 * before it began. Newest resolutions first. One query.
 */
export function controlRows(ctx: Ctx, filter: ControlFilter): Promise<ControlRow[]> {
	return ask(ctx, controlAsked(ctx, filter));
}

/** The same, to be asked with more. */
export function controlAsked(ctx: Ctx, filter: ControlFilter): Question<ControlRow[]> {
	const { first, last } = spanOf(filter.quarter);
	const day = Temporal.PlainDate.compare(last, ctx.today) < 0 ? last : ctx.today;
	const [afterDay, afterId] = (filter.after ?? '').split('_');
	const beyond = afterDay && isId(afterId) && /^\d{4}-\d\d-\d\d$/.test(afterDay);
	const zone = ctx.body.timeZone;
	// The page's entries first, by the index over their days: what else is told of them is looked up for these alone.
	const entries = sql`select c.*, z.id as step from papers.control_entry c
		cross join lateral (select z.id, z.state, z.department_id from papers.control_step z
			where z.body_id = c.body_id and z.entry_id = c.id and not z.taken_back
			and (z.at at time zone ${zone})::date <= ${day}::date order by z.at desc, z.id desc limit 1) z
		where c.body_id = ${ctx.body.id} and c.decided_on <= ${day}::date and z.state <> 'declined'
		and (c.noted_off_on is null or c.noted_off_on >= ${first}::date)
		and ${filter.part === 'open' ? OPEN_ENTRY : sql`${knowsEntry(ctx)} and not ${OPEN_ENTRY}`}
		${filter.decidedById ? sql`and c.decided_by_id = ${filter.decidedById}` : sql``}
		${filter.departmentId ? sql`and z.department_id = ${filter.departmentId}` : sql``}
		${beyond ? sql`and (c.decided_on, c.id) < (${afterDay}::date, ${afterId}::uuid)` : sql``}
		order by c.decided_on desc, c.id desc limit ${filter.limit ?? 100}`;
	const select = sql<ControlRow>`select c.id, c.title, c.reference, c.decided_on::text as "decidedOn", o.name as "decidedBy", c.public,
		s.state, s.note, s.due::text as due, s.delay_reason as "delayReason", coalesce(g.name, '') as department, ${paperLink(ctx)} as paper,
		${SESSION} as session, ${reportsOn(ctx)} as mine,
		(select max(n.noted_on)::text from papers.control_noting n where n.body_id = c.body_id and n.entry_id = c.id
			and n.noted_on <= ${day}::date) as "notedOn"
		from (${entries}) c
		join papers.control_step s on s.body_id = c.body_id and s.id = c.step
		join registry.organisation o on o.body_id = c.body_id and o.id = c.decided_by_id
		left join registry.organisation g on g.body_id = c.body_id and g.id = s.department_id
		left join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id
		order by c.decided_on desc, c.id desc`;
	return question(select, (rows) => rows);
}

/** Slug of the session that resolved the entry (alias `c`). */
const SESSION = sql<string | null>`(select m.slug from council.resolution r
	join council.agenda_item i on i.body_id = r.body_id and i.id = r.agenda_item_id
	join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
	where r.body_id = c.body_id and r.id = c.resolution_id)`;

/** One entry with its history and the sessions that noted it. One query. @throws NotFound where there is none for this reader */
export async function controlView(ctx: Ctx, id: string): Promise<ControlView> {
	if (!isId(id)) throw new NotFound('control entry');
	const zone = ctx.body.timeZone;
	const { rows } = await sql<
		Omit<ControlView, 'mayManage'>
	>`select c.id, c.title, c.reference, c.decided_on::text as "decidedOn",
		o.name as "decidedBy", c.public, c.state, c.note, c.due::text as due, c.delay_reason as "delayReason",
		coalesce(g.name, '') as department, c.department_id as "departmentId", ${paperLink(ctx)} as paper, ${SESSION} as session,
		${reportsOn(ctx)} as mine,
		coalesce((select r.text from council.resolution r where r.body_id = c.body_id and r.id = c.resolution_id), '') as wording,
		(select json_agg(json_build_object('id', s.id, 'on', (s.at at time zone ${zone})::date, 'state', s.state, 'note', s.note, 'due', s.due,
			'delayReason', s.delay_reason, 'department', coalesce(d.name, ''), 'takenBack', s.taken_back) order by s.at desc, s.id desc)
			from papers.control_step s left join registry.organisation d on d.body_id = s.body_id and d.id = s.department_id
			where s.body_id = c.body_id and s.entry_id = c.id) as steps,
		coalesce((select json_agg(json_build_object('slug', m.slug, 'date', m.date, 'state', n.state) order by m.date desc)
			from papers.control_noting n join council.meeting m on m.body_id = n.body_id and m.id = n.meeting_id
			where n.body_id = c.body_id and n.entry_id = c.id), '[]') as notings
		from papers.control_entry c join registry.organisation o on o.body_id = c.body_id and o.id = c.decided_by_id
		left join registry.organisation g on g.body_id = c.body_id and g.id = c.department_id
		left join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id
		where c.body_id = ${ctx.body.id} and c.id = ${id} and ${knowsEntry(ctx)}`.execute(ctx.db);
	const [row] = rows;
	if (!row) throw new NotFound('control entry');
	return { ...row, mayManage: may(ctx.actor, 'papers.duties') };
}

/** Bodies that resolved something under control, for the filter. */
export function controlBodies(ctx: Ctx): Question<{ id: string; name: string }[]> {
	const select = sql<{ id: string; name: string }>`select distinct o.id, o.name from papers.control_entry c
		join registry.organisation o on o.body_id = c.body_id and o.id = c.decided_by_id
		where c.body_id = ${ctx.body.id} and c.state <> 'declined' and ${knowsEntry(ctx)} order by o.name`;
	return question(select, (rows) => rows);
}

/** Sessions of a body in which its list may have been noted, the newest first. */
export function notingSessions(ctx: Ctx, bodyId: string): Question<{ id: string; date: string }[]> {
	const select = sql<{ id: string; date: string }>`select m.id, m.date::text as date from council.meeting m
		where m.body_id = ${ctx.body.id} and m.council_body_id = ${bodyId} and not m.cancelled
		and m.state in ('running', 'held', 'minutesSigned') order by m.date desc limit 12`;
	return question(select, (rows) => rows);
}
