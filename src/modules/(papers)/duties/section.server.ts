import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, question, together, type Question } from '#kernel/db/questions.ts';
import { controlNotes, type ControlNote } from './control/section.server.ts';
import { dutiesAsked } from './queries.server.ts';
import { knowsDuty } from './sight.server.ts';
import type { DueRow, DutyRow } from './view.ts';

/** What the paper's page says of reports: those its resolution asks for, and what the paper itself reports. */
export interface DutySection {
	duties: DutyRow[];
	reports: ReportOf[];
	/** What became of the paper's resolution. */
	notes: ControlNote[];
	mayAdd: boolean;
}

/** The paper is a report, a part of one, or stands for one that is missing. */
export interface ReportOf extends Pick<DueRow, 'dutyId' | 'subject' | 'due' | 'covers'> {
	extent: 'full' | 'partial' | 'substitute';
	reason: string;
	term: { from: string; until: string | null } | null;
}

export function dutySection(ctx: Ctx, paper: { id: string; state: string }): Question<DutySection> {
	const reports = sql<ReportOf>`select d.id as "dutyId", d.subject, r.due::text as due, d.covers, f.extent, f.reason,
		(select json_build_object('from', h.from_date, 'until', h.until_date - 1) from registry.office_holding h
			where h.body_id = f.body_id and h.id = f.holding_id) as term
		from papers.report_fulfilment f
		join papers.report_due r on r.body_id = f.body_id and r.id = f.due_id
		join papers.report_duty d on d.body_id = r.body_id and d.id = r.duty_id
		where f.body_id = ${ctx.body.id} and f.paper_id = ${paper.id} and f.taken_back_on is null and ${knowsDuty(ctx)}
		order by r.due, d.id`;
	const asked = together({
		duties: dutiesAsked(ctx, { paperId: paper.id, limit: 20 }),
		reports: question(reports, (rows) => rows),
		notes: controlNotes(ctx, paper.id),
	});
	const mayAdd = paper.state === 'filed' && may(ctx.actor, 'papers.duties');
	return answeredAs(asked, (found) => ({ ...found, mayAdd }));
}
