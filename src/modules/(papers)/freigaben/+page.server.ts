import { demand } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { pendingApprovals, recentApprovals } from '../approvals/queries.server.ts';
import type { PageServerLoad } from './$types';

/** Everything that waits for the mayor, in one list; the office sees it, too, and enters what was signed on paper. */
export const load: PageServerLoad = async ({ locals: { ctx } }) => {
	demand(ctx.actor, 'papers.involvement.approve');
	const [pending, recent] = await Promise.all([pendingApprovals(ctx), recentApprovals(ctx)]);
	return { pending: new ServerOnly(pending), recent: new ServerOnly(recent), today: ctx.today.toString() };
};
