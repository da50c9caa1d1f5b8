import type { Ctx } from '#kernel/ctx.ts';

/** Was this stored file offered to everybody once? Then its address says "gone" rather than "never heard of" (OParl 1.1, 2.8). */
export async function fileWasPublic(ctx: Pick<Ctx, 'db'>, fileId: string): Promise<boolean> {
	const row = await ctx.db
		.selectFrom('oparl.object')
		.select('id')
		.where('type', '=', 'File')
		.where('file_id', '=', fileId)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}
