import { sql } from 'kysely';
import { z } from 'zod';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';

/** How often somebody may be missing before the report says so (scenario SIT-30). */
export const MISSED_TO_TELL = 3;

export const NewCommitment = z.object({
	organisation: z.uuid(),
	wording: z.string().trim().max(500).default(''),
	from: z.iso.date(),
});

/** Notes that an organisation promised to come to a body's sessions. @throws RuleViolation `council_session_committed` */
export async function addCommitment(
	ctx: Ctx,
	councilBodyId: string,
	given: z.infer<typeof NewCommitment>,
): Promise<void> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	await write(ctx, async (tx) => {
		const known = await tx.db
			.selectFrom('council.commitment')
			.select('id')
			.where('council_body_id', '=', councilBodyId)
			.where('organisation_id', '=', given.organisation)
			.where('until_date', 'is', null)
			.executeTakeFirst();
		if (known) throw new RuleViolation('council_session_committed', {}, 'organisation');
		await tx.db
			.insertInto('council.commitment')
			.values({
				id: newId(),
				council_body_id: councilBodyId,
				organisation_id: given.organisation,
				wording: given.wording,
				from_date: Temporal.PlainDate.from(given.from),
			})
			.execute();
		tx.touch('council.councilBody', councilBodyId, {
			act: 'commitmentNoted',
			fields: { organisation: given.organisation },
		});
	});
}

/** The promise counts no more from today on. */
export async function endCommitment(ctx: Ctx, councilBodyId: string, id: string): Promise<void> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	await write(ctx, async (tx) => {
		const { rows } = await sql`update council.commitment set until_date = greatest(${tx.today}::date, from_date + 1)
			where body_id = ${tx.body.id} and id = ${id}::uuid and council_body_id = ${councilBodyId} and until_date is null
			returning id`.execute(tx.db);
		if (rows.length) tx.touch('council.councilBody', councilBodyId, { act: 'commitmentEnded', fields: { id } });
	});
}

/** Id and name of a body by its address. @throws NotFound, Forbidden */
export async function bodyAt(ctx: Ctx, slug: string): Promise<{ id: string; name: string }> {
	const row = await ctx.db
		.selectFrom('council.council_body as b')
		.innerJoin('registry.organisation as o', 'o.id', 'b.id')
		.select(['b.id', 'o.name'])
		.where('b.slug', '=', slug)
		.executeTakeFirst();
	demand(ctx.actor, 'council.members', row?.id);
	if (!row) throw new NotFound('council body');
	return row;
}
