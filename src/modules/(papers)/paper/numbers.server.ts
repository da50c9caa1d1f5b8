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

/**
 * The next number below that of another paper: A0152/21/1. A paper below a paper that has a suffix itself counts on below the
 * first one, because the scheme knows no /1/1 (rulebook R3-01, edge cases 3). The row of the first one stays locked.
 * @throws NotFound for a paper without a number
 */
export async function nextSuffix(tx: WriteCtx, belowId: string): Promise<PaperNumber & { reference: string }> {
	const below = await tx.db
		.selectFrom('papers.paper')
		.select(['scheme_id', 'number_year', 'number'])
		.where('id', '=', belowId)
		.executeTakeFirst();
	if (!below?.scheme_id || below.number === null || below.number_year === null) throw new NotFound('number');
	const same = tx.db
		.selectFrom('papers.paper')
		.where('scheme_id', '=', below.scheme_id)
		.where('number_year', '=', below.number_year)
		.where('number', '=', below.number);
	await same.select('id').where('suffix', 'is', null).forUpdate().execute();
	const { last } = await same.select((eb) => eb.fn.max('suffix').as('last')).executeTakeFirstOrThrow();
	const scheme = (await schemesOf(tx)).find(({ id }) => id === below.scheme_id)!;
	const parts = {
		schemeId: scheme.id,
		year: below.number_year,
		number: below.number,
		suffix: Number(last ?? 0) + 1,
	};
	return { ...parts, reference: writeReference(scheme, parts) };
}

/** The number that filing today would give, if nobody is faster. Two queries; nothing is kept for anybody. */
export async function upcomingNumber(
	ctx: Pick<Ctx, 'db'>,
	schemeId: string,
	day: Temporal.PlainDate,
): Promise<string | null> {
	const scheme = (await schemesOf(ctx)).find(({ id }) => id === schemeId);
	if (!scheme) return null;
	const year = scheme.yearDigits === 0 ? 0 : day.year;
	const row = await ctx.db
		.selectFrom('papers.number_counter')
		.select('last')
		.where('scheme_id', '=', schemeId)
		.where('year', '=', year)
		.executeTakeFirst();
	return writeReference(scheme, { year, number: (row?.last ?? 0) + 1, suffix: null });
}
