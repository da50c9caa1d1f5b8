import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { insideOf } from '../queries/sight.server.ts';
import { profileOn, Rules, type Profile } from '../rules/profile.ts';
import { basisOf, type Basis, type BasisInputs, type MembershipFinding, type TermFacts } from './rules/membership.ts';
import { termFactColumns } from './term-facts.server.ts';

/** On what the running memberships rest (GRE-14), with the rule and the facts. */
export type Standing = MembershipFinding<BasisInputs, Basis>;

export interface PublicStructure {
	standing: Standing;
	terms: { name: string; from: string | null; until: string | null }[];
	/** Appointed by the council, in office from the constitution on. */
	designated: { name: string; kind: string; organisation: string }[];
	/** What the signed-in reader is here. */
	own: 'member' | 'designated' | null;
	/** The reader's mandate in the council is lost, the membership runs on. */
	ownMandateLost: boolean;
	/** Numbers of seats whose delegates lost their mandate and stay until the constitution. */
	continuing: number[];
	functions: { title: string; name: string; vacant: boolean }[];
	past: { number: number; name: string; organisation: string; from: string; until: string }[];
	group: {
		temporary: boolean;
		plannedEnd: string | null;
		reportDue: string | null;
		closedOn: string | null;
		finalReport: string;
		parent: { name: string; slug: string } | null;
	} | null;
	/** Places of a working group by whose they are (GRE-33). */
	sides: { side: 'council' | 'civilSociety' | 'administration'; names: string[]; vacant: number }[];
	/** Somebody sits, or sat, in another body for this one. */
	delegations: boolean;
	mayChange: boolean;
}

type Row = Pick<
	PublicStructure,
	'terms' | 'designated' | 'continuing' | 'functions' | 'past' | 'group' | 'sides' | 'delegations'
> & {
	own: PublicStructure['own'];
	lost: boolean;
} & TermFacts;

/** How a body stands in time, for everybody: its terms, on what memberships rest, who comes and who was there. One query. */
export async function publicStructure(
	ctx: Ctx,
	body: { id: string; profiles: readonly Profile[] },
): Promise<PublicStructure> {
	const { own, lost, councilTermUntil, newCouncilElectedOn, ...row } = await read(ctx, body.id);
	const facts = { councilTermUntil, newCouncilElectedOn };
	const day = ctx.today.toString();
	const found = profileOn(body.profiles, day);
	const profile = found && { ...found, rules: Rules.parse(found.rules) };
	return {
		...row,
		own,
		ownMandateLost: lost,
		standing: basisOf(profile, { ...facts, day, mandateLostOn: null }),
		mayChange: may(ctx.actor, 'council.structure', body.id),
	};
}

