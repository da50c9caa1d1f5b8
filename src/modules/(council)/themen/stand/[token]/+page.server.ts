import { topicByToken } from '../../../planning/topics/queries.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, setHeaders, url }) => {
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
	return { topic: await topicByToken(ctx, params.token), fresh: url.searchParams.has('neu') };
};
