import type { Ctx } from '#kernel/ctx.ts';
import { profileOn, Rules, type Profile } from '../rules/profile.ts';

/** All profiles of a body, the newest first; an older one that lacks a part takes the part's default. One query. */
export async function profilesOf(ctx: Pick<Ctx, 'db'>, councilBodyId: string): Promise<Profile[]> {
	const rows = await ctx.db
		.selectFrom('council.rule_profile')
		.select(['id', 'name', 'from_date', 'until_date', 'rules', 'citations', 'statute_title', 'statute_url'])
		.where('council_body_id', '=', councilBodyId)
		.orderBy('from_date', 'desc')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		name: row.name,
		fromDate: row.from_date.toString(),
		untilDate: row.until_date?.toString() ?? null,
		rules: Rules.parse(row.rules),
		citations: row.citations as Profile['citations'],
		statuteTitle: row.statute_title,
		statuteUrl: row.statute_url,
	}));
}

/**
 * The rules a body lives by on a day: every evaluation takes the profile in force on the date of the event (rulebook R0-1),
 * and stores its id. Undefined when no profile covers the day.
 */
export async function profileFor(
	ctx: Pick<Ctx, 'db'>,
	councilBodyId: string,
	day: Temporal.PlainDate,
): Promise<Profile | undefined> {
	return profileOn(await profilesOf(ctx, councilBodyId), day.toString());
}
