import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { draftShown } from '../involvement/sight.server.ts';
import { readsForStatement } from '../statement/sight.server.ts';
import { ownOrganisations } from './rights.server.ts';

/**
 * Who reads a paper (rulebook R3-22, R8): strangers what is filed, public and not taken back; people of a body that
 * brought it in, is addressed or stands on its way, also what is closed; drafts their author, who writes with them, the office,
 * and who is asked about them in their own field (R4-10).
 * A condition on `papers.paper` under the alias `p`.
 */
export function readable(ctx: Pick<Ctx, 'actor' | 'body' | 'today'>): RawBuilder<boolean> {
	const { actor } = ctx;
	const shown = sql<boolean>`(p.state <> 'draft' and p.public and p.published_at is not null and p.depublished_at is null)`;
	if (may(actor, 'papers.edit')) return sql<boolean>`true`;
	if (actor.kind !== 'person') return shown;
	return sql<boolean>`(${shown} or ${involved(ctx)})`;
}

/**
 * People who have to do with a paper: its author and who writes with them; once it is filed, the department that leads, and
 * people of a body that brought it in, is addressed or stands on its way; who is asked about it in their own field (R4-10);
 * who writes, signs or approves a statement on it. They read what is closed, annexes too.
 */
export function involved(ctx: Pick<Ctx, 'actor' | 'body' | 'today'>): RawBuilder<boolean> {
	const { actor } = ctx;
	const own = ownOrganisations(actor);
	return sql<boolean>`(p.created_by = ${actor.personId}::uuid
		or exists (select from papers.co_writer w where w.body_id = p.body_id and w.paper_id = p.id
			and w.person_id = ${actor.personId}::uuid) or ${draftShown(ctx)} or (p.state <> 'draft' and (
		p.under_direction_of_id = any (${own}::uuid[]) or p.addressee_id = any (${own}::uuid[])
		or exists (select from papers.originator o where o.body_id = p.body_id and o.paper_id = p.id
			and (o.organisation_id = any (${own}::uuid[]) or o.person_id = ${actor.personId}::uuid))
		or exists (select from papers.consultation c join papers.consultation_body b
			on b.body_id = c.body_id and b.consultation_id = c.id
			where c.body_id = p.body_id and c.paper_id = p.id and b.organisation_id = any (${own}::uuid[]))))
		or ${readsForStatement(ctx)})`;
}
