import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { AttendanceView, MeetingRow } from '../view.ts';

export interface MyAttendance extends Pick<MeetingRow, 'slug' | 'number' | 'kind' | 'public' | 'date' | 'bodyName'> {
	status: AttendanceView['status'];
}
export interface MyMembership {
	organisation: string;
	/** Slug of the body's page, where it is a council body. */
	slug: string | null;
	onBehalfOf: string;
	/** Sent there by a council body (rulebook R1-24). */
	sent: boolean;
	from: string | null;
	until: string | null;
}

/** Where the actor was present or not, newest first; nobody else's, and also after the seat has ended. One query. */
export async function myAttendance(ctx: Ctx): Promise<MyAttendance[]> {
	demand(ctx.actor, 'council.ownRecord');
	const { rows } = await sql<MyAttendance>`
select m.slug, m.number, m.kind, m.public, m.date::text as date, o.name as "bodyName", a.status from council.attendance a
join council.meeting m on m.body_id = a.body_id and m.id = a.meeting_id
join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
where a.body_id = ${ctx.body.id} and a.person_id = ${ctx.actor.personId}::uuid order by m.date desc, m.id limit 100`.execute(
		ctx.db,
	);
	return rows;
}

/** The actor's memberships of today and tomorrow: bodies they sit in, and for whom. One query. */
export async function myMemberships(ctx: Ctx): Promise<MyMembership[]> {
	demand(ctx.actor, 'council.members');
	const { rows } = await sql<MyMembership>`
select o.name as organisation, b.slug, coalesce(g.name, '') as "onBehalfOf",
	exists (select from council.council_body gb where gb.body_id = s.body_id and gb.id = s.on_behalf_of_id) as sent, s.from_date::text as "from", s.until_date::text as until
from registry.membership s join registry.organisation o on o.body_id = s.body_id and o.id = s.organisation_id
left join council.council_body b on b.body_id = s.body_id and b.id = s.organisation_id
left join registry.organisation g on g.body_id = s.body_id and g.id = s.on_behalf_of_id
where s.body_id = ${ctx.body.id} and s.person_id = ${ctx.actor.personId}::uuid
	and (s.until_date is null or s.until_date > ${ctx.today}::date) order by b.slug nulls last, o.name`.execute(ctx.db);
	return rows;
}
