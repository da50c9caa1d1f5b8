import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { coSignGates, gatesOfMatters } from '../involvement/gate.server.ts';
import { matterRows } from '../involvement/matters.server.ts';
import type { PendingApproval, RecentApproval } from './view.ts';

/** Most entries of one kind; the rest moves up. */
const MOST = 100;
/** Days for which what was approved stays in sight. */
const RECENT_DAYS = 30;

/**
 * Everything that waits for the mayor's approval, what is due first: statements that were handed over, papers whose next station
 * is the approval, relevant matters with a draft to read. Seven queries at most.
 */
export async function pendingApprovals(ctx: Ctx): Promise<PendingApproval[]> {
	demand(ctx.actor, 'papers.involvement.approve');
	const papers = await waitingPapers(ctx);
	const matters = await matterRows(
		ctx,
		sql<boolean>`m.state = 'open' and m.relevant and m.mayor_approved_on is null and coalesce(p.state <> 'withdrawn', true)
			and (p.id is null or not p.id = any (${papers.map(({ paperId }) => paperId)}::uuid[]))
			and (m.paper_id is not null or exists (select from papers.matter_file f where f.body_id = m.body_id and f.matter_id = m.id))`,
		MOST,
	);
	const gates = await coSignGates(
		ctx,
		papers.map(({ paperId }) => paperId),
	);
	const matterGates = await gatesOfMatters(ctx, matters);
	const waiting: PendingApproval[] = [
		...papers.map(({ paperId, ...paper }) => ({ ...paper, gate: gates.get(paperId)! })),
		...matters.map((matter) => ({
			kind: 'matter' as const,
			id: matter.id,
			title: matter.title,
			reference: matter.paper?.reference ?? null,
			department: matter.department,
			since: matter.openedOn,
			dueOn: matter.draftFinalOn,
			href: `/einbindung/${matter.id}#freigabe`,
			gate: matterGates.get(matter.id)!,
		})),
	];
	return waiting.sort((a, b) => (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999'));
}

/** Statements in the mayor's hands, and papers whose first station that is still ahead is the mayor's. */
async function waitingPapers(ctx: Ctx): Promise<(Omit<PendingApproval, 'gate'> & { paperId: string })[]> {
	const { rows } = await sql<Omit<PendingApproval, 'gate'> & { paperId: string }>`
		(select 'statement' as kind, s.id, s.paper_id as "paperId", p.title, q.reference, d.name as department,
			(select max(e.on_date)::text from papers.statement_step e where e.body_id = s.body_id and e.statement_id = s.id
				and e.act = 'handed') as since,
			s.due_on::text as "dueOn", '/vorlagen/' || q.slug || '/stellungnahme#tun' as href
			from papers.statement s
			join papers.paper p on p.body_id = s.body_id and p.id = s.paper_id
			join lateral (select o.paper_id from papers.statement_on o where o.body_id = s.body_id and o.statement_id = s.id
				order by o.position limit 1) o on true
			join papers.paper q on q.body_id = s.body_id and q.id = o.paper_id
			left join registry.organisation d on d.body_id = s.body_id and d.id = s.department_id
			where s.body_id = ${ctx.body.id} and s.state = 'approval' order by s.due_on nulls last limit ${MOST})
		union all
		(select 'paper', c.id, p.id, p.title, p.reference, d.name, p.date::text, c.planned_on::text,
			'/vorlagen/' || p.slug || '#freigabe'
			from papers.consultation c
			join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id and p.state <> 'withdrawn' and not p.taken_over
			left join registry.organisation d on d.body_id = p.body_id and d.id = p.under_direction_of_id
			where c.body_id = ${ctx.body.id} and c.role = 'approval' and c.state = 'planned'
			and not exists (select from papers.consultation e where e.body_id = c.body_id and e.paper_id = c.paper_id
				and e.state = 'planned' and e.step < c.step)
			order by c.planned_on nulls last limit ${MOST})`.execute(ctx.db);
	return rows;
}

/** What was approved in the last thirty days, the newest first. One query. */
export async function recentApprovals(ctx: Ctx): Promise<RecentApproval[]> {
	demand(ctx.actor, 'papers.involvement.approve');
	const since = ctx.today.subtract({ days: RECENT_DAYS });
	const { rows } = await sql<RecentApproval>`
		select 'statement' as kind, p.title, p.reference, s.approved_on::text as on,
			coalesce('/vorlagen/' || case when p.state = 'draft' then q.slug || '/stellungnahme' else p.slug end, '') as href
			from papers.statement s join papers.paper p on p.body_id = s.body_id and p.id = s.paper_id
			left join lateral (select o.paper_id from papers.statement_on o where o.body_id = s.body_id and o.statement_id = s.id
				order by o.position limit 1) o on true
			left join papers.paper q on q.body_id = s.body_id and q.id = o.paper_id
			where s.body_id = ${ctx.body.id} and s.approved_on > ${since}::date
		union all select 'paper', p.title, p.reference, c.happened_on::text, '/vorlagen/' || p.slug
			from papers.consultation c join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id and not p.taken_over
			where c.body_id = ${ctx.body.id} and c.role = 'approval' and c.result = 'approved' and c.happened_on > ${since}::date
		union all select 'matter', m.title, null, m.mayor_approved_on::text, '/einbindung/' || m.id
			from papers.matter m where m.body_id = ${ctx.body.id} and m.mayor_approved_on > ${since}::date
			and not exists (select from papers.statement s where s.body_id = m.body_id and s.paper_id = m.paper_id)
			and not exists (select from papers.consultation c where c.body_id = m.body_id and c.paper_id = m.paper_id
				and c.role = 'approval' and c.result = 'approved')
		order by 4 desc, 2 limit ${MOST}`.execute(ctx.db);
	return rows;
}
