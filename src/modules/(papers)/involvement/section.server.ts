import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { coSignGate } from './gate.server.ts';
import { matterSeen } from './sight.server.ts';
import type { PaperInvolvement } from './view.ts';

/**
 * What a paper's page says of involvement. Strangers get nothing; members of council bodies read refusals and remarks that a
 * commissioner wishes them to read, once the paper is public (R4-04); those who may see the matter get the way to it and what
 * holds the approval; who may open one, the way to open it. Up to five queries.
 */
export async function involvementSection(
	ctx: Ctx,
	paper: { id: string; slug: string; state: string; public: boolean },
): Promise<PaperInvolvement | null> {
	if (ctx.actor.kind !== 'person') return null;
	const { rows } = await sql<{ id: string }>`select m.id from papers.matter m where m.body_id = ${ctx.body.id}
		and m.paper_id = ${paper.id} and ${matterSeen(ctx)}`.execute(ctx.db);
	const matterId = rows[0]?.id ?? null;
	const mayOpen = may(ctx.actor, 'papers.involvement.open');
	const gate = matterId || mayOpen ? await coSignGate(ctx, paper.id) : null;
	const council = may(ctx.actor, 'papers.members') && paper.public && paper.state === 'filed';
	const remarks = council ? await remarksFor(ctx, paper.id) : [];
	if (!gate && !remarks.length) return null;
	const asksNothing = gate?.reason === 'noRule' && !matterId;
	return { gate: asksNothing ? null : gate && { open: gate.open, reason: gate.reason, href: gate.href }, remarks };
}

async function remarksFor({ db, body }: Ctx, paperId: string): Promise<PaperInvolvement['remarks']> {
	const { rows } = await sql<PaperInvolvement['remarks'][number]>`select o.title as who, r.answer, r.reasons
		from papers.sign_request r join papers.matter m on m.body_id = r.body_id and m.id = r.matter_id
		join papers.involvement i on i.body_id = r.body_id and i.id = r.involvement_id
		join registry.office o on o.body_id = i.body_id and o.id = i.office_id
		where r.body_id = ${body.id} and m.paper_id = ${paperId} and r.state = 'answered' and r.for_council
		and r.answer in ('refused', 'agreedWithRemarks') order by o.title`.execute(db);
	return rows;
}
