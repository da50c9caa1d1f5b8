import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';

/** Originals of documents in review are for those who review. */
export async function showsFile(ctx: Ctx, fileId: string): Promise<boolean> {
	if (!may(ctx.actor, 'import.review')) return false;
	const { rows } = await sql<{ shown: boolean }>`select exists (select from import.document
		where body_id = ${ctx.body.id} and file_id = ${fileId}) as shown`.execute(ctx.db);
	return rows[0]!.shown;
}
