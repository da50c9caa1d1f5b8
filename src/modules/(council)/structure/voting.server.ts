import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';

/** Holders of functions on a day, for invitations and guest lists. */
export { holdersOf } from '#server/registry';

export interface VotingMember {
	membershipId: string;
	personId: string;
	name: string;
	familyName: string;
	/** Null in bodies without seats. */
	seatId: string | null;
	seatNumber: number | null;
	kind: 'delegated' | 'resident' | 'organisation' | 'exOfficio' | 'advisory' | null;
	/** The group or organisation the seat belongs to. */
	organisationId: string | null;
	organisation: string;
	substitutes: 'none' | 'named' | 'anyOfGroup';
	post: 'chair' | 'deputyChair' | 'board' | 'managingOffice' | 'speaker' | null;
}

/**
 * Who holds a vote in a body on a day: whoever fills a voting seat then, and, in bodies without seats, members with a voting
 * right. Never in it: the designated, successors, advisory members and guests (rulebook R2-27, R1-14). One query.
 */
export async function votingMembers(
	ctx: Pick<Ctx, 'db' | 'body'>,
	councilBodyId: string,
	day: Temporal.PlainDate,
): Promise<VotingMember[]> {
	const body = ctx.body.id;
	const on = (alias: string) =>
		sql`${sql.raw(alias)}.from_date <= ${day}::date and (${sql.raw(alias)}.until_date is null or ${sql.raw(alias)}.until_date > ${day}::date)`;
	const { rows } = await sql<VotingMember>`
select m.id as "membershipId", p.id as "personId",
	concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name) as name, p.family_name as "familyName",
	s.id as "seatId", s.number as "seatNumber", s.kind, s.organisation_id as "organisationId",
	coalesce(nullif(o.short_name, ''), o.name, '') as organisation, coalesce(s.substitutes, 'none') as substitutes,
	coalesce((select h.post from council.post_holding h where h.body_id = ${body} and h.membership_id = m.id and ${on('h')}
		order by h.post = 'chair' desc, h.post = 'deputyChair' desc limit 1), m.post) as post
from registry.membership m
join registry.person p on p.body_id = ${body} and p.id = m.person_id
left join (council.seat_filling f join council.seat s on s.body_id = ${body} and s.id = f.seat_id and ${on('s')})
	on f.body_id = ${body} and f.membership_id = m.id and ${on('f')} and s.council_body_id = ${councilBodyId}
left join registry.organisation o on o.body_id = ${body} and o.id = coalesce(s.organisation_id, m.on_behalf_of_id)
where m.body_id = ${body} and m.organisation_id = ${councilBodyId} and m.kind = 'member' and ${on('m')}
	and coalesce(s.voting, m.voting_right and not exists (select from council.seat t where t.body_id = ${body}
		and t.council_body_id = ${councilBodyId} and ${on('t')}))
order by s.number nulls last, p.family_name, p.given_name, p.id`.execute(ctx.db);
	return rows;
}

/**
 * Who may be elected chair on a day, and who may elect: the voting members, nobody else (rulebook R1-09, GRE-11). A
 * substitute of the evening votes for the seat but can't be elected; that is the votes room's to say. One query.
 */
export function eligibleForChair(
	ctx: Pick<Ctx, 'db' | 'body'>,
	councilBodyId: string,
	day: Temporal.PlainDate,
): Promise<VotingMember[]> {
	return votingMembers(ctx, councilBodyId, day);
}

export interface Presiding {
	personId: string;
	membershipId: string;
	name: string;
	as: 'chair' | 'deputyChair';
}

/** Who leads a body on a day: the chair, else the deputies in their order (a chair who resigned is replaced so). */
export async function presidingOn(
	ctx: Pick<Ctx, 'db' | 'body'>,
	councilBodyId: string,
	day: Temporal.PlainDate,
): Promise<Presiding[]> {
	const on = (alias: string) =>
		sql`${sql.raw(alias)}.from_date <= ${day}::date and (${sql.raw(alias)}.until_date is null or ${sql.raw(alias)}.until_date > ${day}::date)`;
	// A post that was entered without its days counts from the membership's first day.
	const { rows } = await sql<Presiding>`select p.id as "personId", m.id as "membershipId", h.post as "as",
		concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name) as name
		from registry.membership m
		join lateral (select h.post, h.rank from council.post_holding h where h.body_id = m.body_id and h.membership_id = m.id and ${on('h')}
			union all select m.post, 1 where ${on('m')} and not exists (select from council.post_holding o
				where o.body_id = m.body_id and o.membership_id = m.id)) h on h.post in ('chair', 'deputyChair')
		join registry.person p on p.body_id = m.body_id and p.id = m.person_id
		where m.body_id = ${ctx.body.id} and m.organisation_id = ${councilBodyId}
		order by h.post = 'chair' desc, h.rank, p.family_name`.execute(ctx.db);
	return rows;
}
