import { may } from '#kernel/access/actor.ts';
import { callOpen, entryRules } from '../../entry/queries.server.ts';
import { missedCommitments } from '../../planning/guests/queries.server.ts';
import { bodyView } from '../../queries/bodies.server.ts';
import { meetingRows } from '../../queries/meetings.server.ts';
import { publicStructure } from '../../structure/public.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const body = await bodyView(ctx, params.slug);
	return {
		body,
		structure: await publicStructure(ctx, body),
		meetings: await meetingRows(ctx, { body: params.slug, limit: 10 }),
		missed: may(ctx.actor, 'council.convene', body.id) ? await missedCommitments(ctx, body.id) : [],
		mayConvene: may(ctx.actor, 'council.convene', body.id),
		entry: {
			callOpen: callOpen(await entryRules(ctx, body.id), ctx.today),
			member: may(ctx.actor, 'council.onboarding', body.id),
			office: may(ctx.actor, 'council.edit', body.id),
		},
	};
};
