import { demand } from '#kernel/access/actor.ts';
import { voteActions } from '../../../votes/acts.server.ts';
import { meetingVotes } from '../../../votes/queries.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Motions, votes and elections of a session, item by item: members read, the office acts. */
export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx.actor, 'council.members');
	return { votes: await meetingVotes(ctx, params.slug) };
};

export const actions: Actions = voteActions;
