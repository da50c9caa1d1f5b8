import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import type { MembershipWhy } from './rules/membership.ts';
import { NAME } from './person-name.ts';

export interface SeatWork {
	id: string;
	number: number;
	kind: string;
	voting: boolean;
	label: string;
	organisationId: string | null;
	organisation: string;
	appointedBy: string;
	substitutes: string;
	successors: string;
	side: string | null;
	resolution: string;
	from: string;
	/** Null: vacant. */
	membershipId: string | null;
	name: string;
	since: string | null;
	until: string | null;
	post: string | null;
	/** Vacant since somebody left. */
	vacantSince: string | null;
}

/** Seats of a body today and to come, with who sits there. One query. */
export async function seatWork(ctx: Ctx, councilBodyId: string): Promise<SeatWork[]> {
	const day = ctx.today;
	const { rows } = await sql<SeatWork>`
select s.id, s.number, s.kind, s.voting, s.label, s.organisation_id as "organisationId",
	coalesce(nullif(o.short_name, ''), o.name, '') as organisation, s.appointed_by as "appointedBy", s.substitutes, s.successors, s.side,
	s.resolution, s.from_date::text as "from", m.id as "membershipId", coalesce(${NAME}, '') as name,
	f.from_date::text as since, f.until_date::text as "until", m.post,
	(select max(d.on_date)::text from council.departure d where d.body_id = s.body_id and d.seat_id = s.id
		and d.outcome = 'ends' and d.taken_back_at is null and d.settled_by_id is null) as "vacantSince"
from council.seat s
left join registry.organisation o on o.body_id = s.body_id and o.id = s.organisation_id
left join lateral (select * from council.seat_filling f where f.body_id = s.body_id and f.seat_id = s.id
	and (f.until_date is null or f.until_date > ${day}::date) order by f.from_date limit 1) f on true
left join registry.membership m on m.body_id = s.body_id and m.id = f.membership_id
left join registry.person p on p.body_id = s.body_id and p.id = m.person_id
where s.body_id = ${ctx.body.id} and s.council_body_id = ${councilBodyId} and (s.until_date is null or s.until_date > ${day}::date)
order by s.number, s.from_date`.execute(ctx.db);
	return rows;
}

export interface OtherWork {
	membershipId: string;
	name: string;
	kind: string;
	post: string | null;
	role: string;
	organisation: string;
	rank: number | null;
	from: string;
	until: string | null;
}

/** Memberships in force without a seat: substitutes, successors, advisers, guests. One query. */
export async function otherWork(ctx: Ctx, councilBodyId: string): Promise<OtherWork[]> {
	const day = ctx.today;
	const { rows } = await sql<OtherWork>`
select m.id as "membershipId", ${NAME} as name, m.kind, m.post, m.role_label as role, coalesce(o.name, '') as organisation, m.rank,
	m.from_date::text as "from", m.until_date::text as "until"
from registry.membership m
join registry.person p on p.body_id = m.body_id and p.id = m.person_id
left join registry.organisation o on o.body_id = m.body_id and o.id = m.on_behalf_of_id
where m.body_id = ${ctx.body.id} and m.organisation_id = ${councilBodyId} and m.from_date is not null
	and (m.until_date is null or m.until_date > ${day}::date)
	and not exists (select from council.seat_filling f where f.body_id = m.body_id and f.membership_id = m.id
		and (f.until_date is null or f.until_date > ${day}::date))
order by m.kind, m.rank, p.family_name`.execute(ctx.db);
	return rows;
}

export interface DepartureWork {
	id: string;
	name: string;
	seatNumber: number | null;
	reason: string;
	on: string;
	outcome: string;
	group: string;
	/** ISO instant of the letter, null when nobody could be written to. */
	askedAt: string | null;
	settled: boolean;
	finding: MembershipWhy;
}

/** Who left lately, and what the rules said; the newest first. One query. */
export async function departureWork(ctx: Ctx, councilBodyId: string): Promise<DepartureWork[]> {
	const { rows } = await sql<DepartureWork>`
select d.id, ${NAME} as name, s.number as "seatNumber", d.reason, d.on_date::text as "on", d.outcome, coalesce(g.name, '') as "group",
	d.asked_at::text as "askedAt", d.settled_by_id is not null as settled, fi.computed as finding
from council.departure d
join registry.membership m on m.body_id = d.body_id and m.id = d.membership_id
join registry.person p on p.body_id = d.body_id and p.id = m.person_id
join council.membership_finding fi on fi.body_id = d.body_id and fi.id = d.finding_id
left join council.seat s on s.body_id = d.body_id and s.id = d.seat_id
left join registry.organisation g on g.body_id = d.body_id and g.id = d.asked_organisation_id
where d.body_id = ${ctx.body.id} and d.council_body_id = ${councilBodyId} and d.taken_back_at is null
order by d.on_date desc, d.id desc limit 30`.execute(ctx.db);
	return rows;
}

export interface SuccessionWork {
	id: string;
	seatNumber: number;
	name: string;
	rank: number | null;
	from: string;
	state: 'proposed' | 'confirmed' | 'refused';
	decidedOn: string | null;
	/** Kept when the succession was confirmed. */
	finding: MembershipWhy | null;
}

/** Successions proposed and decided; open ones first. One query. */
export async function successionWork(ctx: Ctx, councilBodyId: string): Promise<SuccessionWork[]> {
	const { rows } = await sql<SuccessionWork>`
select u.id, s.number as "seatNumber", ${NAME} as name, m.rank, u.from_date::text as "from", u.state, u.decided_on::text as "decidedOn",
	(select f.computed from council.membership_finding f where f.body_id = u.body_id and f.membership_id = u.membership_id
		and f.occasion = 'succession' order by f.made_at desc limit 1) as finding
from council.succession u
join council.seat s on s.body_id = u.body_id and s.id = u.seat_id
join registry.membership m on m.body_id = u.body_id and m.id = u.successor_id
join registry.person p on p.body_id = u.body_id and p.id = m.person_id
where u.body_id = ${ctx.body.id} and u.council_body_id = ${councilBodyId} and u.state <> 'withdrawn'
order by u.state <> 'proposed', u.id desc limit 30`.execute(ctx.db);
	return rows;
}
