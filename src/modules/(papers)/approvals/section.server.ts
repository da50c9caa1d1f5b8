import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { coSignGate } from '../involvement/gate.server.ts';
import { enterOutcome } from '../way/outcome.server.ts';
import type { PaperApproval } from './view.ts';

/**
 * On a paper's page, for the mayor alone: the approval that comes next on its way, and whether it may be given now. Nothing for
 * everybody else, and where the mayor has nothing to do.
 */
export async function approvalSection(ctx: Ctx, paper: { id: string; state: string }): Promise<PaperApproval | null> {
	if (ctx.actor.kind !== 'person' || !may(ctx.actor, 'papers.approve') || paper.state === 'withdrawn') return null;
	const stationId = await nextApproval(ctx, paper.id);
	return stationId ? { stationId, gate: await coSignGate(ctx, paper.id) } : null;
}

/** The first station that is still ahead, if it is the mayor's approval. One query. */
async function nextApproval(ctx: Pick<Ctx, 'db' | 'body'>, paperId: string): Promise<string | null> {
	const { rows } = await sql<{ id: string; role: string }>`select c.id, c.role from papers.consultation c
		where c.body_id = ${ctx.body.id} and c.paper_id = ${paperId} and c.state = 'planned'
		order by c.step, c.role = 'approval' desc, c.position limit 1`.execute(ctx.db);
	return rows[0]?.role === 'approval' ? rows[0].id : null;
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
