import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { DeskItem } from '#kernel/module.ts';
import { pendingApprovals } from './queries.server.ts';

/** Papers and matters that can be approved now, for the mayor; statements stand on the desk by their own room. */
export async function approvalDesk(ctx: Ctx): Promise<DeskItem[]> {
	if (ctx.actor.kind !== 'person' || !may(ctx.actor, 'papers.approve')) return [];
	const waiting = await pendingApprovals(ctx);
	return waiting
		.filter(({ kind, gate }) => kind !== 'statement' && gate.open)
		.map(({ kind, id, title, reference, dueOn, href }) => ({
			id: `approval-${id}`,
			group: 'answer' as const,
			title: reference ? m.papers_approvals_desk_title({ reference, title }) : title,
			titleLang: 'de' as const,
			text: kind === 'paper' ? m.papers_approvals_desk_paper() : m.papers_approvals_desk_matter(),
			href,
			...(dueOn && { due: dueOn }),
			action: { label: m.papers_statement_desk_approve(), href },
		}));
}
