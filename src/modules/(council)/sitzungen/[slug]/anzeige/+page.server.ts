import { NotFound } from '#kernel/errors.ts';
import { meetingView } from '../../../queries/meeting.server.ts';
import { liveView } from '../../../session/live.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const live = await liveView(ctx, params.slug);
	if (!live) throw new NotFound('session');
	const { number, kind, public: open, body, items } = await meetingView(ctx, params.slug);
	const next = items.find((item) => item.public && !item.hidden && !item.result && item.id !== live.item?.id);
	return {
		live,
		meeting: { number, kind, public: open, body: body.name },
		next: live.item || live.closedAt ? null : (next?.title ?? null),
	};
};
