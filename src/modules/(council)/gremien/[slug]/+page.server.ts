import { may } from '#kernel/access/actor.ts';
import { callOpen, entryRules } from '../../entry/queries.server.ts';
import { promisesOf } from '../../planning/guests/promises.server.ts';
import { bodyView } from '../../queries/bodies.server.ts';
import { meetingRows } from '../../queries/meetings.server.ts';
import { MISSED_TO_TELL } from '../../session/commitments.server.ts';
import { publicStructure } from '../../structure/public.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const body = await bodyView(ctx, params.slug);
	return {
		body,
		structure: await publicStructure(ctx, body),
		meetings: await meetingRows(ctx, { body: params.slug, limit: 10 }),
		missed: may(ctx.actor, 'council.convene', body.id)
			? (await promisesOf(ctx, body.id)).filter(({ inARow }) => inARow.length >= MISSED_TO_TELL)
			: [],
		mayConvene: may(ctx.actor, 'council.convene', body.id),
		entry: {
			callOpen: callOpen(await entryRules(ctx, body.id), ctx.today),
			member: may(ctx.actor, 'council.onboarding', body.id),
			office: may(ctx.actor, 'council.edit', body.id),
		},
	};
};