async function read(ctx: Ctx, id: string): Promise<Row> {
	const body = ctx.body.id;
	const day = ctx.today;
	const me = ctx.actor.personId;
	const name = sql`concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name)`;
	const on = (alias: string) =>
		sql`${sql.raw(alias)}.from_date <= ${day}::date and (${sql.raw(alias)}.until_date is null or ${sql.raw(alias)}.until_date > ${day}::date)`;
	const { rows } = await sql<Row>`select ${termFactColumns(body, id, day)},
	coalesce((select json_agg(json_build_object('name', t.name, 'from', t.from_date, 'until', t.until_date) order by t.from_date desc nulls first)
		from council.term t where t.body_id = ${body} and t.council_body_id = ${id}), '[]') as terms,
	coalesce((select json_agg(json_build_object('name', ${name}, 'kind', m.kind, 'organisation', coalesce(nullif(o.short_name, ''), o.name, ''))
		order by m.kind <> 'member', m.rank, p.family_name)
		from registry.membership m join registry.person p on p.body_id = ${body} and p.id = m.person_id
		left join registry.organisation o on o.body_id = ${body} and o.id = m.on_behalf_of_id
		where m.body_id = ${body} and m.organisation_id = ${id} and m.from_date is null), '[]') as designated,
	(select case when bool_or(m.from_date is not null) then 'member' else 'designated' end from registry.membership m
		where m.body_id = ${body} and m.organisation_id = ${id} and m.person_id = ${me}::uuid and m.kind <> 'guest'
		and (m.from_date is null or (${on('m')})) having count(*) > 0) as own,
	exists (select from council.departure d join registry.membership m on m.body_id = ${body} and m.id = d.membership_id
		where d.body_id = ${body} and d.council_body_id = ${id} and d.reason = 'mandateLost' and d.taken_back_at is null
		and m.person_id = ${me}::uuid and ${on('m')}) as lost,
	coalesce((select json_agg(s.number order by s.number) from council.departure d
		join registry.membership m on m.body_id = ${body} and m.id = d.membership_id and (${on('m')})
		join council.seat s on s.body_id = ${body} and s.id = d.seat_id
		where d.body_id = ${body} and d.council_body_id = ${id} and d.outcome = 'staysUntilConstitution'
		and d.taken_back_at is null), '[]') as continuing,
	coalesce((select json_agg(json_build_object('title', f.title, 'vacant', h.id is null,
		'name', case when p.name_public or ${insideOf(ctx, `'${id}'::uuid`)} then ${name} else '' end) order by f.title)
		from registry.office f
		left join registry.office_holding h on h.body_id = ${body} and h.office_id = f.id and (${on('h')})
		left join registry.person p on p.body_id = ${body} and p.id = h.person_id
		where f.body_id = ${body} and f.organisation_id = ${id}), '[]') as functions,
	coalesce((select json_agg(x) from (select s.number, ${name} as name, coalesce(nullif(o.short_name, ''), o.name, '') as organisation,
		f.from_date as "from", f.until_date as "until"
		from council.seat_filling f join council.seat s on s.body_id = ${body} and s.id = f.seat_id
		join registry.membership m on m.body_id = ${body} and m.id = f.membership_id
		join registry.person p on p.body_id = ${body} and p.id = m.person_id
		left join registry.organisation o on o.body_id = ${body} and o.id = s.organisation_id
		where f.body_id = ${body} and s.council_body_id = ${id} and f.until_date <= ${day}::date
		order by f.until_date desc, s.number limit 60) x), '[]') as past,
	exists (select from registry.membership m where m.body_id = ${body} and m.on_behalf_of_id = ${id} and m.from_date is not null) as delegations,
	(select json_build_object('temporary', w.temporary, 'plannedEnd', w.planned_end, 'reportDue', w.report_due, 'closedOn', w.closed_on,
		'finalReport', w.final_report, 'parent', case when pc.id is null then null else json_build_object('name', po.name, 'slug', pc.slug) end)
		from council.working_group w
		left join council.council_body pc on pc.body_id = ${body} and pc.id = w.parent_body_id and pc.visibility = 'public'
		left join registry.organisation po on po.body_id = ${body} and po.id = pc.id
		where w.body_id = ${body} and w.council_body_id = ${id}) as "group",
	coalesce((select json_agg(json_build_object('side', x.side, 'names', x.names, 'vacant', x.vacant)
		order by array_position(array['council', 'civilSociety', 'administration'], x.side))
		from (select s.side, coalesce(json_agg(concat_ws(', ', ${name}, nullif(o.name, '')) order by s.number) filter (where p.id is not null), '[]') as names,
			count(*) filter (where p.id is null)::int as vacant
			from council.seat s
			left join council.seat_filling f on f.body_id = ${body} and f.seat_id = s.id and (${on('f')})
			left join registry.membership m on m.body_id = ${body} and m.id = f.membership_id
			left join registry.person p on p.body_id = ${body} and p.id = m.person_id
			left join registry.organisation o on o.body_id = ${body} and o.id = s.organisation_id
			where s.body_id = ${body} and s.council_body_id = ${id} and s.side is not null and (${on('s')}) group by s.side) x), '[]') as sides`.execute(
		ctx.db,
	);
	return rows[0]!;
}
