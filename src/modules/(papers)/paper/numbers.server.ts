import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { writeReference, type PaperNumber, type Scheme } from './rules/reference.ts';

/** Every numbering scheme of the town, longer prefixes first, so that DS is tried before D. One query. */
export async function schemesOf(ctx: Pick<Ctx, 'db'>): Promise<Scheme[]> {
	const rows = await ctx.db
		.selectFrom('papers.numbering_scheme')
		.select(['id', 'prefix', 'digits', 'year_digits', 'separator', 'suffix_separator'])
		.orderBy(sql`length(prefix)`, 'desc')
		.orderBy('id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		prefix: row.prefix,
		digits: row.digits,
		yearDigits: row.year_digits as Scheme['yearDigits'],
		separator: row.separator,
		suffixSeparator: row.suffix_separator,
	}));
}

/**
 * The next number of a scheme in the year of `day`. The counter's row stays locked until the write ends: who fails gives
 * it back, so no number is skipped and none given twice (rulebook R3-01, R3-03).
 * @throws NotFound for an unknown scheme
 */
export async function nextNumber(
	tx: WriteCtx,
	schemeId: string,
	day: Temporal.PlainDate,
): Promise<PaperNumber & { reference: string }> {
	const scheme = (await schemesOf(tx)).find(({ id }) => id === schemeId);
	if (!scheme) throw new NotFound('numbering scheme');
	const year = scheme.yearDigits === 0 ? 0 : day.year;
	const { last } = await tx.db
		.insertInto('papers.number_counter')
		.values({ scheme_id: schemeId, year, last: 1 })
		.onConflict((conflict) =>
			conflict
				.columns(['body_id', 'scheme_id', 'year'])
				.doUpdateSet({ last: sql<number>`papers.number_counter.last + 1` }),
		)
		.returning('last')
		.executeTakeFirstOrThrow();
	const parts = { schemeId, year, number: last, suffix: null };
	return { ...parts, reference: writeReference(scheme, parts) };
}
