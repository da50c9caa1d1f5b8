import { sql } from 'kysely';
import { z } from 'zod';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';

/** How often somebody may be missing before the report says so (scenario SIT-30). */
export const MISSED_TO_TELL = 3;

export interface CommitmentView {
	id: string;
	organisation: string;
	wording: string;
	fromDate: string;
	untilDate: string | null;
	/** Sessions held since then in the year that is looked at, the oldest first. */
	sessions: { slug: string; date: string; came: boolean }[];
	missed: number;
}

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

/**
 * What was promised to a body, and who came: one session after the other in a year. One query.
 * @throws NotFound, Forbidden without `council.members`
 */
export async function commitmentsOf(ctx: Ctx, councilBodyId: string, year: number): Promise<CommitmentView[]> {
	demand(ctx.actor, 'council.members', councilBodyId);
	const body = ctx.body.id;
	const { rows } = await sql<Omit<CommitmentView, 'missed'>>`
		select c.id, coalesce(nullif(o.short_name, ''), o.name) as organisation, c.wording, c.from_date::text as "fromDate",
			c.until_date::text as "untilDate", coalesce((select json_agg(json_build_object('slug', m.slug, 'date', m.date,
				'came', exists (select from council.attendance a where a.body_id = ${body} and a.meeting_id = m.id and a.guest
					and a.status in ('present', 'remote') and (a.organisation_id = c.organisation_id
						or a.organisation in (o.name, o.short_name) and a.organisation <> ''))) order by m.date)
				from council.meeting m where m.body_id = ${body} and m.council_body_id = c.council_body_id
				and m.state in ('held', 'minutesSigned') and not m.cancelled and extract(year from m.date) = ${year}
				and m.date >= c.from_date and (c.until_date is null or m.date < c.until_date)), '[]') as sessions
		from council.commitment c join registry.organisation o on o.body_id = ${body} and o.id = c.organisation_id
		where c.body_id = ${body} and c.council_body_id = ${councilBodyId} order by organisation`.execute(ctx.db);
	return rows.map((row) => ({ ...row, missed: row.sessions.filter(({ came }) => !came).length }));
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
