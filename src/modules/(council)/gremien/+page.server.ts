import { may } from '#kernel/access/actor.ts';
import { bodyRows } from '../queries/bodies.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
	bodies: await bodyRows(ctx),
	mayChange: may(ctx.actor, 'council.structure'),
});
