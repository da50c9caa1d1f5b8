import { sql } from 'kysely';
import { lockObjects } from '../changes/object-locks.ts';
import type { Ctx } from '../ctx.ts';
import { write } from '../write.ts';

/** Entries brought along in one transaction. */
const BATCH = 500;

interface Key {
	kind: string;
	id: string;
}

/**
 * Brings a town's public entries of before into the small rows that a search over all towns reads (`kernel.search_match`), or their facets where
 * the rows are there without them; a few hundred at a time, nobody waits for it longer than that takes. Once it is through, the town holds up the
 * small rows no more. Does nothing in a town that has them.
 */
export async function spreadTown(ctx: Ctx): Promise<void> {
	const { rows } = await sql`select from kernel.search_pending where body_id = ${ctx.body.id}
		union all (select from kernel.search_match where body_id = ${ctx.body.id} and facets is null limit 1)`.execute(ctx.db);
	if (!rows.length) return;
	for (let last: Key | undefined = { kind: '', id: '00000000-0000-0000-0000-000000000000' }; last;)
		last = await spreadSome(ctx, last);
	await write(ctx, async (tx) => {
		await sql`delete from kernel.search_pending where body_id = ${tx.body.id}`.execute(tx.db);
	});
}

/** The next ones behind this key. A write of the same object ends first or begins later: what it closes is not opened again. @returns the last of them */
function spreadSome(ctx: Ctx, after: Key): Promise<Key | undefined> {
	return write(ctx, async (tx) => {
		const { rows: keys } = await sql<Key>`select kind, object_id as id from kernel.search_document
			where body_id = ${tx.body.id} and (kind, object_id) > (${after.kind}, ${after.id}::uuid)
			order by kind, object_id limit ${BATCH}`.execute(tx.db);
		await lockObjects(
			tx,
			keys.map(({ kind, id }) => `${kind} ${id}`),
		);
		await sql`insert into kernel.search_match as m (body_id, kind, object_id, date, facets, vector)
			select d.body_id, d.kind, d.object_id, d.date, kernel.search_common_facets(d.facet_values), d.vector
			from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k (kind text, id uuid)
			join kernel.search_document d on d.body_id = ${tx.body.id} and d.kind = k.kind and d.object_id = k.id
			where d.audience = 'public'
			on conflict (body_id, kind, object_id) do update set facets = excluded.facets where m.facets is null`.execute(tx.db);
		return keys.at(-1);
	});
}
