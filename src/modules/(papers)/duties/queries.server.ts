import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { ask, question, type Question } from '#kernel/db/questions.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { knowsDuty, OPEN_DUTY, owes, paperLink } from './sight.server.ts';
import type { DueRow, DutyRow, DutyView } from './view.ts';

export const LISTS = ['overdue', 'coming', 'done'] as const;
export type List = (typeof LISTS)[number];

export interface Filter {
	/** Organisation that receives the reports, or department that owes them. */
	recipientId?: string | null;
	departmentId?: string | null;
	/** Only what this actor owes. */
	mine?: boolean;
	/** Of this paper alone. */
	paperId?: string;
	/** Key of the last row of the page before: `<day>_<id>`. */
	after?: string | null;
	limit?: number;
}

const OWED_BY = sql<string>`coalesce((select g.name from registry.organisation g where g.body_id = d.body_id and g.id = d.department_id),
	(select f.title from registry.office f where f.body_id = d.body_id and f.id = d.office_id), '')`;

/** Reports linked to a due date (alias `r`), the first one first. */
const reports = (ctx: Ctx) => sql<
	DueRow['reports']
>`coalesce((select json_agg(json_build_object('id', f.id, 'extent', f.extent,
		'reason', f.reason, 'linkedOn', f.linked_on, 'paper', ${paperLink(ctx)},
		'term', (select json_build_object('from', h.from_date, 'until', h.until_date - 1) from registry.office_holding h
			where h.body_id = f.body_id and h.id = f.holding_id)) order by f.linked_on, f.id)
	from papers.report_fulfilment f join papers.paper p on p.body_id = f.body_id and p.id = f.paper_id
	where f.body_id = r.body_id and f.due_id = r.id and f.taken_back_on is null), '[]')`;

/** The item of a session under which the recipient deals with a due report (alias `r`); of public sessions for everybody. */
const item = (ctx: Ctx) => sql<
	DueRow['item']
>`(select json_build_object('slug', t.slug, 'date', t.date, 'number', i.number)
	from council.agenda_item i join council.meeting t on t.body_id = i.body_id and t.id = i.meeting_id
	where i.body_id = r.body_id and i.id = r.agenda_item_id and not i.removed and not t.cancelled
	and (${may(ctx.actor, 'papers.duties')} or (i.public and t.public and t.published)))`;

/**
 * Reports that are overdue, to come, or done, as this actor may know of them; what was due longest stands first, done ones last
 * due first. By the index over state and date.
 */
export function duesAsked(ctx: Ctx, list: List, filter: Filter = {}): Question<DueRow[]> {
	const { recipientId, departmentId, mine, paperId, limit = 50 } = filter;
	const late = sql`r.state in ('open', 'partly') and d.state = 'active' and r.due`;
	const which =
		list === 'overdue'
			? sql`${late} < ${ctx.today}::date`
			: list === 'coming'
				? sql`${late} >= ${ctx.today}::date`
				: sql`r.state = 'done'`;
	const [day, id] = cursor(filter.after);
	const beyond =
		list === 'done'
			? sql`(r.due, r.id) < (${day}::date, ${id}::uuid)`
			: sql`(r.due, r.id) > (${day}::date, ${id}::uuid)`;
	const select = sql<DueRow>`select r.id, r.duty_id as "dutyId", d.subject, r.due::text as due, r.state, d.covers,
		o.name as recipient, ${OWED_BY} as "owedBy", ${paperLink(ctx)} as source, d.source_text as "sourceText", d.public,
		${owes(ctx)} as mine, ${reports(ctx)} as reports, ${item(ctx)} as item
		from papers.report_due r
		join papers.report_duty d on d.body_id = r.body_id and d.id = r.duty_id
		join registry.organisation o on o.body_id = d.body_id and o.id = d.recipient_id
		left join papers.paper p on p.body_id = d.body_id and p.id = d.paper_id
		where r.body_id = ${ctx.body.id} and ${which} and ${knowsDuty(ctx)}
		${recipientId ? sql`and d.recipient_id = ${recipientId}` : sql``}
		${departmentId ? sql`and d.department_id = ${departmentId}` : sql``}
		${paperId ? sql`and d.paper_id = ${paperId}` : sql``}
		${mine ? sql`and ${owes(ctx)}` : sql``}
		${day ? sql`and ${beyond}` : sql``}
		order by ${list === 'done' ? sql`r.due desc, r.id desc` : sql`r.due, r.id`} limit ${limit}`;
	return question(select, (rows) => rows);
}

