import { ServerOnly } from '#kernel/http/server-only.ts';
import { meetingView } from '../../queries/meeting.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => ({
	meeting: new ServerOnly(await meetingView(ctx, params.slug)),
});
