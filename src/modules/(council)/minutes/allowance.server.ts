import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { allowanceRows, type AllowanceRow, type Confirmed } from './rules/allowance.ts';

export interface AllowanceList {
	slug: string;
	date: string;
	body: string;
	rows: AllowanceRow[];
}

/**
 * Who took part with a seat, for allowances (rulebook R1-22): substitutes instead of the principal, never both.
 * @throws NotFound, Forbidden
 */
export async function allowanceList(ctx: Ctx, slug: string): Promise<AllowanceList> {
	demand(ctx.actor, 'council.edit');
	const { rows } = await sql<{
		slug: string;
		date: string;
		body: string;
		councilBodyId: string;
		attended: Confirmed[];
	}>`
		select m.slug, m.date::text as date, o.name as body, m.council_body_id as "councilBodyId",
			coalesce((select json_agg(json_build_object('personId', a.person_id, 'name', a.name, 'seatId', a.seat_id,
				'seatNumber', s.number, 'voting', a.voting, 'guest', a.guest, 'status', a.status,
				'organisation', a.organisation, 'body', coalesce(ao.name, o.name), 'from', a.present_from, 'until', a.present_until,
				'substituteFor', coalesce(nullif(a.substitute_for_name, ''), (select concat_ws(' ', p.given_name, p.family_name)
					from registry.person p where p.body_id = a.body_id and p.id = a.substitute_for_person_id), '')) order by a.position)
				from council.attendance a left join registry.organisation ao on ao.body_id = a.body_id and ao.id = a.council_body_id
				left join council.seat s on s.body_id = a.body_id and s.id = a.seat_id
				where a.body_id = m.body_id and a.meeting_id = m.id), '[]') as attended
		from council.meeting m join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
		where m.body_id = ${ctx.body.id} and m.slug = ${slug}`.execute(ctx.db);
	const found = rows[0];
	if (!found) throw new NotFound('session');
	demand(ctx.actor, 'council.edit', found.councilBodyId);
	return { slug: found.slug, date: found.date, body: found.body, rows: allowanceRows(found.attended) };
}
