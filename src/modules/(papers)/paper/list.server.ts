import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { ask, known, question, type Question } from '#kernel/db/questions.ts';
import { search } from '#kernel/search/search.ts';
import type { ListedPaper, PaperRow } from '../view.ts';
import { recommended } from '../statement/recommended.server.ts';
import { districtsOf } from '../districts/queries.server.ts';
import { findByNumber } from './find.server.ts';
import { originatorsOf } from './queries.server.ts';
import { readable } from './sight.server.ts';

/** What the list is narrowed to; ids as texts from the address, unknown ones find nothing. */
export interface ListFilter {
	text: string;
	type: string;
	/** Full year, or null. */
	year: number | null;
	department: string;
	originator: string;
	topic: string;
	district: string;
	state: '' | 'filed' | 'withdrawn';
	relevant: '' | 'ja' | 'nein';
	/** The last row of the page before: "2026-03-01_<id>". */
	after: string;
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads the filter from an address; what is no value is left out. */
export function filterOf(params: URLSearchParams): ListFilter {
	const idOf = (name: string) => (ID.test(params.get(name) ?? '') ? params.get(name)! : '');
	const year = Number(params.get('jahr'));
	const state = params.get('status');
	const relevant = params.get('betroffen');
	return {
		text: params.get('q')?.trim().slice(0, 200) ?? '',
		type: idOf('typ'),
		year: Number.isInteger(year) && year >= 1900 && year <= 2200 ? year : null,
		department: idOf('amt'),
		originator: idOf('von'),
		topic: idOf('thema'),
		district: idOf('stadtteil'),
		state: state === 'filed' || state === 'withdrawn' ? state : '',
		relevant: relevant === 'ja' || relevant === 'nein' ? relevant : '',
		after: /^\d{4}-\d\d-\d\d_[0-9a-f-]{36}$/.test(params.get('nach') ?? '') ? params.get('nach')! : '',
	};
}

/** Rows of a page, and where the next one begins. */
export interface PaperList {
	papers: ListedPaper[];
	next: string | null;
}

/**
 * Filed papers this actor may read, newest first, paged by key: the tenth page costs what the first one does.
 * @param typed what the words of the filter mean (`typedCondition`)
 * @param answered also how the administration answered each
 */
export function papersAsked(
	ctx: Ctx,
	filter: ListFilter,
	{ typed, size = 40, answered = false }: { typed: RawBuilder<boolean> | null; size?: number; answered?: boolean },
): Question<PaperList> {
	const conditions = [sql<boolean>`p.state <> 'draft'`, readable(ctx), ...conditionsOf(filter)];
	if (typed) conditions.push(typed);
	const [day, id] = filter.after.split('_');
	if (day && id)
		conditions.push(sql<boolean>`p.date <= ${day}::date and (p.date < ${day}::date or p.id > ${id}::uuid)`);
	const select = sql<ListedPaper & { id: string }>`select p.id, p.slug, p.reference, p.state, p.title, t.name as type,
		p.public, p.date::text as date, ${originatorsOf(ctx)} as originators, ${districtsOf} as districts
		${answered ? sql`, ${recommended(ctx)} as recommended` : sql``}
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = ${ctx.body.id} and ${sql.join(conditions, sql` and `)}
		order by p.date desc, p.id limit ${size + 1}`;
	return question(select, (rows) => {
		const papers = rows.slice(0, size);
		const last = rows.length > size ? papers.at(-1)! : null;
		return { papers, next: last && `${last.date}_${last.id}` };
	});
}

/** The same, asked at once. One query, up to six more where words are looked for. */
export async function paperList(ctx: Ctx, filter: ListFilter, size?: number): Promise<PaperList> {
	const typed = await typedCondition(ctx, filter.text, filter.text ? await findByNumber(ctx, filter.text) : []);
	return ask(ctx, papersAsked(ctx, filter, { typed, size }));
}

function conditionsOf(filter: ListFilter): RawBuilder<boolean>[] {
	const found: RawBuilder<boolean>[] = [];
	if (filter.type) found.push(sql`p.type_id = ${filter.type}`);
	if (filter.year)
		found.push(sql`p.date >= make_date(${filter.year}, 1, 1) and p.date < make_date(${filter.year + 1}, 1, 1)`);
	if (filter.department) found.push(sql`p.under_direction_of_id = ${filter.department}`);
	if (filter.state) found.push(sql`p.state = ${filter.state}`);
	if (filter.relevant) found.push(sql`p.integration_relevant = ${filter.relevant === 'ja'}`);
	if (filter.originator)
		found.push(sql`exists (select from papers.originator o where o.body_id = p.body_id and o.paper_id = p.id
			and o.organisation_id = ${filter.originator} and o.kind = 'originator')`);
	if (filter.topic)
		found.push(sql`exists (select from papers.paper_topic x where x.body_id = p.body_id and x.paper_id = p.id
			and x.topic_id = ${filter.topic})`);
	if (filter.district)
		found.push(sql`exists (select from papers.paper_district x where x.body_id = p.body_id and x.paper_id = p.id
			and x.district_id = ${filter.district})`);
	return found;
}

/**
 * What was typed: a number however written, words of the text in any of their forms, a piece of the title.
 * @param slugs of the papers whose number it is (`findByNumber`)
 */
export async function typedCondition(
	ctx: Ctx,
	text: string,
	slugs: readonly string[],
): Promise<RawBuilder<boolean> | null> {
	if (!text) return null;
	if (slugs.length) return sql<boolean>`p.slug = any (${[...slugs]}::text[])`;
	const { hits } = await search(ctx, { text, facets: { kind: ['papers.paper'] }, perPage: 100 });
	const ids = hits.map(({ id }) => id);
	const piece = `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
	return sql<boolean>`(p.id = any (${ids}::uuid[]) or p.title ilike ${piece})`;
}

/** Drafts of this actor, and those they were asked to write; the office sees all. Newest first. */
export function draftsAsked(ctx: Ctx): Question<PaperRow[]> {
	if (!may(ctx.actor, 'papers.write')) return known([]);
	const select = sql<PaperRow>`select p.slug, p.reference, p.state, p.title, t.name as type, p.public,
		p.modified_at::date::text as date, ${originatorsOf(ctx)} as originators
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = ${ctx.body.id} and p.state = 'draft' and ${readable(ctx)}
		order by p.modified_at desc, p.id limit 30`;
	return question(select, (rows) => rows);
}

/** Choices of the filter: only what occurs among papers that everybody may read. */
export interface FilterChoices {
	types: { id: string; name: string }[];
	departments: { id: string; name: string }[];
	originators: { id: string; name: string }[];
	topics: { id: string; name: string }[];
	districts: { id: string; name: string }[];
	firstYear: number | null;
	lastYear: number | null;
}

export function filterChoices(ctx: Ctx): Question<FilterChoices> {
	const body = ctx.body.id;
	const select = sql<FilterChoices>`select
		coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name_plural) order by t.position, t.name)
			from papers.paper_type t where t.body_id = ${body} and exists (select from papers.paper p
				where p.body_id = t.body_id and p.type_id = t.id and p.state <> 'draft' and p.public)), '[]') as types,
		coalesce((select json_agg(json_build_object('id', o.id, 'name', o.name) order by o.name) from registry.organisation o
			where o.body_id = ${body} and o.organisation_type = 'department' and exists (select from papers.paper p
				where p.body_id = o.body_id and p.under_direction_of_id = o.id and p.state <> 'draft' and p.public)), '[]')
			as departments,
		coalesce((select json_agg(json_build_object('id', o.id, 'name', o.name) order by o.name) from registry.organisation o
			where o.body_id = ${body} and exists (select from papers.originator r
				where r.body_id = o.body_id and r.organisation_id = o.id)), '[]') as originators,
		coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name) from registry.topic t
			where t.body_id = ${body} and exists (select from papers.paper_topic x
				where x.body_id = t.body_id and x.topic_id = t.id)), '[]') as topics,
		coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.position, t.name) from papers.district t
			where t.body_id = ${body} and exists (select from papers.paper_district x
				where x.body_id = t.body_id and x.district_id = t.id)), '[]') as districts,
		(select extract(year from p.date)::int from papers.paper p where p.body_id = ${body} and p.state <> 'draft'
			order by p.date limit 1) as "firstYear",
		(select extract(year from p.date)::int from papers.paper p where p.body_id = ${body} and p.state <> 'draft'
			order by p.date desc limit 1) as "lastYear"`;
	return question(select, ([row]) => row!);
}
