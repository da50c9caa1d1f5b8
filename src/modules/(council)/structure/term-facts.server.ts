import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import type { TermFacts } from './rules/membership.ts';

/**
 * What the terms of a body say on a day, as columns of a query: when the council's time ends for the body that is in office then, and
 * whether a newer council is elected while its body is not constituted yet (rulebook R1-13).
 */
export function termFactColumns(body: string, councilBodyId: string, day: Temporal.PlainDate): RawBuilder<TermFacts> {
	return sql`
		(select t.council_term_until::text from council.term t where t.body_id = ${body} and t.council_body_id = ${councilBodyId}
			and t.from_date <= ${day}::date and (t.until_date is null or t.until_date > ${day}::date)
			order by t.from_date desc limit 1) as "councilTermUntil",
		(select min(t.council_elected_on)::text from council.term t where t.body_id = ${body}
			and t.council_body_id = ${councilBodyId} and (t.from_date is null or t.from_date > ${day}::date)
			and t.council_elected_on <= ${day}::date) as "newCouncilElectedOn"`;
}

/** The same as a query of its own. */
export async function termFactsOn(
	ctx: Pick<Ctx, 'db' | 'body'>,
	councilBodyId: string,
	day: Temporal.PlainDate,
): Promise<TermFacts> {
	const { rows } = await sql<TermFacts>`select ${termFactColumns(ctx.body.id, councilBodyId, day)}`.execute(ctx.db);
	return rows[0]!;
}
