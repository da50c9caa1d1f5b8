import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { readable } from '../paper/sight.server.ts';

/**
 * SQL: may strangers know of this duty (alias `d`)? Only if it is public, and what asks for it, too: the paper, or the item of
 * the session that resolved it (rulebook R3-23).
 */
export const OPEN_DUTY: RawBuilder<boolean> = sql<boolean>`(d.public
	and (d.paper_id is null or exists (select from papers.paper q where q.body_id = d.body_id and q.id = d.paper_id and q.public
		and q.state <> 'draft' and q.published_at is not null and q.depublished_at is null))
	and (d.resolution_id is null or exists (select from council.resolution s
		join council.agenda_item i on i.body_id = s.body_id and i.id = s.agenda_item_id
		join council.meeting t on t.body_id = i.body_id and t.id = i.meeting_id
		where s.body_id = d.body_id and s.id = d.resolution_id and i.public and t.public and t.published)))`;

/** SQL: does this actor answer for the duty (alias `d`): as contact of its department, or as holder of its office today? */
export function owes(ctx: Pick<Ctx, 'actor' | 'today'>): RawBuilder<boolean> {
	const { actor } = ctx;
	if (actor.kind !== 'person') return sql<boolean>`false`;
	const departments = departmentsOf(ctx);
	const office = sql<boolean>`exists (select from registry.office_holding h where h.body_id = d.body_id and h.office_id = d.office_id
		and h.person_id = ${actor.personId}::uuid and h.from_date <= ${ctx.today}::date and (h.until_date is null or h.until_date > ${ctx.today}::date))`;
	return sql<boolean>`(d.department_id = any (${departments}::uuid[]) or ${office})`;
}

/** Departments that this actor answers for. */
export function departmentsOf({ actor }: Pick<Ctx, 'actor'>): string[] {
	return actor.grants.flatMap(({ role, organisationId }) =>
		role === 'department' && organisationId ? [organisationId] : [],
	);
}

/** SQL: may this actor know of the duty (alias `d`)? The office all, members those their body receives, who owes it always. */
export function knowsDuty(ctx: Ctx): RawBuilder<boolean> {
	const { actor } = ctx;
	if (may(actor, 'papers.duties')) return sql<boolean>`true`;
	if (actor.kind !== 'person') return OPEN_DUTY;
	const sits = actor.grants.flatMap(({ role, organisationId }) =>
		['member', 'chair'].includes(role) && organisationId ? [organisationId] : [],
	);
	return sql<boolean>`(${OPEN_DUTY} or d.recipient_id = any (${sits}::uuid[]) or ${owes(ctx)})`;
}

/** SQL for a paper under the alias `p`: its number and address, or null where this reader may not know of it. */
export function paperLink(ctx: Ctx): RawBuilder<{ slug: string; reference: string | null; title: string } | null> {
	return sql`(case when p.id is not null and ${readable(ctx)} then json_build_object('slug', p.slug, 'reference', p.reference, 'title', p.title) end)`;
}