function cursor(after: string | null | undefined): [string, string] | [null, null] {
	const [day, id] = (after ?? '').split('_');
	return day && isId(id) && /^\d{4}-\d\d-\d\d$/.test(day) ? [day, id] : [null, null];
}

type DutyFilter = Pick<Filter, 'recipientId' | 'departmentId' | 'paperId' | 'limit'> & { officeOnly?: boolean };

/** Every duty this actor may know of, active ones first, by their next date. */
export function dutiesAsked(ctx: Ctx, filter: DutyFilter = {}): Question<DutyRow[]> {
	const { recipientId, departmentId, paperId, officeOnly, limit = 200 } = filter;
	const select = sql<DutyRow>`select ${dutyColumns(ctx)}
		from papers.report_duty d join registry.organisation o on o.body_id = d.body_id and o.id = d.recipient_id
		left join papers.paper p on p.body_id = d.body_id and p.id = d.paper_id
		where d.body_id = ${ctx.body.id} and ${knowsDuty(ctx)}
		${recipientId ? sql`and d.recipient_id = ${recipientId}` : sql``}
		${departmentId ? sql`and d.department_id = ${departmentId}` : sql``}
		${paperId ? sql`and d.paper_id = ${paperId}` : sql``}
		${officeOnly ? sql`and d.kind = 'office'` : sql``}
		order by d.state, "nextDue" nulls last, d.id limit ${limit}`;
	return question(select, (rows) => rows);
}

const dutyColumns = (
	ctx: Ctx,
) => sql`d.id, d.subject, d.state, o.name as recipient, ${OWED_BY} as "owedBy", ${paperLink(ctx)} as source,
	d.source_text as "sourceText", d.public,
	(select y.rhythm from papers.report_rhythm y where y.body_id = d.body_id and y.duty_id = d.id
		order by y.from_due <= ${ctx.today}::date desc, case when y.from_due <= ${ctx.today}::date then y.from_due end desc, y.from_due limit 1) as rhythm,
	(select min(r.due)::text from papers.report_due r where r.body_id = d.body_id and r.duty_id = d.id
		and r.state in ('open', 'partly') and d.state = 'active') as "nextDue"`;

/** One duty with its rhythm, dates and reports. Two queries. @throws NotFound where there is none for this reader */
export async function dutyView(ctx: Ctx, id: string): Promise<DutyView> {
	if (!isId(id)) throw new NotFound('duty');
	const manages = may(ctx.actor, 'papers.duties');
	const { rows } = await sql<
		Omit<DutyView, 'dues' | 'mayChange'>
	>`select ${dutyColumns(ctx)}, d.kind, d.recipient_id as "recipientId",
		d.department_id as "departmentId", d.office_id as "officeId", d.covers, d.end_on::text as "endOn", d.end_count as "endCount",
		d.end_condition as "endCondition", d.state_reason as "stateReason", d.state_since::text as "stateSince",
		(select json_agg(json_build_object('from', y.from_due, 'rhythm', y.rhythm, 'reason', y.reason) order by y.from_due)
			from papers.report_rhythm y where y.body_id = d.body_id and y.duty_id = d.id) as phases,
		(select json_build_object('slug', t.slug, 'date', t.date, 'number', s.number, 'text', s.text)
			from council.resolution s join council.agenda_item i on i.body_id = s.body_id and i.id = s.agenda_item_id
			join council.meeting t on t.body_id = i.body_id and t.id = i.meeting_id
			where s.body_id = d.body_id and s.id = d.resolution_id) as resolution,
		${owes(ctx)} as mine,
		${manages ? REMINDED : sql`'[]'::json`} as reminded
		from papers.report_duty d join registry.organisation o on o.body_id = d.body_id and o.id = d.recipient_id
		left join papers.paper p on p.body_id = d.body_id and p.id = d.paper_id
		where d.body_id = ${ctx.body.id} and d.id = ${id} and ${knowsDuty(ctx)}`.execute(ctx.db);
	const duty = rows[0];
	if (!duty) throw new NotFound('duty');
	const { rows: dues } = await sql<
		DutyView['dues'][number]
	>`select r.id, r.due::text as due, r.state, r.dropped_reason as "droppedReason",
		${reports(ctx)} as reports, ${item(ctx)} as item
		from papers.report_due r where r.body_id = ${ctx.body.id} and r.duty_id = ${id} order by r.due desc`.execute(ctx.db);
	return { ...duty, dues, mayChange: manages };
}

