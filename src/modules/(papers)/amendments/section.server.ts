import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, question, together, type Question } from '#kernel/db/questions.ts';
import { readable } from '../paper/sight.server.ts';
import { amendmentsAsked, baseAsked } from './base.server.ts';
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

type Found = Pick<AmendmentSection, 'amendments' | 'versions'>;

export function section(
	ctx: Ctx,
	paper: { id: string; slug: string; state: string; code: string },
	told: URLSearchParams,
): Question<AmendmentSection> {
	const select = sql<Found>`select
		(select count(*)::int from papers.paper_version v where v.body_id = ${ctx.body.id} and v.paper_id = ${paper.id}) as versions,
		coalesce((select json_agg(json_build_object('slug', p.slug, 'reference', p.reference, 'title', p.title, 'state', p.state)
			order by p.suffix) from papers.amendment a join papers.paper p on p.body_id = a.body_id and p.id = a.paper_id
			where a.body_id = ${ctx.body.id} and a.base_id = ${paper.id} and ${readable(ctx)}), '[]') as amendments`;
	const asked = together({
		found: question(select, ([row]) => row!),
		amends: paper.code === 'amendment' ? amendsAsked(ctx, paper) : known(null),
	});
	return answeredAs(asked, ({ found, amends }) => ({
		...found,
		amends,
		mayPropose: paper.state === 'filed' && may(ctx.actor, 'papers.write') && AMENDABLE.has(paper.code),
		read: told.has('gelesen')
			? {
					changes: Number(told.get('gelesen')) || 0,
					comments: Number(told.get('kommentare')) || 0,
					exact: !told.has('andere'),
				}
			: null,
	}));
}

/** What proposes a wording can be amended; an amendment of an amendment is an amendment of the first (rulebook, edge cases 3). */
const AMENDABLE = new Set(['motion', 'resolutionProposal', 'recommendation', 'positionPaper', 'other']);

/** The paper that an amendment changes, and what it changes there, for who may read both. */
function amendsAsked(ctx: Ctx, paper: { id: string; slug: string }): Question<AmendmentSection['amends']> {
	const base = sql<string>`(select x.base_id from papers.amendment x where x.body_id = ${ctx.body.id} and x.paper_id = ${paper.id})`;
	const asked = together({ base: baseAsked(ctx, sql<boolean>`p.id = ${base}`), rows: amendmentsAsked(ctx, base) });
	return answeredAs(asked, ({ base: found, rows }) => {
		const own = found && amendmentViews(found, rows).find(({ slug }) => slug === paper.slug);
		return own ? { slug: found.slug, title: found.title, reference: found.reference, own } : null;
	});
}
