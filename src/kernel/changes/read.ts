import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';
import type { Actor } from '../access/actor.ts';
import { sightOf, type Audience } from './audience.ts';

/** One entry of the change log. */
export interface Change {
	seq: number;
	kind: string;
	id: string;
	audience: Audience;
	/** Gone, or gone out of sight of this audience. */
	deleted: boolean;
	at: Temporal.Instant;
}

export interface ChangeFilter {
	kinds?: readonly string[];
	/** At most so many, the oldest first (default 500). */
	limit?: number;
}

/** What happened after `seq` that the actor may know of, in order. Whoever continues with the last `seq` misses nothing. */
export async function changesSince(
	ctx: Pick<Ctx, 'db' | 'body' | 'actor'>,
	seq: number,
	filter: ChangeFilter = {},
): Promise<Change[]> {
	const { audiences } = sightOf(ctx.actor);
	const { kinds, limit = 500 } = filter;
	const { rows } = await sql<Change>`
		select seq, kind, object_id as id, audience, deleted, at from kernel.change
		where body_id = ${ctx.body.id} and seq > ${seq} and audience = any(${audiences}::text[])
			${kinds ? sql`and kind = any(${[...kinds]}::text[])` : sql``}
		order by seq limit ${limit}`.execute(ctx.db);
	return rows;
}

/** Number of the town's newest change, whoever may know of it; 0 before the first. */
export async function newestSeq(ctx: Pick<Ctx, 'db' | 'body'>): Promise<number> {
	const { rows } = await sql<{ seq: number }>`select seq from kernel.clock where body_id = ${ctx.body.id}`.execute(
		ctx.db,
	);
	return rows[0]?.seq ?? 0;
}

/** May this actor be told of the change? The same answer as in `changesSince`, for changes already at hand. */
export function mayKnow(actor: Actor, change: Change): boolean {
	return (sightOf(actor).audiences as Audience[]).includes(change.audience);
}
