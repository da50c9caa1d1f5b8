import { demand, may } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { matterList } from '../involvement/list.server.ts';
import type { PageServerLoad } from './$types';

const SHOWN = ['offen', 'relevant', 'alle'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.involvement');
	const shown = SHOWN.find((word) => word === url.searchParams.get('zeige')) ?? 'offen';
	const { matters, next } = await matterList(ctx, shown, url.searchParams.get('nach'));
	return {
		matters: new ServerOnly(matters),
		next,
		shown,
		mayOpen: may(ctx.actor, 'papers.involvement.open'),
	};
};
