import { demand } from '#kernel/access/actor.ts';
import { modelOf } from '../entry/ui/models.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'council.setUp');
	return { chosen: modelOf(url.searchParams.get('form'))?.key ?? null };
};