const REMINDED = sql`coalesce((select json_agg(json_build_object('due', r.due, 'at', x.at, 'name',
		concat_ws(' ', nullif(q.given_name, ''), q.family_name)) order by x.at desc)
	from papers.reminder x join papers.report_due r on r.body_id = x.body_id and r.id = x.object_id
	join registry.person q on q.body_id = x.body_id and q.id = x.person_id
	where x.body_id = d.body_id and r.duty_id = d.id), '[]')`;

export interface Choices {
	recipients: { id: string; name: string }[];
	departments: { id: string; name: string }[];
}

/** Who receives and who owes reports that everybody may know of: the filters of the list. */
export function filterChoices(ctx: Ctx): Question<Choices> {
	const select = sql<{ id: string; name: string; side: string }>`select distinct o.id, o.name, side.side
		from papers.report_duty d cross join (values ('to'), ('by')) side (side)
		join registry.organisation o on o.body_id = d.body_id
			and o.id = case side.side when 'to' then d.recipient_id else d.department_id end
		where d.body_id = ${ctx.body.id} and ${may(ctx.actor, 'papers.duties') ? sql`true` : OPEN_DUTY} order by o.name`;
	return question(select, (rows) => {
		const of = (side: string) => rows.filter((row) => row.side === side).map(({ id, name }) => ({ id, name }));
		return { recipients: of('to'), departments: of('by') };
	});
}

/** How many of the reports that this actor may know of are overdue. */
export function overdueCount(ctx: Ctx): Question<number> {
	const select = sql<{ count: number }>`select count(*)::int as count from papers.report_due r
		join papers.report_duty d on d.body_id = r.body_id and d.id = r.duty_id
		where r.body_id = ${ctx.body.id} and r.state in ('open', 'partly') and r.due < ${ctx.today}::date and d.state = 'active'
		and ${knowsDuty(ctx)}`;
	return question(select, ([row]) => row!.count);
}

export interface FormChoices {
	recipients: { value: string; label: string }[];
	departments: { value: string; label: string }[];
	offices: { value: string; label: string }[];
}

/** What a duty's form offers. */
export function choicesAsked(ctx: Ctx): Question<FormChoices> {
	const select = sql<{ value: string; label: string; kind: string }>`
		select id as value, name as label, organisation_type as kind from registry.organisation
			where body_id = ${ctx.body.id} and organisation_type in ('committee', 'department') and until_date is null
		union all select f.id, f.title, 'office' from registry.office f where f.body_id = ${ctx.body.id} order by 2`;
	return question(select, (rows) => {
		const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ value, label }) => ({ value, label }));
		return { recipients: of('committee'), departments: of('department'), offices: of('office') };
	});
}

/** The same, asked at once. One query. */
export function formChoices(ctx: Ctx): Promise<FormChoices> {
	return ask(ctx, choicesAsked(ctx));
}
