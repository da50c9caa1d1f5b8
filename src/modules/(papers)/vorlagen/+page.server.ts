import { may } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { paperRows } from '../paper/queries.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
	papers: new ServerOnly(await paperRows(ctx)),
	mayWrite: may(ctx.actor, 'papers.write'),
});
