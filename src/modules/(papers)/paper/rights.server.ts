import { sql, type RawBuilder } from 'kysely';
import { may, type Actor } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';

/** Organisations in which this actor holds a role today. */
export function ownOrganisations(actor: Actor): string[] {
	return [...new Set(actor.grants.map(({ organisationId }) => organisationId).filter((id) => id !== null))];
}

/** Roles that this actor holds today, wherever. */
export function ownRoles(actor: Actor): string[] {
	if (actor.kind === 'operator' || actor.kind === 'system') return ['office'];
	return [...new Set(actor.grants.map(({ role }) => role))];
}

/** Did this actor, or a group or body they sit in, bring the paper in? One query. */
export async function isOriginator(ctx: Pick<Ctx, 'db' | 'actor' | 'body'>, paperId: string): Promise<boolean> {
	if (ctx.actor.kind !== 'person') return false;
	const { rows } = await sql<{ yes: boolean }>`select ${broughtIn(ctx, paperId)} as yes`.execute(ctx.db);
	return rows[0]!.yes;
}

/** The same as SQL, for a larger query. */
export function broughtIn(ctx: Pick<Ctx, 'actor' | 'body'>, paperId: string): RawBuilder<boolean> {
	const { actor } = ctx;
	if (actor.kind !== 'person' || !actor.personId) return sql<boolean>`false`;
	return sql<boolean>`exists (
		select from papers.originator o where o.body_id = ${ctx.body.id} and o.paper_id = ${paperId}
			and o.kind = 'originator' and o.left_on is null
			and (o.person_id = ${actor.personId} or o.organisation_id = any (${ownOrganisations(actor)}::uuid[]))
		union all
		select from papers.paper p where p.body_id = ${ctx.body.id} and p.id = ${paperId}
			and p.created_by = ${actor.personId} and not exists (select from papers.originator o
				where o.body_id = p.body_id and o.paper_id = p.id and o.kind = 'originator' and o.left_on is null))`;
}

/** May this actor write the draft: the office, its author, who was asked to write with them. */
export async function mayWrite(
	ctx: Pick<Ctx, 'db' | 'actor'>,
	paper: { id: string; createdBy: string | null },
): Promise<boolean> {
	const { actor } = ctx;
	if (may(actor, 'papers.edit')) return true;
	if (!actor.personId) return false;
	if (paper.createdBy === actor.personId) return true;
	const row = await ctx.db
		.selectFrom('papers.co_writer')
		.select('person_id')
		.where('paper_id', '=', paper.id)
		.where('person_id', '=', actor.personId)
		.executeTakeFirst();
	return row !== undefined;
}
