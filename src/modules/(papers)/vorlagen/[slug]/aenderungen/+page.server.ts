import { may } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { baseOf } from '../../../amendments/base.server.ts';
import { amendmentViews } from '../../../amendments/queries.server.ts';
import type { PageServerLoad } from './$types';

/** All amendments of a paper with what they change, and where they collide. */
export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const base = await baseOf(ctx, params.slug);
	return {
		base: { slug: base.slug, reference: base.reference, title: base.title, version: base.version },
		amendments: new ServerOnly(await amendmentViews(ctx, base)),
		mayPropose: base.state === 'filed' && may(ctx.actor, 'papers.write'),
		mayMerge: may(ctx.actor, 'papers.edit'),
	};
};
