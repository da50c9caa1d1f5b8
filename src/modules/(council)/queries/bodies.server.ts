import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import type { Profile } from '../rules/profile.ts';
import { seenInWriting } from '../votes/written/queries.server.ts';
import { insideOf } from './sight.server.ts';

export interface BodyRow {
	id: string;
	slug: string;
	name: string;
	classification: string;
	kind: string;
	advisory: boolean;
	visibility: 'public' | 'members';
	purpose: string;
	votingSeats: number;
	chair: string;
}

export interface BodyView extends BodyRow {
	startDate: string | null;
	untilDate: string | null;
	officeLabel: string;
	seats: BodySeat[];
	others: BodyMember[];
	profiles: Profile[];
	terms: { name: string; fromDate: string; untilDate: string | null }[];
	/** Is there a written procedure that the reader may know of? */
	written: boolean;
}

export interface BodySeat {
	number: number;
	kind: 'delegated' | 'resident' | 'organisation' | 'exOfficio' | 'advisory';
	voting: boolean;
	organisation: string;
	/** Empty: the seat is vacant. */
	name: string;
	post: string | null;
	from: string | null;
}

export interface BodyMember {
	name: string;
	kind: 'substitute' | 'successor' | 'advisory' | 'guest' | 'member';
	post: string | null;
	roleLabel: string;
	organisation: string;
	rank: number | null;
}

const rowColumns = (body: string, today: Temporal.PlainDate) => sql`
	o.id, cb.slug, o.name, o.classification, cb.kind, cb.advisory, cb.visibility, cb.purpose,
	(select count(*)::int from council.seat s where s.body_id = ${body} and s.council_body_id = o.id and s.voting
		and s.from_date <= ${today}::date and (s.until_date is null or s.until_date > ${today}::date)) as "votingSeats",
	coalesce((select concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name) from registry.membership m
		join registry.person p on p.body_id = ${body} and p.id = m.person_id
		where m.body_id = ${body} and m.organisation_id = o.id and m.post = 'chair' and m.from_date <= ${today}::date
		and (m.until_date is null or m.until_date > ${today}::date) limit 1), '') as chair`;

/** Council bodies this reader may know of. One query. */
export async function bodyRows(ctx: Ctx): Promise<BodyRow[]> {
	const body = ctx.body.id;
	const inside = insideOf(ctx, 'cb.id');
	const { rows } = await sql<BodyRow>`
		select ${rowColumns(body, ctx.today)} from council.council_body cb
		join registry.organisation o on o.body_id = ${body} and o.id = cb.id
		where cb.body_id = ${body} and (${inside} or cb.visibility = 'public')
		order by cb.kind <> 'council', o.name`.execute(ctx.db);
	return rows;
}

/**
 * One body with its seats today, its other people and its rules. Names of members stand here because they hold a public
 * function; guests appear by function. One query.
 * @throws NotFound
 */
export async function bodyView(ctx: Ctx, slug: string): Promise<BodyView> {
	const body = ctx.body.id;
	const inside = insideOf(ctx, 'cb.id');
	const day = ctx.today;
	const inForce = (alias: string) =>
		sql`${sql.raw(alias)}.from_date <= ${day}::date and (${sql.raw(alias)}.until_date is null or ${sql.raw(alias)}.until_date > ${day}::date)`;
	const { rows } = await sql<BodyView>`
select ${rowColumns(body, day)}, o.start_date::text as "startDate", o.until_date::text as "untilDate",
	o.office_label as "officeLabel",
	coalesce((select json_agg(json_build_object('number', s.number, 'kind', s.kind, 'voting', s.voting,
		'organisation', coalesce(nullif(so.short_name, ''), so.name, ''),
		'name', coalesce(concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name), ''), 'post', m.post,
		'from', f.from_date) order by s.number)
		from council.seat s
		left join registry.organisation so on so.body_id = ${body} and so.id = s.organisation_id
		left join council.seat_filling f on f.body_id = ${body} and f.seat_id = s.id and ${inForce('f')}
		left join registry.membership m on m.body_id = ${body} and m.id = f.membership_id
		left join registry.person p on p.body_id = ${body} and p.id = m.person_id
		where s.body_id = ${body} and s.council_body_id = o.id and ${inForce('s')}), '[]') as seats,
	coalesce((select json_agg(json_build_object('name',
		case when ${inside} or m.kind <> 'guest' or p.name_public then concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name) else '' end,
		'kind', m.kind, 'post', m.post, 'roleLabel', m.role_label, 'organisation', coalesce(mo.name, ''), 'rank', m.rank)
		order by m.kind, m.rank, p.family_name)
		from registry.membership m
		join registry.person p on p.body_id = ${body} and p.id = m.person_id
		left join registry.organisation mo on mo.body_id = ${body} and mo.id = m.on_behalf_of_id
		where m.body_id = ${body} and m.organisation_id = o.id and ${inForce('m')}
		and not exists (select from council.seat_filling f where f.body_id = ${body} and f.membership_id = m.id
			and ${inForce('f')})), '[]') as others,
	coalesce((select json_agg(json_build_object('id', r.id, 'name', r.name, 'fromDate', r.from_date,
		'untilDate', r.until_date, 'rules', r.rules, 'citations', r.citations, 'statuteTitle', r.statute_title,
		'statuteUrl', r.statute_url) order by r.from_date)
		from council.rule_profile r where r.body_id = ${body} and r.council_body_id = o.id), '[]') as profiles,
	coalesce((select json_agg(json_build_object('name', t.name, 'fromDate', t.from_date, 'untilDate', t.until_date)
		order by t.from_date desc) from council.term t where t.body_id = ${body} and t.council_body_id = o.id), '[]') as terms,
	exists (select from council.written_procedure w where w.body_id = ${body} and w.council_body_id = o.id
		and ${seenInWriting(ctx)}) as written
from council.council_body cb join registry.organisation o on o.body_id = ${body} and o.id = cb.id
where cb.body_id = ${body} and cb.slug = ${slug} and (${inside} or cb.visibility = 'public')`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('council body');
	return rows[0];
}
