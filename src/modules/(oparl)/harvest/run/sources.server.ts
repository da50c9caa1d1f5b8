import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import type { Finding } from '../reading/findings.ts';
import type { Count } from './reading.server.ts';

/** A system that was read, with its last reading. */
export interface SourceRow {
	id: string;
	name: string;
	address: string;
	kind: 'oparl' | 'dump' | 'calendar' | 'feed';
	state: 'running' | 'cancelled' | 'broken' | 'done';
	whole: boolean;
	/** ISO moments. */
	startedAt: string;
	endedAt: string | null;
	counts: Record<string, Count>;
	findings: Finding[];
	error: string;
}

/** Every system that was read, the newest reading first. One query. */
export async function sourceRows(ctx: Ctx): Promise<SourceRow[]> {
	demand(ctx.actor, 'oparl.harvest');
	const { rows } = await sql<{
		row: SourceRow;
	}>`select row_to_json(v) as row from (select s.id, s.name, s.address, s.kind, r.state,
			r.whole, r.started_at as "startedAt", r.ended_at as "endedAt", r.counts, r.findings, r.error
		from oparl.source s join lateral (select * from oparl.reading r where r.body_id = s.body_id and r.source_id = s.id
			order by r.started_at desc limit 1) r on true
		where s.body_id = ${ctx.body.id} order by r.started_at desc) v`.execute(ctx.db);
	return rows.map(({ row }) => row);
}
