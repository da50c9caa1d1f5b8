import { may } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { planningPart } from '../../planning/part.server.ts';
import { sessionDoors } from '../../agenda/invitation.server.ts';
import { meetingWithLinks } from '../../queries/meeting.server.ts';
import { objectionsBefore } from '../../minutes/objection-queries.server.ts';
import { liveView } from '../../session/live.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const { meeting, links } = await meetingWithLinks(ctx, params.slug);
	const soon = meeting.date === ctx.today.toString() && !meeting.cancelled && meeting.state !== 'minutesSigned';
	const watched = meeting.state === 'running' || (soon && meeting.state !== 'takenOver');
	return {
		meeting: new ServerOnly(meeting),
		/** What happens now: while it runs, and on its day. */
		live: watched ? ((await liveView(ctx, params.slug)) ?? null) : null,
		doors: await sessionDoors(ctx, meeting),
		mayRun: may(ctx.actor, 'council.edit', meeting.body.id),
		objections: await objectionsBefore(ctx, meeting),
		planning: await planningPart(ctx, meeting),
		links: new ServerOnly(links),
	};
};
