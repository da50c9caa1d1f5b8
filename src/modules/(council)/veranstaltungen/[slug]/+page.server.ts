import { eventView } from '../../planning/events/queries.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => ({
	event: await eventView(ctx, params.slug),
});
