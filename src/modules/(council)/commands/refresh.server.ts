import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import type { PersonChanged } from '#kernel/privacy/erase.ts';

/** Bodies show and are found by the names of their people: when one is corrected or erased, they follow. */
export async function refreshBodies(tx: WriteCtx, event: unknown): Promise<void> {
	const { personId } = event as PersonChanged;
	const { rows } = await sql<{ id: string }>`select distinct cb.id from council.council_body cb
		join registry.membership m on m.body_id = cb.body_id and m.organisation_id = cb.id
		where cb.body_id = ${tx.body.id} and m.person_id = ${personId}`.execute(tx.db);
	for (const { id } of rows) tx.touch('council.councilBody', id, { act: 'memberChanged' });
}
