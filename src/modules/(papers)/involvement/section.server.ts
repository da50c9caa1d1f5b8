import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, question, together, type Question } from '#kernel/db/questions.ts';
import { gateAsked } from './gate.server.ts';
import type { Gate } from './rules/gate.ts';
import { matterSeen } from './sight.server.ts';
import type { PaperInvolvement } from './view.ts';

/** What a paper's page says of involvement, and the gate itself, for the approval. */
export interface InvolvementSection {
	shown: PaperInvolvement | null;
	gate: Gate | null;
}

/**
 * Strangers get nothing; members of council bodies read refusals and remarks that a commissioner wishes them to read, once the
 * paper is public (R4-04); those who may see the matter get the way to it and what holds the approval; who may open one, the
 * way to open it.
 */
export function involvementSection(
	ctx: Ctx,
	paper: { id: string; state: string; public: boolean },
): Question<InvolvementSection> {
	if (ctx.actor.kind !== 'person') return known({ shown: null, gate: null });
	const seen = sql<{ id: string }>`select m.id from papers.matter m where m.body_id = ${ctx.body.id}
		and m.paper_id = ${paper.id} and ${matterSeen(ctx)}`;
	const council = may(ctx.actor, 'papers.members') && paper.public && paper.state === 'filed';
	const asked = together({
		matterId: question(seen, ([row]) => row?.id ?? null),
		gate: gateAsked(ctx, paper.id),
		remarks: council ? remarksFor(ctx, paper.id) : known([]),
	});
	const mayOpen = may(ctx.actor, 'papers.involvement.open');
	return answeredAs(asked, ({ matterId, gate: found, remarks }) => {
		const gate = matterId || mayOpen ? found : null;
		if (!gate && !remarks.length) return { shown: null, gate: found };
		const asksNothing = gate?.reason === 'noRule' && !matterId;
		const told = asksNothing ? null : gate && { open: gate.open, reason: gate.reason, href: gate.href };
		return { shown: { gate: told, remarks }, gate: found };
	});
}

function remarksFor({ body }: Ctx, paperId: string): Question<PaperInvolvement['remarks']> {
	const select = sql<PaperInvolvement['remarks'][number]>`select o.title as who, r.answer, r.reasons
		from papers.sign_request r join papers.matter m on m.body_id = r.body_id and m.id = r.matter_id
		join papers.involvement i on i.body_id = r.body_id and i.id = r.involvement_id
		join registry.office o on o.body_id = i.body_id and o.id = i.office_id
		where r.body_id = ${body.id} and m.paper_id = ${paperId} and r.state = 'answered' and r.for_council
		and r.answer in ('refused', 'agreedWithRemarks') order by o.title`;
	return question(select, (rows) => rows);
}
