import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';

type Reader = Pick<Ctx, 'actor' | 'body' | 'today'>;

/** Ids of the offices that this person holds today, or stands in for. A subquery. */
export function myOffices({ actor, body, today }: Reader): RawBuilder<unknown> {
	return sql`(select h.office_id from registry.office_holding h where h.body_id = ${body.id}
		and h.person_id = ${actor.personId}::uuid and h.from_date <= ${today}::date
		and (h.until_date is null or h.until_date > ${today}::date)
		union all select d.office_id from papers.office_deputy d where d.body_id = ${body.id}
		and d.person_id = ${actor.personId}::uuid and d.from_date <= ${today}::date
		and (d.until_date is null or d.until_date > ${today}::date))`;
}

/** Council bodies whose chair this person is: the chair answers for the body. */
export function chairedBy({ actor }: Pick<Ctx, 'actor'>): string[] {
	return organisationsOf(actor, 'chair');
}

/** Departments whose contact this person is; null: of the whole town. */
export function departmentsOf({ actor }: Pick<Ctx, 'actor'>): string[] | null {
	const wide = actor.grants.some(({ role, organisationId }) => role === 'department' && organisationId === null);
	return wide ? null : organisationsOf(actor, 'department');
}

function organisationsOf(actor: Ctx['actor'], role: string): string[] {
	const own = actor.grants.filter((grant) => grant.role === role).map(({ organisationId }) => organisationId);
	return [...new Set(own.filter((id) => id !== null))];
}

/** Is this reader asked in the involvement with the alias `i`, as holder, deputy or chair? */
export function askedIn(ctx: Reader): RawBuilder<boolean> {
	return sql<boolean>`(i.office_id in ${myOffices(ctx)} or i.organisation_id = any (${chairedBy(ctx)}::uuid[]))`;
}

/**
 * Who reads a matter (R4-10): the office and the mayor all, a department its own, a commissioner what is in their own
 * field. A condition on `papers.matter` under the alias `m`.
 */
export function matterSeen(ctx: Reader): RawBuilder<boolean> {
	const { actor } = ctx;
	if (may(actor, 'papers.involvement.all')) return sql<boolean>`true`;
	if (actor.kind !== 'person') return sql<boolean>`false`;
	const own = departmentsOf(ctx);
	return sql<boolean>`(m.created_by = ${actor.personId}::uuid
		or ${own === null ? sql`true` : sql`m.department_id = any (${own}::uuid[])`}
		or exists (select from papers.involvement i where i.body_id = m.body_id and i.matter_id = m.id
			and i.dropped_on is null and ${askedIn(ctx)}))`;
}

/**
 * Does this reader know the draft of the paper `p` because their own field is concerned: once it was sent, or somebody was
 * asked about it (R4-10)? For `readable` of the paper room.
 */
export function draftShown(ctx: Reader): RawBuilder<boolean> {
	if (ctx.actor.kind !== 'person') return sql<boolean>`false`;
	return sql<boolean>`exists (select from papers.matter m join papers.involvement i
		on i.body_id = m.body_id and i.matter_id = m.id and i.dropped_on is null
		where m.body_id = p.body_id and m.paper_id = p.id and ${askedIn(ctx)}
		and (m.draft_sent_on <= ${ctx.today}::date or exists (select from papers.sign_request r
			where r.body_id = i.body_id and r.involvement_id = i.id and r.state not in ('waiting', 'withdrawn'))))`;
}
