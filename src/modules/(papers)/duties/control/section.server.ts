import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { question, type Question } from '#kernel/db/questions.ts';
import type { ControlState } from '../rules/control.ts';
import { knowsEntry } from './sight.server.ts';

/** What became of a paper's resolution, for its page. */
export interface ControlNote {
	id: string;
	decidedBy: string;
	state: ControlState;
	note: string;
	due: string | null;
	delayReason: string;
	department: string;
}

export function controlNotes(ctx: Ctx, paperId: string): Question<ControlNote[]> {
	const select = sql<ControlNote>`select c.id, o.name as "decidedBy", c.state, c.note, c.due::text as due,
		c.delay_reason as "delayReason", coalesce(g.name, '') as department
		from papers.control_entry c join registry.organisation o on o.body_id = c.body_id and o.id = c.decided_by_id
		left join registry.organisation g on g.body_id = c.body_id and g.id = c.department_id
		where c.body_id = ${ctx.body.id} and c.paper_id = ${paperId} and c.state <> 'declined' and ${knowsEntry(ctx)}
		order by c.decided_on desc, c.id`;
	return question(select, (rows) => rows);
}
