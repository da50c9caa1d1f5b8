import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { schemesOf } from './numbers.server.ts';
import { readReference } from './rules/reference.ts';
import { readable } from './sight.server.ts';

/**
 * Papers that a typed number means, however it was typed; without its letters, those of every scheme. At most three queries.
 * @returns slugs; empty where what was typed is no number
 */
export async function findByNumber(ctx: Ctx, typed: string): Promise<string[]> {
	const schemes = await schemesOf(ctx);
	const whole = readReference(typed, schemes, ctx.today);
	const numbers = whole
		? [whole]
		: schemes.flatMap((scheme) => readReference(scheme.prefix + typed, [scheme], ctx.today) ?? []);
	const slugs: string[] = [];
	if (!numbers.length) return slugs;
	const wanted = numbers.map(
		({ schemeId, year, number, suffix }) =>
			sql<boolean>`(p.scheme_id = ${schemeId} and p.number_year = ${year} and p.number = ${number}
				and p.suffix is not distinct from ${suffix}::int)`,
	);
	const { rows } = await sql<{ slug: string }>`select p.slug from papers.paper p
		where p.body_id = ${ctx.body.id} and (${sql.join(wanted, sql` or `)}) and ${readable(ctx)}
		order by p.date desc, p.id limit 50`.execute(ctx.db);
	return rows.map(({ slug }) => slug);
}
