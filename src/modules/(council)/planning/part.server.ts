import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';

/** What a session's page shows of its planning, beside what it shows anyway. */
export interface PlanningPart {
	/** The event that the session was turned into. */
	event: { slug: string; title: string } | null;
	/** Who invites, in words. */
	inviter: string;
	/** For those who prepare the session. */
	mayPlan: boolean;
	/** For members with an agenda to make notes on. */
	mayNote: boolean;
}

/**
 * Asks only where there can be an answer: who invites matters until a session was held, an event replaces only what was
 * cancelled. So the page of a past session, read most, costs no query more. Otherwise one query. An inviter who is a person is
 * named to members only, unless the name is public (rulebook R8-12).
 */
export async function planningPart(
	ctx: Ctx,
	meeting: { id: string; state: string; cancelled: boolean; body: { id: string } },
): Promise<PlanningPart> {
	const inside = may(ctx.actor, 'council.members', meeting.body.id);
	const rights = {
		mayPlan: may(ctx.actor, 'council.convene', meeting.body.id),
		mayNote: inside && ctx.actor.personId !== null,
	};
	const ahead = meeting.cancelled || meeting.state === 'planned' || meeting.state === 'invited';
	return { ...rights, ...(ahead ? await planned(ctx, meeting.id, inside) : { event: null, inviter: '' }) };
}

async function planned(ctx: Ctx, meetingId: string, inside: boolean): Promise<Pick<PlanningPart, 'event' | 'inviter'>> {
	const { rows } = await sql<Pick<PlanningPart, 'event' | 'inviter'>>`
select (select json_build_object('slug', e.slug, 'title', e.title) from council.event e
		where e.body_id = ${ctx.body.id} and e.meeting_id = ${meetingId} and (e.published or ${inside})) as event,
	coalesce((select coalesce(f.title || coalesce(', ' || fo.name, ''), o.name, case when ${inside} or p.name_public
			then concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name) end)
		from council.guest_list l left join registry.office f on f.body_id = l.body_id and f.id = l.inviter_office_id
		left join registry.organisation fo on fo.body_id = f.body_id and fo.id = f.organisation_id
		left join registry.organisation o on o.body_id = l.body_id and o.id = l.inviter_organisation_id
		left join registry.person p on p.body_id = l.body_id and p.id = l.inviter_person_id
		where l.body_id = ${ctx.body.id} and l.meeting_id = ${meetingId}), '') as inviter`.execute(ctx.db);
	return rows[0]!;
}
