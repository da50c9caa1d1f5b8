import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';

/** Was this stored file offered to everybody once? Then its address says "gone" rather than "never heard of" (OParl 1.1, 2.8). */
export async function fileWasPublic(ctx: Pick<Ctx, 'db' | 'body'>, fileId: string): Promise<boolean> {
	const { rows } =
		await sql`select from oparl.object where body_id = ${ctx.body.id} and type = 'File' and file_id = ${fileId}
		union all select from oparl.made_file where body_id = ${ctx.body.id} and file_id = ${fileId} limit 1`.execute(ctx.db);
	return rows.length > 0;
}

/** Documents that were made of public records are everybody's while they are told. */
export async function showsFile(ctx: Pick<Ctx, 'db' | 'body'>, fileId: string): Promise<boolean> {
	const { rows } = await sql`select from oparl.made_file d
		join oparl.object o on o.body_id = d.body_id and o.type = 'File' and o.id = d.id and o.file_id = d.file_id and not o.deleted
		where d.body_id = ${ctx.body.id} and d.file_id = ${fileId} and d.current`.execute(ctx.db);
	return rows.length > 0;
}
