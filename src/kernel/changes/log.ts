import { sql } from 'kysely';
import type { WriteCtx } from '../ctx.ts';
import { kindOf } from '../module.ts';
import type { Audience } from './audience.ts';

export interface PendingChange {
	kind: string;
	id: string;
	deleted: boolean;
}

/**
 * Appends to the town's change log. Locks the clock row until commit, so committed numbers have no gap: whoever reads
 * up to n has everything up to n. A change is public when the object is public now, or was until this write (its
 * disappearance is news, too).
 */
export async function appendChanges(tx: WriteCtx, changes: PendingChange[]): Promise<void> {
	if (!changes.length) return;
	const audiences: Audience[] = [];
	for (const { kind, id } of changes) audiences.push(await kindOf(kind).audience(tx.db, id));
	const body = tx.body.id;
	const { rows } = await sql<{ seq: number }>`
		insert into kernel.clock as c (body_id, seq) values (${body}, ${changes.length})
		on conflict (body_id) do update set seq = c.seq + ${changes.length} returning seq`.execute(tx.db);
	const last = rows[0]!.seq;
	let publicSeq = 0;
	for (const [index, change] of changes.entries()) {
		const seq = last - changes.length + 1 + index;
		const now = audiences[index]!;
		const told = now === 'public' || (await wasPublic(tx, change)) ? 'public' : now;
		if (told === 'public') publicSeq = seq;
		await tx.db
			.insertInto('kernel.change')
			.values({
				seq,
				module: change.kind.split('.')[0]!,
				kind: change.kind,
				object_id: change.id,
				audience: told,
				deleted: change.deleted || (told === 'public' && now !== 'public'),
			})
			.execute();
	}
	if (publicSeq) await tx.db.updateTable('kernel.clock').set({ public_seq: publicSeq }).execute();
	await sql`select pg_notify('mitrat_change', ${`${body} ${last}`})`.execute(tx.db);
}

async function wasPublic(tx: WriteCtx, change: PendingChange): Promise<boolean> {
	const row = await tx.db
		.selectFrom('kernel.change')
		.select(['audience', 'deleted'])
		.where('kind', '=', change.kind)
		.where('object_id', '=', change.id)
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row?.audience === 'public' && !row.deleted;
}
