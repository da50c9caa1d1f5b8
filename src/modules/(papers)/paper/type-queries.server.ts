import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { toWriting } from '#kernel/text/writing.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { writeReference } from './rules/reference.ts';

export interface SchemeView {
	id: string;
	name: string;
	prefix: string;
	digits: number;
	yearDigits: number;
	separator: string;
	suffixSeparator: string;
	organisationId: string;
	/** The number that the next paper of this year would get, and one below it. */
	next: string;
	nextBelow: string;
	used: boolean;
}

export interface TypeView {
	id: string;
	name: string;
	namePlural: string;
	code: string;
	schemeId: string;
	publicByDefault: boolean;
	asksStatement: boolean;
	writtenBy: string;
	below: boolean;
	retired: boolean;
	position: number;
	templateOperative: string;
	templateReasons: string;
}

/** Schemes with a look at their next number, and types. Two queries. */
export async function typesAndSchemes(ctx: Ctx): Promise<{ schemes: SchemeView[]; types: TypeView[] }> {
	demand(ctx.actor, 'papers.types');
	const [schemes, types] = await Promise.all([
		sql<Omit<SchemeView, 'next' | 'nextBelow'> & { last: number }>`select s.id, s.name, s.prefix, s.digits,
			s.year_digits as "yearDigits", s.separator, s.suffix_separator as "suffixSeparator",
			coalesce(s.organisation_id::text, '') as "organisationId",
			exists (select from papers.number_counter c where c.body_id = s.body_id and c.scheme_id = s.id and c.last > 0) as used,
			coalesce((select c.last from papers.number_counter c where c.body_id = s.body_id and c.scheme_id = s.id
				and c.year = case when s.year_digits = 0 then 0 else ${ctx.today.year}::int end), 0) as last
			from papers.numbering_scheme s where s.body_id = ${ctx.body.id} order by s.prefix, s.id`.execute(ctx.db),
		ctx.db.selectFrom('papers.paper_type').selectAll().orderBy('retired').orderBy('position').orderBy('name').execute(),
	]);
	return {
		schemes: schemes.rows.map(({ last, ...row }) => {
			const scheme = { ...row, yearDigits: row.yearDigits as 0 | 2 | 4 };
			const parts = { year: ctx.today.year, number: last + 1 };
			return {
				...row,
				next: writeReference(scheme, { ...parts, suffix: null }),
				nextBelow: writeReference(scheme, { ...parts, suffix: 1 }),
			};
		}),
		types: types.map((row) => ({
			id: row.id,
			name: row.name,
			namePlural: row.name_plural,
			code: row.code,
			schemeId: row.scheme_id,
			publicByDefault: row.public_by_default,
			asksStatement: row.asks_statement,
			writtenBy: row.written_by,
			below: row.below,
			retired: row.retired,
			position: row.position,
			templateOperative: toWriting(row.template_operative as TextDocument),
			templateReasons: toWriting(row.template_reasons as TextDocument),
		})),
	};
}
