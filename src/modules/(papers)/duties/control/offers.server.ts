import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { question, type Question } from '#kernel/db/questions.ts';
import { paperLink } from '../sight.server.ts';
import type { ControlOffer } from './view.ts';

/**
 * Adopted resolutions that nobody has put under control or left out: of council bodies, and of papers decided elsewhere. What
 * stands in a session's record is offered as that, not a second time as the paper's station.
 */
export function controlOffers(ctx: Ctx, limit = 50): Question<ControlOffer[]> {
	demand(ctx.actor, 'papers.duties');
	const select = sql<ControlOffer>`${offers(ctx)} order by "decidedOn" desc, id limit ${limit}`;
	return question(select, (rows) => rows);
}

/** One of them, or nothing when somebody took it up in the meantime. */
export async function offerOf(ctx: Ctx, kind: string, id: string): Promise<(ControlOffer & OfferFacts) | undefined> {
	const { rows } = await sql<
		ControlOffer & OfferFacts
	>`select * from (${offers(ctx)}) q where q.kind = ${kind} and q.id = ${id}`.execute(ctx.db);
	return rows[0];
}

export interface OfferFacts {
	decidedById: string;
	paperId: string | null;
	public: boolean;
}

const offers = (
	ctx: Ctx,
) => sql`select 'resolution' as kind, r.id, i.title, coalesce(nullif(r.number, ''), p.reference, '') as reference,
		m.date::text as "decidedOn", o.name as "decidedBy", o.id as "decidedById", p.under_direction_of_id as "departmentId", m.slug as session,
		p.id as "paperId", ${paperLink(ctx)} as paper, i.public and m.public as public
	from council.resolution r join council.agenda_item i on i.body_id = r.body_id and i.id = r.agenda_item_id
	join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
	join registry.organisation o on o.body_id = r.body_id and o.id = coalesce(r.council_body_id, m.council_body_id)
	left join papers.paper p on p.body_id = r.body_id and p.id = (select k.paper_id from papers.consultation k
		where k.body_id = r.body_id and k.agenda_item_id = i.id order by k.id limit 1)
	where r.body_id = ${ctx.body.id} and not m.cancelled and r.kind <> 'opinion'
	and not exists (select from papers.control_entry c where c.body_id = r.body_id and c.resolution_id = r.id)
	union all
	select 'station', k.id, p.title, p.reference, coalesce(k.happened_on, k.planned_on, p.date)::text, o.name, o.id, p.under_direction_of_id,
		null, p.id, ${paperLink(ctx)}, k.public and p.public
	from papers.consultation k join papers.paper p on p.body_id = k.body_id and p.id = k.paper_id
	join papers.consultation_body b on b.body_id = k.body_id and b.consultation_id = k.id and b.position = 0
	join registry.organisation o on o.body_id = b.body_id and o.id = b.organisation_id
	where k.body_id = ${ctx.body.id} and k.role = 'deciding' and k.state = 'done' and k.result in ('approved', 'adopted', 'adoptedChanged')
	and p.state = 'filed'
	and not exists (select from papers.control_entry c where c.body_id = k.body_id and c.consultation_id = k.id)
	and not exists (select from council.resolution x where x.body_id = k.body_id and x.agenda_item_id = k.agenda_item_id)`;
