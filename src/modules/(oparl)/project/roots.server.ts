import { sql } from 'kysely';
import type { Db } from '#kernel/db/scope.ts';
import type { TouchedObject } from '#kernel/module.ts';
import type { Root } from './store.server.ts';

/** Kinds whose records OParl tells, or tells of in others. */
const KINDS = new Set([
	'council.meeting',
	'council.minutes',
	'council.councilBody',
	'papers.district',
	'papers.paper',
	'papers.duty',
	'registry.organisation',
	'registry.membership',
	'registry.person',
	'registry.office',
	'registry.place',
]);

/**
 * Records that have to be told anew when these were touched: themselves, and those that say something of them. In one order
 * always (people before those who name them), so that two writes can't wait for each other in a circle. One query.
 */
export async function rootsOf(db: Db, touched: readonly TouchedObject[]): Promise<Root[]> {
	if (!touched.some(({ kind }) => KINDS.has(kind))) return [];
	const of = (kind: string) => touched.filter((one) => one.kind === kind).map(({ id }) => id);
	const meetings = of('council.meeting');
	const papers = of('papers.paper');
	const duties = of('papers.duty');
	const districts = of('papers.district');
	const memberships = of('registry.membership');
	const minutes = of('council.minutes');
	const bodies = of('council.councilBody');
	const here = sql`body_id = kernel.current_body()`;
	const { rows } = await sql<Root & { rank: number }>`select distinct type, id, rank from (
		select 'organisation' as type, unnest(${[...of('registry.organisation'), ...bodies]}::uuid[]) as id, 1 as rank
		union all select 'organisation', unnest(array[organisation_id, on_behalf_of_id]), 1 from registry.membership
			where ${here} and id = any (${memberships}::uuid[])
		union all select 'organisation', organisation_id, 1 from council.seat where ${here} and council_body_id = any (${bodies}::uuid[])
		union all select 'organisation', on_behalf_of_id, 1 from registry.membership where ${here} and organisation_id = any (${bodies}::uuid[])
		union all select 'person', unnest(${of('registry.person')}::uuid[]), 2
		union all select 'person', person_id, 2 from registry.membership
			where ${here} and (id = any (${memberships}::uuid[]) or organisation_id = any (${bodies}::uuid[]))
		union all select 'person', root_id, 2 from oparl.object where ${here} and type = 'Membership' and id = any (${memberships}::uuid[])
		union all select 'person', person_id, 2 from registry.office_holding where ${here} and office_id = any (${of('registry.office')}::uuid[])
		union all select 'place', unnest(${of('registry.place')}::uuid[]), 3
		union all select 'place', place_id, 3 from council.meeting where ${here} and id = any (${meetings}::uuid[])
		union all select 'district', unnest(${districts}::uuid[]), 3
		union all select 'paper', paper_id, 5 from papers.paper_district where ${here} and district_id = any (${districts}::uuid[])
		union all select 'meeting', id, 4 from council.meeting where ${here} and place_id = any (${of('registry.place')}::uuid[])
		union all select 'meeting', unnest(${meetings}::uuid[]), 4
		union all select 'meeting', meeting_id, 4 from council.minutes_record where ${here} and id = any (${minutes}::uuid[])
		union all select 'meeting', meeting_id, 4 from papers.consultation
			where ${here} and paper_id = any (${papers}::uuid[]) and meeting_id is not null
		union all select 'meeting', i.meeting_id, 4 from papers.report_duty d
			join council.resolution s on s.body_id = d.body_id and s.id = d.resolution_id
			join council.agenda_item i on i.body_id = s.body_id and i.id = s.agenda_item_id
			where d.${here} and (d.id = any (${duties}::uuid[]) or d.paper_id = any (${papers}::uuid[]) or d.id in (${fulfilledBy(papers)}))
		union all select 'paper', unnest(${papers}::uuid[]), 5
		union all select 'paper', paper_id, 5 from papers.consultation where ${here} and meeting_id = any (${meetings}::uuid[])
		union all select 'paper', superordinated_id, 5 from papers.paper where ${here} and id = any (${papers}::uuid[])
		union all select 'paper', id, 5 from papers.paper where ${here} and superordinated_id = any (${papers}::uuid[])
		union all select 'paper', case when from_paper_id = any (${papers}::uuid[]) then to_paper_id else from_paper_id end, 5
			from papers.paper_relation where ${here} and to_paper_id is not null
			and (from_paper_id = any (${papers}::uuid[]) or to_paper_id = any (${papers}::uuid[]))
		union all select 'paper', paper_id, 5 from papers.report_duty
			where ${here} and (id = any (${duties}::uuid[]) or id in (${fulfilledBy(papers)}))
		union all select 'paper', d.paper_id, 5 from papers.report_duty d
			join council.resolution s on s.body_id = d.body_id and s.id = d.resolution_id
			join council.agenda_item i on i.body_id = s.body_id and i.id = s.agenda_item_id
			where d.${here} and i.meeting_id = any (${meetings}::uuid[])
		) found where id is not null order by rank, type, id`.execute(db);
	return rows;
}

