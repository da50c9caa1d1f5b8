import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { NAME } from './person-name.ts';

export interface TermWork {
	id: string;
	name: string;
	electedOn: string | null;
	councilFrom: string | null;
	councilUntil: string | null;
	from: string | null;
	until: string | null;
}

/** Terms of a body, the prepared one first, then the newest. One query. */
export async function termWork(ctx: Ctx, councilBodyId: string): Promise<TermWork[]> {
	const { rows } = await sql<TermWork>`select id, name, council_elected_on::text as "electedOn",
		council_term_from::text as "councilFrom", council_term_until::text as "councilUntil", from_date::text as "from", until_date::text as "until"
		from council.term where body_id = ${ctx.body.id} and council_body_id = ${councilBodyId}
		order by from_date desc nulls first`.execute(ctx.db);
	return rows;
}

/** Terms of the council that are known from any body, to be copied (GRE-12). One query. */
export async function councilTerms(ctx: Ctx): Promise<TermWork[]> {
	const { rows } = await sql<TermWork>`select distinct on (council_term_from, council_term_until) id, name,
		council_elected_on::text as "electedOn", council_term_from::text as "councilFrom",
		council_term_until::text as "councilUntil", from_date::text as "from", until_date::text as "until"
		from council.term where body_id = ${ctx.body.id} and council_term_from is not null
		order by council_term_from desc, council_term_until, id`.execute(ctx.db);
	return rows;
}

export interface PlannedWork {
	id: string;
	number: number;
	kind: string;
	voting: boolean;
	organisation: string;
	label: string;
	membershipId: string | null;
	name: string;
	appointedOn: string | null;
}

/** Seats of the prepared term and who is designated. One query. */
export async function plannedWork(ctx: Ctx, termId: string): Promise<PlannedWork[]> {
	const { rows } = await sql<PlannedWork>`select t.id, t.number, t.kind, t.voting,
		coalesce(nullif(o.short_name, ''), o.name, '') as organisation, t.label, t.membership_id as "membershipId",
		coalesce(${NAME}, '') as name, m.appointed_on::text as "appointedOn"
		from council.term_seat t
		left join registry.organisation o on o.body_id = t.body_id and o.id = t.organisation_id
		left join registry.membership m on m.body_id = t.body_id and m.id = t.membership_id
		left join registry.person p on p.body_id = t.body_id and p.id = m.person_id
		where t.body_id = ${ctx.body.id} and t.term_id = ${termId} order by t.number`.execute(ctx.db);
	return rows;
}

export interface MembershipSpan {
	membershipId: string;
	name: string;
	kind: string;
	from: string | null;
	until: string | null;
	rank: number | null;
	appointedOn: string | null;
}

/** Memberships that run, or are designated; for the warnings about terms. One query. */
export async function membershipSpans(ctx: Ctx, councilBodyId: string): Promise<MembershipSpan[]> {
	const { rows } =
		await sql<MembershipSpan>`select m.id as "membershipId", ${NAME} as name, m.kind, m.from_date::text as "from",
		m.until_date::text as "until", m.rank, m.appointed_on::text as "appointedOn"
		from registry.membership m join registry.person p on p.body_id = m.body_id and p.id = m.person_id
		where m.body_id = ${ctx.body.id} and m.organisation_id = ${councilBodyId} and m.kind <> 'guest'
			and (m.until_date is null or m.until_date > ${ctx.today}::date)
		order by m.rank nulls first, p.family_name`.execute(ctx.db);
	return rows;
}
