import { personalCalendar } from '../../member/calendar.server.ts';
import type { RequestHandler } from './$types';

/** A member's own dates; whoever has the address reads them, so nothing on the way may keep it. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) =>
	new Response(await personalCalendar(ctx, params.token, url), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'cache-control': 'no-store',
			'x-robots-tag': 'noindex',
		},
	});
