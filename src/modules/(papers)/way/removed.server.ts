import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import type { StationRow } from './lock.server.ts';
import type { RemovedStation } from './work-view.ts';
import type { Role } from './types.ts';

/** Notes a planned station that is taken off, with all that it is made of. */
export async function keepRemoved(tx: WriteCtx, paperId: string, station: StationRow): Promise<void> {
	await tx.db
		.insertInto('papers.station_removed')
		.values({
			id: newId(),
			paper_id: paperId,
			role: station.role,
			public: station.public,
			planned_on: station.plannedOn,
			second_reason: station.secondReason,
			bodies: station.bodies,
			removed_at: tx.now,
		})
		.execute();
}

/** What was taken off the way of a paper, the latest first. One query. */
export async function removedStations(ctx: Ctx, paperId: string): Promise<RemovedStation[]> {
	const { rows } = await sql<RemovedStation>`select r.id, r.role, r.planned_on::text as "plannedOn",
		(r.removed_at at time zone ${ctx.body.timeZone})::date::text as "removedOn",
		coalesce((select array_agg(o.name order by b.at) from unnest(r.bodies) with ordinality b (id, at)
			join registry.organisation o on o.body_id = r.body_id and o.id = b.id), '{}') as bodies
		from papers.station_removed r where r.body_id = ${ctx.body.id} and r.paper_id = ${paperId}
		order by r.removed_at desc, r.id desc limit 20`.execute(ctx.db);
	return rows;
}

export interface TakenBack {
	role: Role;
	public: boolean;
	plannedOn: Temporal.PlainDate | null;
	secondReason: string;
	bodies: string[];
}

/** Takes what was noted of a removed station, once: null where it was brought back already. */
export async function takeRemoved(tx: WriteCtx, paperId: string, id: string): Promise<TakenBack | null> {
	const row = await tx.db
		.deleteFrom('papers.station_removed')
		.where('id', '=', id)
		.where('paper_id', '=', paperId)
		.returning(['role', 'public', 'planned_on', 'second_reason', 'bodies'])
		.executeTakeFirst();
	return (
		(row && {
			role: row.role as Role,
			public: row.public,
			plannedOn: row.planned_on,
			secondReason: row.second_reason,
			bodies: row.bodies,
		}) ??
		null
	);
}
