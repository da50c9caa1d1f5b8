import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { ask, question, type Question } from '#kernel/db/questions.ts';
import { NotFound } from '#kernel/errors.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { readable } from '../paper/sight.server.ts';
import type { PaperState } from '../view.ts';

/** A paper with its version in force; a draft has none yet: 0, and its text as it is. */
export interface Base {
	id: string;
	slug: string;
	reference: string;
	title: string;
	state: PaperState;
	code: string;
	version: number;
	operative: TextDocument;
}

type Reader = Pick<Ctx, 'db' | 'body' | 'actor' | 'today'>;

/** The paper that is to be amended, for who may read it. One query. @throws NotFound */
export async function baseOf(ctx: Reader, slug: string): Promise<Base> {
	const base = await ask(ctx, baseAsked(ctx, sql<boolean>`p.slug = ${slug}`));
	if (!base) throw new NotFound('paper');
	return base;
}

/** The paper `p` that a condition names, to be asked with more; none where this reader may not know of it. */
export function baseAsked(ctx: Reader, which: RawBuilder<boolean>): Question<Base | undefined> {
	const select = sql<Base>`select p.id, p.slug, coalesce(p.reference, p.title) as reference, p.title, p.state, t.code,
			coalesce(v.number, 0) as version, coalesce(v.operative, p.operative) as operative
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		left join lateral (select number, operative from papers.paper_version v
			where v.body_id = p.body_id and v.paper_id = p.id order by number desc limit 1) v on true
		where p.body_id = ${ctx.body.id} and ${which} and ${readable(ctx)}`;
	return question(select, ([base]) => base);
}

export interface AmendmentRow {
	paperId: string;
	slug: string;
	reference: string | null;
	title: string;
	state: PaperState;
	/** ISO day of the paper. */
	day: string | null;
	originators: string[];
	baseVersion: number;
	source: 'form' | 'word';
	/** The version in which what became of it was taken over; null while nothing was. */
	settled: number | null;
	proposed: TextDocument;
	/** The text it was written on. */
	written: TextDocument;
}

/** Amendments of a paper that this actor may read, by their numbers, own drafts last. One query. */
export function amendmentRows(ctx: Reader, baseId: string): Promise<AmendmentRow[]> {
	return ask(ctx, amendmentsAsked(ctx, sql`${baseId}`));
}

/** The same, to be asked with more. @param base select of the paper's id */
export function amendmentsAsked(ctx: Reader, base: RawBuilder<unknown>): Question<AmendmentRow[]> {
	const select = sql<AmendmentRow>`select p.id as "paperId", p.slug, p.reference, p.title, p.state, p.date::text as day,
		a.base_version as "baseVersion", a.source,
		(select w.taken_version from papers.wording_merge w where w.body_id = a.body_id and w.paper_id = a.base_id
			and w.taken_version is not null and w.closed_at >= p.filed_at order by w.closed_at limit 1) as settled, a.proposed, v.operative as written,
		coalesce((select json_agg(coalesce(o.name, concat_ws(' ', nullif(q.given_name, ''), q.family_name)) order by r.position)
			from papers.originator r
			left join registry.organisation o on o.body_id = r.body_id and o.id = r.organisation_id
			left join registry.person q on q.body_id = r.body_id and q.id = r.person_id
			where r.body_id = p.body_id and r.paper_id = p.id and r.kind = 'originator' and r.left_on is null), '[]') as originators
		from papers.amendment a join papers.paper p on p.body_id = a.body_id and p.id = a.paper_id
		join papers.paper_version v on v.body_id = a.body_id and v.paper_id = a.base_id and v.number = a.base_version
		where a.body_id = ${ctx.body.id} and a.base_id = ${base} and ${readable(ctx)}
		order by p.suffix nulls last, p.id`;
	return question(select, (rows) => rows);
}

/** Slug of the paper that this amendment changes, for who may read both; none for other papers. One query. */
export async function amendedSlug(ctx: Reader, slug: string): Promise<string | undefined> {
	const { rows } = await sql<{ slug: string }>`select p.slug from papers.amendment a
		join papers.paper own on own.body_id = a.body_id and own.id = a.paper_id
		join papers.paper p on p.body_id = a.body_id and p.id = a.base_id
		where a.body_id = ${ctx.body.id} and own.slug = ${slug} and ${readable(ctx)}`.execute(ctx.db);
	return rows[0]?.slug;
}

/** The wording that a version of the paper has. One query. @throws NotFound */
export async function versionOf(ctx: Pick<Ctx, 'db'>, base: Base, number: number): Promise<Base> {
	const row = await ctx.db
		.selectFrom('papers.paper_version')
		.select('operative')
		.where('paper_id', '=', base.id)
		.where('number', '=', number)
		.executeTakeFirst();
	if (!row) throw new NotFound('version');
	return { ...base, version: number, operative: row.operative as TextDocument };
}
