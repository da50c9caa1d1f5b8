import { bodyView } from '../../queries/bodies.server.ts';
import { meetingRows } from '../../queries/meetings.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const body = await bodyView(ctx, params.slug);
	return { body, meetings: await meetingRows(ctx, { body: params.slug, limit: 10 }) };
};
