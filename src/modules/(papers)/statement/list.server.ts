import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { question, type Question } from '#kernel/db/questions.ts';
import { readable } from '../paper/sight.server.ts';
import { isLate, stageOf } from './queries.server.ts';
import type { StatementState } from './rules/steps.ts';
import { ownDepartments } from './sight.server.ts';
import type { OwedRow } from './view.ts';

interface Row extends Omit<OwedRow, 'late' | 'stage' | 'mine' | 'myDueOn'> {
	state: StatementState;
	departmentId: string | null;
	/** Until when this actor's departments are asked to co-sign; null where they are not. */
	coSignDueOn: string | null;
}

/**
 * Open statements on papers that this reader may know of, the most pressing first; no persons.
 * @param only `late`: overdue ones; `mine`: what this actor owes
 */
export function owedRows(
	ctx: Ctx,
	{ only = 'all', limit = 200 }: { only?: 'all' | 'late' | 'mine'; limit?: number } = {},
): Question<OwedRow[]> {
	const own = ownDepartments(ctx);
	const restriction =
		only === 'late' ? sql`and s.due_on < ${ctx.today}::date` : only === 'mine' ? sql`and ${mineSql(ctx, own)}` : sql``;
	const select = sql<Row>`select s.id as "statementId", p.slug, p.reference, p.title, t.name as type, s.state,
		s.department_id as "departmentId", d.name as department, s.due_on::text as "dueOn",
		case when s.due_basis = 'committee' then s.base_on::text end as "firstCommittee",
		(select min(c.due_on)::text from papers.statement_co_sign c where c.body_id = s.body_id and c.statement_id = s.id
			and c.state = 'asked' and c.organisation_id = any (${own}::uuid[])) as "coSignDueOn"
		from papers.statement s
		join papers.statement_on o on o.body_id = s.body_id and o.statement_id = s.id
		join papers.paper p on p.body_id = o.body_id and p.id = o.paper_id and p.state = 'filed'
		join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		left join registry.organisation d on d.body_id = s.body_id and d.id = s.department_id
		where s.body_id = ${ctx.body.id} and s.state not in ('published', 'stopped')
		and ${readable(ctx)} ${restriction}
		order by s.due_on nulls last, s.id, o.position limit ${limit}`;
	return question(select, (rows) =>
		rows.map(({ state, departmentId, coSignDueOn, ...row }) => ({
			...row,
			late: isLate(ctx, state, row.dueOn),
			stage: stageOf(state),
			mine: mineOf(ctx, { state, departmentId, signs: coSignDueOn !== null }),
			myDueOn: coSignDueOn ?? row.dueOn,
		})),
	);
}

function mineSql(ctx: Ctx, own: string[]) {
	const approves = may(ctx.actor, 'papers.approve') && ctx.actor.kind === 'person';
	return sql`((s.department_id = any (${own}::uuid[]) and s.state in ('requested', 'drafting', 'coSigning'))
		or exists (select from papers.statement_co_sign c where c.body_id = s.body_id and c.statement_id = s.id
			and c.state = 'asked' and c.organisation_id = any (${own}::uuid[]))
		${approves ? sql`or s.state = 'approval'` : sql``}
		${may(ctx.actor, 'papers.edit') ? sql`or s.state = 'approved' or s.department_id is null` : sql``})`;
}

function mineOf(
	ctx: Ctx,
	row: { state: StatementState; departmentId: string | null; signs: boolean },
): OwedRow['mine'] {
	const { state } = row;
	if (row.signs && state === 'coSigning') return 'coSign';
	const leads = row.departmentId !== null && ownDepartments(ctx).includes(row.departmentId);
	if (leads && (state === 'requested' || state === 'drafting' || state === 'coSigning')) return 'write';
	if (state === 'approval' && ctx.actor.kind === 'person' && may(ctx.actor, 'papers.approve')) return 'approve';
	if (!may(ctx.actor, 'papers.edit')) return null;
	if (!row.departmentId) return 'assign';
	return state === 'approved' ? 'publish' : null;
}