const fulfilledBy = (papers: string[]) => sql`select r.duty_id from papers.report_fulfilment f
	join papers.report_due r on r.body_id = f.body_id and r.id = f.due_id
	where f.body_id = kernel.current_body() and f.paper_id = any (${papers}::uuid[])`;

/**
 * Records that name, or would name, objects which just left the public or came into it (`flipped`): a person with a first seat, a body
 * that is shown from now on. And organisations and places that are named no more somewhere (`dropped`): they may be public only where
 * somebody names them. One query.
 */
export async function namersOf(db: Db, flipped: readonly string[], dropped: readonly string[]): Promise<Root[]> {
	const ids = sql`any (${flipped}::uuid[])`;
	const here = sql`body_id = kernel.current_body()`;
	const { rows } = await sql<Root & { rank: number }>`select distinct type, id, rank from (
		select root_type as type, root_id as id, case when root_type in ('place', 'district') then 3 else 1 end as rank from oparl.object
			where ${here} and type in ('Organization', 'Location') and id = any (${dropped}::uuid[]) and not deleted
		union all select root_type, root_id, case root_type when 'organisation' then 1 when 'person' then 2 when 'place' then 3 when 'district' then 3
			when 'meeting' then 4 else 5 end from oparl.link where ${here} and to_id = ${ids}
		union all select 'organisation', id, 1 from registry.organisation where ${here} and parent_id = ${ids}
		union all select 'organisation', council_body_id, 1 from council.seat where ${here} and organisation_id = ${ids}
		union all select 'organisation', s.council_body_id, 1 from council.seat_filling f
			join council.seat s on s.body_id = f.body_id and s.id = f.seat_id where f.${here} and f.membership_id = ${ids}
		union all select 'organisation', organisation_id, 1 from registry.membership where ${here} and id = ${ids}
		union all select 'person', person_id, 2 from registry.membership
			where ${here} and (organisation_id = ${ids} or on_behalf_of_id = ${ids})
		union all select 'person', h.person_id, 2 from registry.office_holding h
			join registry.office f on f.body_id = h.body_id and f.id = h.office_id where h.${here} and f.organisation_id = ${ids}
		union all select 'meeting', id, 4 from council.meeting where ${here} and (council_body_id = ${ids} or place_id = ${ids})
		union all select 'meeting', meeting_id, 4 from council.meeting_body where ${here} and council_body_id = ${ids}
		union all select 'meeting', meeting_id, 4 from council.attendance
			where ${here} and (person_id = ${ids} or substitute_for_person_id = ${ids})
		union all select 'paper', paper_id, 5 from papers.originator where ${here} and (person_id = ${ids} or organisation_id = ${ids})
		union all select 'paper', id, 5 from papers.paper where ${here} and (under_direction_of_id = ${ids} or addressee_id = ${ids})
		union all select 'paper', c.paper_id, 5 from papers.consultation_body b
			join papers.consultation c on c.body_id = b.body_id and c.id = b.consultation_id where b.${here} and b.organisation_id = ${ids}
		union all select 'paper', paper_id, 5 from papers.report_duty where ${here} and (recipient_id = ${ids} or department_id = ${ids})
		) found where id is not null order by rank, type, id`.execute(db);
	return rows;
}
