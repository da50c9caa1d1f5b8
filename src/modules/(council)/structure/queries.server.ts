import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { knownOrganisations, knownPersons } from '#server/registry';
import { NAME } from './person-name.ts';

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
