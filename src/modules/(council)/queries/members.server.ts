import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { bodyView } from './bodies.server.ts';

export interface MemberRow {
	seat: number;
	kind: string;
	votingRight: boolean;
	name: string;
	onBehalfOf: string;
	post: string;
	startDate: string;
	endDate: string;
}

/** Everybody who held a seat of the body, with half-open days; names are public because a seat is a public function. */
export async function memberRows(ctx: Ctx, slug: string): Promise<MemberRow[]> {
	const { id } = await bodyView(ctx, slug);
	const { rows } = await sql<MemberRow>`
		select s.number as seat, s.kind, s.voting as "votingRight",
			concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name) as name, coalesce(o.name, '') as "onBehalfOf",
			coalesce(m.post, '') as post, f.from_date::text as "startDate", coalesce(f.until_date::text, '') as "endDate"
		from council.seat_filling f
		join council.seat s on s.body_id = f.body_id and s.id = f.seat_id
		join registry.membership m on m.body_id = f.body_id and m.id = f.membership_id
		join registry.person p on p.body_id = f.body_id and p.id = m.person_id
		left join registry.organisation o on o.body_id = f.body_id and o.id = s.organisation_id
		where f.body_id = ${ctx.body.id} and s.council_body_id = ${id} order by s.number, f.from_date`.execute(ctx.db);
	return rows;
}
