import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import type { Root } from '../project/store.server.ts';

/** Many changes in a row make one document. */
const REST = { seconds: 45 };

/**
 * Remembers that documents of these records are to be looked at. Whoever is the first sees to it that somebody does; under the clock's lock, so
 * that there is one.
 */
export async function wantDocuments(tx: WriteCtx, roots: readonly Root[]): Promise<void> {
	if (!roots.length) return;
	const rows = JSON.stringify(roots.map(({ type, id }) => ({ type, id })));
	const { rows: before } = await sql<{
		waiting: boolean;
	}>`with noted as (insert into oparl.unmade (body_id, root_type, root_id)
		select distinct ${tx.body.id}::uuid, type, id from jsonb_to_recordset(${rows}::jsonb) as r (type text, id uuid)
		on conflict (body_id, root_type, root_id) do update set changes = oparl.unmade.changes + 1)
		select exists (select from oparl.unmade where body_id = ${tx.body.id}) as waiting`.execute(tx.db);
	if (!before[0]!.waiting) await lookSoon(tx);
}

/** Does anything wait that nobody will look at? Under the clock's lock. */
export async function lookAtRest(tx: WriteCtx, rest: Temporal.DurationLike = { seconds: 0 }): Promise<void> {
	const { rows } = await sql`select from oparl.unmade where body_id = ${tx.body.id} limit 1`.execute(tx.db);
	if (rows.length) await lookSoon(tx, rest);
}

/** One look at a time in a town. */
async function lookSoon(tx: WriteCtx, rest: Temporal.DurationLike = REST): Promise<void> {
	await tx.enqueue('oparl.documents', null, { key: 'documents', runAt: tx.now.add(rest) });
}
