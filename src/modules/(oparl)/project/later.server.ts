import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import type { TouchedObject } from '#kernel/module.ts';

const waiting = new AsyncLocalStorage<true>();

/**
 * Writes of `work` are told to other programs afterwards (`tellLater`): a town that is taken over is written in many steps, and
 * each record is told once instead of with everything that comes to name it.
 */
export function later<T>(work: () => Promise<T>): Promise<T> {
	return waiting.run(true, work);
}

export function isLater(): boolean {
	return waiting.getStore() === true;
}

/** Remembers what is to be told, in the write's own transaction. */
export async function noteUntold(tx: WriteCtx, touched: readonly TouchedObject[]): Promise<void> {
	await sql`insert into oparl.untold (body_id, kind, id) select ${tx.body.id}, kind, id
		from jsonb_to_recordset(${JSON.stringify(touched.map(({ kind, id }) => ({ kind, id })))}::jsonb) as r (kind text, id uuid)
		on conflict do nothing`.execute(tx.db);
}

const MOST = 5000;

/** What waits to be told, registers first, and how to forget it. Nothing is written in between that is not told at once. */
export async function takeUntold(
	ctx: Pick<Ctx, 'db' | 'body'>,
): Promise<{ touched: TouchedObject[]; forget: (tx: WriteCtx) => Promise<void> }> {
	const { rows: touched } = await sql<TouchedObject>`select kind, id from oparl.untold where body_id = ${ctx.body.id}
		order by kind not like 'registry.%', kind, id limit ${MOST}`.execute(ctx.db);
	const given = JSON.stringify(touched);
	const forget = async (tx: WriteCtx) => {
		await sql`delete from oparl.untold u using jsonb_to_recordset(${given}::jsonb) as r (kind text, id uuid)
			where u.body_id = ${tx.body.id} and u.kind = r.kind and u.id = r.id`.execute(tx.db);
	};
	return { touched, forget };
}
