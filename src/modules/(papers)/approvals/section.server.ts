import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { known, question, type Question } from '#kernel/db/questions.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { enterOutcome } from '../way/outcome.server.ts';

/**
 * The approval that comes next on a paper's way, for the mayor alone: the first station that is still ahead, if it is that.
 * Null for everybody else, and where the mayor has nothing to do.
 */
export function nextApproval(ctx: Ctx, paper: { id: string; state: string }): Question<string | null> {
	if (ctx.actor.kind !== 'person' || !may(ctx.actor, 'papers.approve') || paper.state === 'withdrawn')
		return known(null);
	const select = sql<{ id: string; role: string }>`select c.id, c.role from papers.consultation c
		where c.body_id = ${ctx.body.id} and c.paper_id = ${paper.id} and c.state = 'planned'
		order by c.step, c.role = 'approval' desc, c.position limit 1`;
	return question(select, ([next]) => (next?.role === 'approval' ? next.id : null));
}

/**
 * The mayor approves a paper on its own page.
 * @throws RuleViolation `papers.nothingToApprove`, and as `enterOutcome`: the gate of co-signatures decides
 */
export async function approvePaper(ctx: Ctx, slug: string, stationId: string, text: string): Promise<void> {
	demand(ctx.actor, 'papers.approve');
	if (!isId(stationId)) throw new RuleViolation('papers.nothingToApprove');
	await enterOutcome(ctx, slug, stationId, {
		result: 'approved',
		happenedOn: ctx.today.toString(),
		text: text.trim(),
		wording: '',
		unanimous: false,
		resubmitOn: '',
		referTo: '',
		reason: '',
		votes: [],
	});
}
