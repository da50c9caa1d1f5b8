import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { knownOrganisations, knownPersons } from '#server/registry';
import type { MembershipWhy } from './rules/membership.ts';

const NAME = sql`concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name)`;

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

/** People and organisations to choose from in forms. Two queries. */
export async function choicesFor(ctx: Ctx) {
	const people = await knownPersons(ctx);
	const organisations = await knownOrganisations(ctx);
	const order = new Intl.Collator('de');
	return {
		people: people.filter(({ name }) => name).sort((a, b) => order.compare(a.name, b.name)),
		organisations: organisations
			.map(({ id, name, type }) => ({ id, name, type }))
			.sort((a, b) => order.compare(a.name, b.name)),
	};
}

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

export interface OfficeWork {
	id: string;
	title: string;
	kind: string;
	holders: { name: string; from: string; until: string | null }[];
}

/** Functions of a body with everybody who holds or held them, the newest first. One query. */
export async function officeWork(ctx: Ctx, councilBodyId: string): Promise<OfficeWork[]> {
	const { rows } =
		await sql<OfficeWork>`select o.id, o.title, o.kind, coalesce((select json_agg(json_build_object('name', ${NAME},
		'from', h.from_date, 'until', h.until_date) order by h.from_date desc)
		from registry.office_holding h join registry.person p on p.body_id = h.body_id and p.id = h.person_id
		where h.body_id = o.body_id and h.office_id = o.id), '[]') as holders
		from registry.office o where o.body_id = ${ctx.body.id} and (o.organisation_id = ${councilBodyId}
			or o.id = (select cb.commissioner_office_id from council.council_body cb where cb.body_id = ${ctx.body.id} and cb.id = ${councilBodyId}))
		order by o.title`.execute(ctx.db);
	return rows;
}

export interface PostWork {
	membershipId: string;
	name: string;
	post: string;
	rank: number;
	from: string;
	until: string | null;
}

/** Posts of a body, with their days; entered without a history they count from the membership's first day. One query. */
export async function postWork(ctx: Ctx, councilBodyId: string): Promise<PostWork[]> {
	const { rows } = await sql<PostWork>`select m.id as "membershipId", ${NAME} as name, coalesce(h.post, m.post) as post,
		coalesce(h.rank, 1) as rank, coalesce(h.from_date, m.from_date)::text as "from", coalesce(h.until_date, m.until_date)::text as "until"
		from registry.membership m
		join registry.person p on p.body_id = m.body_id and p.id = m.person_id
		left join council.post_holding h on h.body_id = m.body_id and h.membership_id = m.id
		where m.body_id = ${ctx.body.id} and m.organisation_id = ${councilBodyId} and m.from_date is not null
			and (h.id is not null or m.post is not null)
		order by coalesce(h.from_date, m.from_date) desc, coalesce(h.post, m.post) = 'chair' desc, h.rank`.execute(ctx.db);
	return rows;
}

export interface GroupWork {
	id: string;
	name: string;
	shortName: string;
	from: string | null;
	until: string | null;
	contact: string;
	email: string;
	names: { name: string; from: string | null; until: string | null }[];
	became: { kind: string; name: string; on: string }[];
	cameFrom: { kind: string; name: string; on: string }[];
	seats: { body: string; slug: string; number: number }[];
}

/** Groups of the council with their names in time, what they came from and became, and the seats that are theirs today. */
export async function groupWork(ctx: Ctx): Promise<GroupWork[]> {
	const body = ctx.body.id;
	const day = ctx.today;
	const { rows } = await sql<GroupWork>`
select o.id, o.name, o.short_name as "shortName", o.start_date::text as "from", o.until_date::text as "until",
	coalesce(${NAME}, '') as contact, coalesce(p.email, '') as email,
	coalesce((select json_agg(json_build_object('name', n.name, 'from', n.from_date, 'until', n.until_date) order by n.from_date desc nulls last)
		from council.group_name n where n.body_id = ${body} and n.organisation_id = o.id), '[]') as names,
	coalesce((select json_agg(json_build_object('kind', l.kind, 'name', coalesce(t.name, ''), 'on', l.on_date) order by l.on_date)
		from council.group_lineage l left join registry.organisation t on t.body_id = ${body} and t.id = l.to_organisation_id
		where l.body_id = ${body} and l.from_organisation_id = o.id), '[]') as became,
	coalesce((select json_agg(json_build_object('kind', l.kind, 'name', t.name, 'on', l.on_date) order by l.on_date)
		from council.group_lineage l join registry.organisation t on t.body_id = ${body} and t.id = l.from_organisation_id
		where l.body_id = ${body} and l.to_organisation_id = o.id), '[]') as "cameFrom",
	coalesce((select json_agg(json_build_object('body', b.name, 'slug', cb.slug, 'number', s.number) order by b.name, s.number)
		from council.seat s join council.council_body cb on cb.body_id = ${body} and cb.id = s.council_body_id
		join registry.organisation b on b.body_id = ${body} and b.id = cb.id
		where s.body_id = ${body} and s.organisation_id = o.id and s.from_date <= ${day}::date
			and (s.until_date is null or s.until_date > ${day}::date)), '[]') as seats
from registry.organisation o
left join council.group_contact c on c.body_id = ${body} and c.organisation_id = o.id
left join registry.person p on p.body_id = ${body} and p.id = c.person_id
where o.body_id = ${body} and o.organisation_type = 'group' order by o.until_date is not null, o.name`.execute(ctx.db);
	return rows;
}

export interface BodyFactsWork {
	shortName: string;
	classification: string;
	advisory: boolean;
	visibility: 'public' | 'members';
	purpose: string;
	commissionerOffice: string | null;
	temporary: boolean;
	plannedEnd: string | null;
	reportDue: string | null;
	parent: string | null;
	closedOn: string | null;
	finalReport: string;
}

/** What the form of a body shows. One query. */
export async function bodyFacts(ctx: Ctx, councilBodyId: string): Promise<BodyFactsWork> {
	const { rows } =
		await sql<BodyFactsWork>`select o.short_name as "shortName", o.classification, cb.advisory, cb.visibility, cb.purpose,
		cb.commissioner_office_id as "commissionerOffice", coalesce(w.temporary, false) as temporary, w.planned_end::text as "plannedEnd",
		w.report_due::text as "reportDue", w.parent_body_id as parent,
		w.closed_on::text as "closedOn", coalesce(w.final_report, '') as "finalReport"
		from council.council_body cb join registry.organisation o on o.body_id = cb.body_id and o.id = cb.id
		left join council.working_group w on w.body_id = cb.body_id and w.council_body_id = cb.id
		where cb.body_id = ${ctx.body.id} and cb.id = ${councilBodyId}`.execute(ctx.db);
	return rows[0]!;
}

/** Offices that can be the one that comes with the chair. One query. */
export async function commissionerOffices(ctx: Ctx): Promise<{ id: string; title: string }[]> {
	return ctx.db
		.selectFrom('registry.office')
		.select(['id', 'title'])
		.where('kind', '=', 'commissioner')
		.orderBy('title')
		.execute();
}
