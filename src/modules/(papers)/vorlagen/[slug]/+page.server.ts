import { ServerOnly } from '#kernel/http/server-only.ts';
import { paperView } from '../../paper/queries.server.ts';
import { answersSection } from '../../statement/section.server.ts';
import type { PageServerLoad } from './$types';

/** The paper itself, and beside it one section of each room (docs/papers.md). */
export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const paper = await paperView(ctx, params.slug);
	const answers = await answersSection(ctx, paper);
	return { paper: new ServerOnly(paper), answers: new ServerOnly(answers) };
};
