import type { Ctx } from '#kernel/ctx.ts';
import { knownDistricts } from '../districts/queries.server.ts';
import { schemesOf } from './numbers.server.ts';
import { readReference, writeReference, type Scheme } from './rules/reference.ts';

/** What whoever takes an old paper over has to know: types, numbering schemes, and which of the numbers it names are here. */
export async function takeOverKnowledge(
	ctx: Pick<Ctx, 'db' | 'today'>,
	numbers: readonly string[],
): Promise<{
	types: { id: string; code: string; name: string; schemeId: string }[];
	schemes: Scheme[];
	/** Addresses by the number in its one form. */
	papers: Map<string, string>;
	/** The town's list, also what is no longer offered. */
	districts: { id: string; name: string; shortName: string }[];
}> {
	const schemes = await schemesOf(ctx);
	const types = await ctx.db
		.selectFrom('papers.paper_type')
		.select(['id', 'code', 'name', 'scheme_id as schemeId'])
		.orderBy('position')
		.orderBy('name')
		.execute();
	const references = [...new Set(numbers.map((number) => oneForm(number, schemes, ctx.today)))].filter(Boolean);
	const rows = references.length
		? await ctx.db
				.selectFrom('papers.paper')
				.select(['reference', 'slug'])
				.where('reference', 'in', references)
				.execute()
		: [];
	const districts = await knownDistricts(ctx);
	return { types, schemes, districts, papers: new Map(rows.map(({ reference, slug }) => [reference!, slug])) };
}

function oneForm(number: string, schemes: readonly Scheme[], today: Temporal.PlainDate): string {
	const read = readReference(number, schemes, today);
	const scheme = schemes.find(({ id }) => id === read?.schemeId);
	return read && scheme ? writeReference(scheme, read) : number.trim();
}
