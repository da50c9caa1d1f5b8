import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { insideOf } from '../../queries/sight.server.ts';
import type { Held, HistoryTerm } from './rules.ts';

/**
 * Everybody who held a seat, a post or an office of a body until today, and its terms. Members and posts stand by name,
 * because they are public functions; holders of offices with their consent (rulebook R8-12). One query.
 * @param councilBodyId of a body this reader may know of
 */
export async function historyOf(ctx: Ctx, councilBodyId: string): Promise<{ held: Held[]; terms: HistoryTerm[] }> {
	const body = ctx.body.id;
	const name = sql`concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name)`;
	const inside = insideOf(ctx, `'${councilBodyId}'::uuid`);
	const { rows } = await sql<{ held: Held[]; terms: HistoryTerm[] }>`select
	coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name, 'from', t.from_date, 'until', t.until_date))
		from council.term t where t.body_id = ${body} and t.council_body_id = ${councilBodyId}
		and t.from_date <= ${ctx.today}::date), '[]') as terms,
	coalesce((select json_agg(x) from (
		select ${name} as name, 'seat' as role, json_build_object('number', s.number, 'kind', s.kind) as seat, '' as title,
			coalesce(o.name, '') as organisation, f.from_date as "from", f.until_date as until
		from council.seat_filling f join council.seat s on s.body_id = f.body_id and s.id = f.seat_id
		join registry.membership m on m.body_id = f.body_id and m.id = f.membership_id
		join registry.person p on p.body_id = f.body_id and p.id = m.person_id
		left join registry.organisation o on o.body_id = f.body_id and o.id = coalesce(m.on_behalf_of_id, s.organisation_id)
		where f.body_id = ${body} and s.council_body_id = ${councilBodyId} and f.from_date <= ${ctx.today}::date
		union all
		select ${name}, h.post, null, '', coalesce(o.name, ''), h.from_date, h.until_date
		from council.post_holding h join registry.membership m on m.body_id = h.body_id and m.id = h.membership_id
		join registry.person p on p.body_id = h.body_id and p.id = m.person_id
		left join registry.organisation o on o.body_id = h.body_id and o.id = m.on_behalf_of_id
		where h.body_id = ${body} and h.council_body_id = ${councilBodyId} and h.from_date <= ${ctx.today}::date
		union all
		-- posts from before their times were kept apart
		select ${name}, m.post, null, '', coalesce(o.name, ''), m.from_date, m.until_date
		from registry.membership m join registry.person p on p.body_id = m.body_id and p.id = m.person_id
		left join registry.organisation o on o.body_id = m.body_id and o.id = m.on_behalf_of_id
		where m.body_id = ${body} and m.organisation_id = ${councilBodyId} and m.post is not null and m.from_date <= ${ctx.today}::date
			and not exists (select from council.post_holding h where h.body_id = m.body_id and h.membership_id = m.id)
		union all
		select case when p.name_public or ${inside} then ${name} else '' end, 'office', null, f.title, '', h.from_date, h.until_date
		from registry.office f join registry.office_holding h on h.body_id = f.body_id and h.office_id = f.id
		join registry.person p on p.body_id = f.body_id and p.id = h.person_id
		where f.body_id = ${body} and f.organisation_id = ${councilBodyId} and h.from_date <= ${ctx.today}::date
	) x), '[]') as held`.execute(ctx.db);
	return rows[0]!;
}
