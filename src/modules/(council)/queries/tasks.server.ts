import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { mayFinish } from '../rules/tasks.ts';
import type { TaskView } from '../view.ts';
import { taskOwnerColumns, taskOwners } from './public-names.server.ts';
import { insideOf } from './sight.server.ts';

export interface TaskFilter {
	state?: 'open' | 'done';
	overdue?: boolean;
	/** Only tasks of this person. */
	personId?: string;
	limit?: number;
}

export interface TaskRow extends TaskView {
	itemId: string | null;
	/** May this reader report it done (or take that back)? */
	mine: boolean;
}

type RawRow = Omit<TaskRow, 'mine'> & Parameters<typeof mayFinish>[1];

/** Tasks from minutes, most urgent first. The public sees public tasks of public items, offices by name, people not. */
export async function taskRows(ctx: Ctx, filter: TaskFilter = {}): Promise<TaskRow[]> {
	const body = ctx.body.id;
	const inside = insideOf(ctx, 'm.council_body_id');
	const { rows } = await sql<RawRow>`
select t.id, m.slug as "meetingSlug", m.date::text as "meetingDate", i.number as "itemNumber", t.what,
	${taskOwners(body, inside)} as who,
	t.due::text as due, t.due_text as "dueText", t.state, t.done_on::text as "doneOn", t.public, i.id as "itemId",
	${taskOwnerColumns(body)}, m.council_body_id as "councilBodyId"
from council.task t join council.meeting m on m.body_id = ${body} and m.id = t.meeting_id
left join council.agenda_item i on i.body_id = ${body} and i.id = t.agenda_item_id
where t.body_id = ${body} and (${inside} or (t.public and m.public and m.published and coalesce(i.public, true)))
${filter.state ? sql`and t.state = ${filter.state}` : sql``}
${filter.overdue ? sql`and t.state = 'open' and t.due < ${ctx.today}::date` : sql``}
${filter.personId ? sql`and (t.person_id = ${filter.personId} or exists (select from council.task_owner fo where fo.body_id = ${body} and fo.task_id = t.id and fo.person_id = ${filter.personId}))` : sql``}
order by t.state = 'done', t.due nulls last, m.date desc limit ${filter.limit ?? 500}`.execute(ctx.db);
	const asks = may(ctx.actor, 'council.tasks');
	return rows.map(({ personIds, organisationIds, councilBodyId, ...row }) => ({
		...row,
		mine: asks && mayFinish(ctx.actor, { personIds, organisationIds, councilBodyId }),
	}));
}
