import type { Ctx } from '#kernel/ctx.ts';
import { schemesOf } from '../paper/numbers.server.ts';
import { readReference, writeReference } from '../paper/rules/reference.ts';

/** The paper behind a number however it was typed; undefined where there is none. Two queries. */
export async function paperByReference(
	ctx: Pick<Ctx, 'db' | 'today'>,
	typed: string,
): Promise<{ id: string; slug: string; state: string; reference: string } | undefined> {
	const schemes = await schemesOf(ctx);
	const read = readReference(typed, schemes, ctx.today);
	if (!read) return undefined;
	const reference = writeReference(
		schemes.find(({ id }) => id === read.schemeId)!,
		read,
	);
	const row = await ctx.db
		.selectFrom('papers.paper')
		.select(['id', 'slug', 'state'])
		.where('reference', '=', reference)
		.executeTakeFirst();
	return row && { ...row, reference };
}
