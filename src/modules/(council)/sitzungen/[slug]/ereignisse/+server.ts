import { NotFound } from '#kernel/errors.ts';
import { liveResponse } from '#kernel/live/subscribe.ts';
import { visibleSession } from '../../../session/live.server.ts';
import type { RequestHandler } from './$types';

/** Says when this session changed, to everybody who may know of it. The page loads itself anew then. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, request }) => {
	const id = await visibleSession(ctx, params.slug);
	if (!id) throw new NotFound('session');
	return liveResponse(ctx, request, { kinds: ['council.meeting'], ids: [id] });
};
