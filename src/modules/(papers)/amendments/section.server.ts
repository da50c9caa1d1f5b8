import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { readable } from '../paper/sight.server.ts';
import { baseOf } from './base.server.ts';
import { amendmentViews } from './queries.server.ts';
import type { AmendmentView } from './view.ts';

/** The part of a paper's page that tells of amendments. */
export interface AmendmentSection {
	/** Amendments of this paper, without their wording. */
	amendments: Pick<AmendmentView, 'slug' | 'reference' | 'title' | 'state'>[];
	/** Of an amendment: the paper it changes, and what it changes there. */
	amends: { slug: string; reference: string; title: string; own: AmendmentView } | null;
	mayPropose: boolean;
	versions: number;
	/** What was found in a Word file that has just been read. */
	read: { changes: number; comments: number; exact: boolean } | null;
}

/** One query, three more for an amendment. */
export async function section(
	ctx: Ctx,
	paper: { id: string; slug: string; state: string; reference: string | null; code: string },
	told: URLSearchParams,
): Promise<AmendmentSection> {
	const base = paper.code === 'amendment' ? await amendedBy(ctx, paper.id) : undefined;
	const own = base
		? (await amendmentViews(ctx, await baseOf(ctx, base.slug))).find(({ slug }) => slug === paper.slug)
		: undefined;
	const { rows: found } = await sql<{ versions: number; rows: AmendmentSection['amendments'] }>`select
		(select count(*)::int from papers.paper_version v where v.body_id = ${ctx.body.id} and v.paper_id = ${paper.id}) as versions,
		coalesce((select json_agg(json_build_object('slug', p.slug, 'reference', p.reference, 'title', p.title, 'state', p.state)
			order by p.suffix) from papers.amendment a join papers.paper p on p.body_id = a.body_id and p.id = a.paper_id
			where a.body_id = ${ctx.body.id} and a.base_id = ${paper.id} and ${readable(ctx)}), '[]') as rows`.execute(ctx.db);
	const { versions, rows } = found[0]!;
	return {
		amendments: rows,
		amends: base && own ? { ...base, own } : null,
		mayPropose: paper.state === 'filed' && may(ctx.actor, 'papers.write') && AMENDABLE.has(paper.code),
		versions,
		read: told.has('gelesen')
			? {
					changes: Number(told.get('gelesen')) || 0,
					comments: Number(told.get('kommentare')) || 0,
					exact: !told.has('andere'),
				}
			: null,
	};
}

/** What proposes a wording can be amended; an amendment of an amendment is an amendment of the first (rulebook, edge cases 3). */
const AMENDABLE = new Set(['motion', 'resolutionProposal', 'recommendation', 'positionPaper', 'other']);

async function amendedBy(ctx: Ctx, id: string) {
	const row = await ctx.db
		.selectFrom('papers.amendment as a')
		.innerJoin('papers.paper as p', (join) => join.onRef('p.body_id', '=', 'a.body_id').onRef('p.id', '=', 'a.base_id'))
		.select(['p.slug', 'p.reference', 'p.title'])
		.where('a.paper_id', '=', id)
		.where(readable(ctx))
		.executeTakeFirst();
	return row && { slug: row.slug, title: row.title, reference: row.reference ?? '' };
}
