import { sql } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import { ask, together } from '#kernel/db/questions.ts';
import { NotFound } from '#kernel/errors.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { amendmentsAsked, baseAsked } from '../../../amendments/base.server.ts';
import { amendmentViews } from '../../../amendments/queries.server.ts';
import type { PageServerLoad } from './$types';

/** All amendments of a paper with what they change, and where they collide. */
export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const which = sql<boolean>`p.slug = ${params.slug}`;
	const id = sql`(select b.id from papers.paper b where b.body_id = ${ctx.body.id} and b.slug = ${params.slug})`;
	const { base, rows } = await ask(ctx, together({ base: baseAsked(ctx, which), rows: amendmentsAsked(ctx, id) }));
	if (!base) throw new NotFound('paper');
	return {
		base: { slug: base.slug, reference: base.reference, title: base.title, version: base.version },
		amendments: new ServerOnly(amendmentViews(base, rows)),
		mayPropose: base.state === 'filed' && may(ctx.actor, 'papers.write'),
		mayMerge: may(ctx.actor, 'papers.edit'),
	};
};
