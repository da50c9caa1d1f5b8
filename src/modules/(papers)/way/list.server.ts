import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { readable } from '../paper/sight.server.ts';
import { seesClosed, stationShown } from './queries.server.ts';
import type { PlannedRow } from './list-view.ts';

/** Most that one page shows. */
const MOST = 200;

/** What is planned in which body: stations to come, the next day first, those without a day last. One query. */
export async function plannedRows(ctx: Ctx, { bodyId }: { bodyId?: string | null } = {}): Promise<PlannedRow[]> {
	const inside = seesClosed(ctx);
	const { rows } = await sql<PlannedRow>`select c.id, o.id as "bodyId", o.name as body, p.slug, p.title, p.reference,
		t.name as type, c.role, (p.public and c.public) as public, m.slug as "sessionSlug",
		case when i.id is not null and m.slug is null then null else c.planned_on::text end as "plannedOn"
		from papers.consultation c
		join papers.consultation_body b on b.body_id = c.body_id and b.consultation_id = c.id and b.position = 0
		join registry.organisation o on o.body_id = b.body_id and o.id = b.organisation_id
		join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id
		join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		left join council.agenda_item i on i.body_id = c.body_id and i.id = c.agenda_item_id and not i.removed
		left join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id and (${inside} or (m.public and m.published))
		where c.body_id = ${ctx.body.id} and c.state = 'planned' and p.state = 'filed' and c.role <> 'approval'
		and (${bodyId ?? null}::uuid is null or o.id = ${bodyId ?? null}::uuid) and ${readable(ctx)} and ${stationShown(ctx)}
		order by c.planned_on nulls last, o.name, p.reference limit ${MOST}`.execute(ctx.db);
	return rows;
}

/** Bodies that something is planned in, for the filter. One query. */
export async function plannedBodies(ctx: Ctx): Promise<{ id: string; name: string }[]> {
	const { rows } = await sql<{ id: string; name: string }>`select distinct o.id, o.name from papers.consultation c
		join papers.consultation_body b on b.body_id = c.body_id and b.consultation_id = c.id and b.position = 0
		join registry.organisation o on o.body_id = b.body_id and o.id = b.organisation_id
		join papers.paper p on p.body_id = c.body_id and p.id = c.paper_id
		where c.body_id = ${ctx.body.id} and c.state = 'planned' and p.state = 'filed' and c.role <> 'approval'
		and ${readable(ctx)} and ${stationShown(ctx)} order by o.name`.execute(ctx.db);
	return rows;
}
