import { meetingView } from '../../queries/meeting.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => ({
	meeting: await meetingView(ctx, params.slug),
});
