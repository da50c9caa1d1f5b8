import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { departmentsOf } from '../sight.server.ts';

/** SQL: may strangers know of this entry (alias `c`)? Only if it is public, and the paper and the session's item are, too (R3-25). */
export const OPEN_ENTRY: RawBuilder<boolean> = sql<boolean>`(c.public
	and (c.paper_id is null or exists (select from papers.paper q where q.body_id = c.body_id and q.id = c.paper_id and q.public
		and q.state <> 'draft' and q.published_at is not null and q.depublished_at is null))
	and (c.resolution_id is null or exists (select from council.resolution x
		join council.agenda_item xi on xi.body_id = x.body_id and xi.id = x.agenda_item_id
		join council.meeting xm on xm.body_id = xi.body_id and xm.id = xi.meeting_id
		where x.body_id = c.body_id and x.id = c.resolution_id and xi.public and xm.public and xm.published))
	and (c.consultation_id is null or exists (select from papers.consultation y
		where y.body_id = c.body_id and y.id = c.consultation_id and y.public)))`;

/** SQL: does this actor report on the entry (alias `c`), as contact of its department? */
export function reportsOn(ctx: Pick<Ctx, 'actor'>): RawBuilder<boolean> {
	return sql<boolean>`coalesce(c.department_id = any (${departmentsOf(ctx)}::uuid[]), false)`;
}

/** SQL: may this actor know of the entry (alias `c`)? The office all, members what their body resolved, departments their own. */
export function knowsEntry(ctx: Ctx): RawBuilder<boolean> {
	const { actor } = ctx;
	if (may(actor, 'papers.duties')) return sql<boolean>`true`;
	if (actor.kind !== 'person') return OPEN_ENTRY;
	const sits = actor.grants.flatMap(({ role, organisationId }) =>
		['member', 'chair'].includes(role) && organisationId ? [organisationId] : [],
	);
	return sql<boolean>`(${OPEN_ENTRY} or c.decided_by_id = any (${sits}::uuid[]) or ${reportsOn(ctx)})`;
}
