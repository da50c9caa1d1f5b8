import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { readable } from '../paper/sight.server.ts';
import { sessionChoices } from './agenda.server.ts';
import { findingsOf } from './checks.server.ts';
import { bodyChoices, outcomeRows, wayOf } from './queries.server.ts';
import { removedStations } from './removed.server.ts';
import { mayArrange } from './stations.server.ts';
import type { StatuteRow, WorkView } from './work-view.ts';

interface PaperRow {
	id: string;
	slug: string;
	reference: string | null;
	title: string;
	state: 'draft' | 'filed' | 'withdrawn';
	public: boolean;
	own: boolean;
	operative: TextDocument;
	statutes: StatuteRow[];
}

/** Everything about the way of a paper for who works with it. @throws NotFound for a paper they may not read */
export async function workView(ctx: Ctx, slug: string): Promise<WorkView & { operative: TextDocument }> {
	const { rows } = await sql<PaperRow>`select p.id, p.slug, p.reference, p.title, p.state, p.public,
		coalesce(p.created_by = ${ctx.actor.personId}::uuid, false) as own, p.operative,
		coalesce((select json_agg(json_build_object('councilBodyId', s.council_body_id, 'body', o.name, 'slug', k.slug,
			'inForceOn', s.in_force_on, 'title', s.statute_title, 'made', s.profile_id is not null) order by s.in_force_on)
			from papers.statute_change s join registry.organisation o on o.body_id = s.body_id and o.id = s.council_body_id
			join council.council_body k on k.body_id = s.body_id and k.id = s.council_body_id
			where s.body_id = p.body_id and s.paper_id = p.id), '[]') as statutes
		from papers.paper p where p.body_id = ${ctx.body.id} and p.slug = ${slug} and ${readable(ctx)}`.execute(ctx.db);
	const row = rows[0];
	if (!row) throw new NotFound('paper');
	const { id, own, operative, statutes, ...paper } = row;
	const stations = await wayOf(ctx, id);
	const councilBodies = stations.flatMap(({ bodies, state }) =>
		state === 'planned' ? bodies.map((body) => body.id) : [],
	);
	const arranges = mayArrange(ctx, { state: paper.state, own }) && paper.state !== 'withdrawn';
	return {
		paper,
		operative,
		stations,
		statutes,
		outcomes: await outcomeRows(ctx, id),
		findings: await findingsOf(ctx, id, stations),
		bodies: await bodyChoices(ctx),
		sessions: await sessionChoices(ctx, [...new Set(councilBodies.filter(Boolean))]),
		removed: arranges ? await removedStations(ctx, id) : [],
		mayArrange: arranges,
		mayEdit: may(ctx.actor, 'papers.edit'),
		mayApprove: may(ctx.actor, 'papers.outcome'),
		mayConvene: may(ctx.actor, 'council.convene'),
	};
}
