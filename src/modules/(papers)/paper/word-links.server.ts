import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { known, question, type Question } from '#kernel/db/questions.ts';
import { candidates, numbersIn } from './rules/mentions.ts';
import type { Scheme } from './rules/reference.ts';
import { readable } from './sight.server.ts';

interface Found {
	schemes: Scheme[];
	papers: { reference: string; slug: string }[];
}

/**
 * Numbers of papers in a text, as they stand there, with the address of the paper; only papers that this reader may know of.
 * Nothing is asked about a text in which nothing looks like a number.
 */
export function paperNumberLinks(ctx: Ctx, text: string): Question<Record<string, string>> {
	const looked = candidates(text);
	if (!looked.length) return known({});
	const select = sql<Found>`select
		coalesce((select json_agg(json_build_object('id', s.id, 'prefix', s.prefix, 'digits', s.digits, 'yearDigits', s.year_digits,
			'separator', s.separator, 'suffixSeparator', s.suffix_separator) order by length(s.prefix) desc, s.id)
			from papers.numbering_scheme s where s.body_id = ${ctx.body.id}), '[]') as schemes,
		coalesce((select json_agg(json_build_object('reference', p.reference, 'slug', p.slug)) from papers.paper p
			where p.body_id = ${ctx.body.id} and p.reference = any (${looked}::text[]) and ${readable(ctx)}), '[]') as papers`;
	return question(select, ([found]) => {
		const { schemes, papers } = found!;
		const slugs = new Map(papers.map(({ reference, slug }) => [reference, slug]));
		if (!slugs.size) return {};
		return Object.fromEntries(
			numbersIn(text, schemes, ctx.today).flatMap(({ reference, start, end }) => {
				const slug = slugs.get(reference);
				return slug ? [[text.slice(start, end), `/vorlagen/${slug}`]] : [];
			}),
		);
	});
}
