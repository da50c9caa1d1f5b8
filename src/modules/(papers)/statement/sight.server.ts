import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';

/** Departments this actor answers for. */
export function ownDepartments(ctx: Pick<Ctx, 'actor'>): string[] {
	return ctx.actor.grants
		.filter(({ role, organisationId }) => role === 'department' && organisationId !== null)
		.map(({ organisationId }) => organisationId!);
}

/**
 * Who reads a paper because of a statement or an approval: whoever writes, signs or approves it, a draft too once its way begins
 * with the mayor. A condition on `papers.paper` as `p`, to be
 * added to who reads it anyway.
 */
export function readsForStatement(ctx: Pick<Ctx, 'actor' | 'body'>): RawBuilder<boolean> {
	const own = ownDepartments(ctx);
	if (may(ctx.actor, 'papers.approve') && ctx.actor.kind === 'person')
		return sql<boolean>`(p.state <> 'draft' or exists (select from papers.consultation c
			where c.body_id = p.body_id and c.paper_id = p.id and c.role = 'approval' and c.state <> 'skipped'))`;
	if (!own.length) return sql<boolean>`false`;
	return sql<boolean>`(p.state <> 'draft' and exists (select from papers.statement_on o
		join papers.statement s on s.body_id = o.body_id and s.id = o.statement_id
		where o.body_id = p.body_id and o.paper_id = p.id and (s.department_id = any (${own}::uuid[])
		or exists (select from papers.statement_co_sign c where c.body_id = s.body_id and c.statement_id = s.id
			and c.organisation_id = any (${own}::uuid[])))))`;
}
