import { ServerOnly } from '#kernel/http/server-only.ts';
import { section as amendmentSection } from '../../amendments/section.server.ts';
import { paperView } from '../../paper/queries.server.ts';
import type { PageServerLoad } from './$types';

/** The paper itself, and beside it one section of each room (docs/papers.md). */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const paper = await paperView(ctx, params.slug);
	const amendments = await amendmentSection(ctx, paper, url.searchParams);
	return { paper: new ServerOnly(paper), amendments: new ServerOnly(amendments) };
};
