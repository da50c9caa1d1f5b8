import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { latestOperations } from '#kernel/live/operations.ts';
import { itemLinks } from '../../../queries/slots.server.ts';
import { roomOf } from '../../../session/operations.server.ts';
import { voteActions } from '../../../votes/acts.server.ts';
import { isVoteKind } from '../../../votes/operations.server.ts';
import { meetingVotes } from '../../../votes/queries.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Motions, votes and elections of a session, item by item: members read, the office acts. */
export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx.actor, 'council.members');
	const votes = await meetingVotes(ctx, params.slug);
	const links = await itemLinks(
		ctx,
		votes.items.map(({ itemId: id }) => ({ id })),
	);
	return { votes, links, now: ctx.now.toString(), done: votes.mayEdit ? await lately(ctx, votes.id) : null };
};

/** What the reader did last, as long as nobody went on from there: a moment later it can still be taken back here. */
async function lately(ctx: Ctx, meetingId: string): Promise<{ seq: number; kind: string } | null> {
	const [last] = await latestOperations(ctx, roomOf(meetingId), 1);
	if (!last?.undoable || last.personId !== ctx.actor.personId || !isVoteKind(last.kind)) return null;
	if (ctx.now.since(last.at).total('minutes') > 5) return null;
	return { seq: last.seq, kind: last.kind };
}

export const actions: Actions = voteActions;
