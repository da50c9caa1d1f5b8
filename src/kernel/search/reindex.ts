import { sql } from 'kysely';
import { lockObjects } from '../changes/object-locks.ts';
import type { Ctx } from '../ctx.ts';
import { kindOf } from '../module.ts';
import { write } from '../write.ts';
import { indexDocuments, type PendingDocument } from './index-document.ts';

/** Documents rewritten in one transaction by `reindex`. */
const BATCH = 50;

/** Rebuilds the town's search from its records: after a new server version (other stemmers) or a change of the folding. */
export async function reindex(ctx: Ctx): Promise<number> {
	const { rows } = await sql<{ kind: string; id: string }>`
		select kind, object_id as id from kernel.search_document where body_id = ${ctx.body.id} order by kind, id`.execute(
		ctx.db,
	);
	for (let start = 0; start < rows.length; start += BATCH) {
		await write(ctx, async (tx) => {
			const objects = rows.slice(start, start + BATCH);
			await lockObjects(
				tx,
				objects.map(({ kind, id }) => `${kind} ${id}`),
			);
			const batch: PendingDocument[] = [];
			for (const { kind, id } of objects) {
				batch.push({ kind, id, document: (await kindOf(kind).searchDocument?.(tx.db, id)) ?? null });
			}
			await indexDocuments(tx, batch);
		});
	}
	await sweepWords(ctx);
	return rows.length;
}

/** Forgets words that no document has any more: what was erased must not live on in suggestions. The nightly job. */
export async function sweepWords(ctx: Ctx): Promise<number> {
	return write(ctx, async (tx) => {
		const { rows } = await sql<{ swept: number }>`select kernel.search_sweep() as swept`.execute(tx.db);
		return rows[0]!.swept;
	});
}
