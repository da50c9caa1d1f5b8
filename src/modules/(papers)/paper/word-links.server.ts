import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { schemesOf } from './numbers.server.ts';
import { numbersIn } from './rules/mentions.ts';
import { readable } from './sight.server.ts';

/** Letters of a number and a figure behind them: without, no scheme is asked for. */
const MAY_BE_A_NUMBER = /\p{L}[\p{L}.]{0,7}[ \u00a0]?\d/u;

/**
 * Numbers of papers in a text, as they stand there, with the address of the paper; only papers that this reader may know of.
 * Two queries at most.
 */
export async function paperNumberLinks(ctx: Ctx, text: string): Promise<Record<string, string>> {
	if (!MAY_BE_A_NUMBER.test(text)) return {};
	const numbers = numbersIn(text, await schemesOf(ctx), ctx.today);
	if (!numbers.length) return {};
	const references = [...new Set(numbers.map(({ reference }) => reference))];
	const { rows } = await sql<{ reference: string; slug: string }>`select p.reference, p.slug from papers.paper p
		where p.body_id = ${ctx.body.id} and p.reference = any (${references}::text[]) and ${readable(ctx)}`.execute(ctx.db);
	const slugs = new Map(rows.map(({ reference, slug }) => [reference, slug]));
	return Object.fromEntries(
		numbers.flatMap(({ reference, start, end }) => {
			const slug = slugs.get(reference);
			return slug ? [[text.slice(start, end), `/vorlagen/${slug}`]] : [];
		}),
	);
}
