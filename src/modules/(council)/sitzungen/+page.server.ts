import { may } from '#kernel/access/actor.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { bodyRows } from '../queries/bodies.server.ts';
import { meetingRows, meetingYears } from '../queries/meetings.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const year = Number(url.searchParams.get('jahr')) || undefined;
	const body = url.searchParams.get('gremium') || undefined;
	const chosen = year !== undefined || body !== undefined;
	const [coming, past, years, bodies] = await Promise.all([
		year ? [] : meetingRows(ctx, { when: 'coming', body }),
		year ? meetingRows(ctx, { year, body }) : meetingRows(ctx, { when: 'past', body, limit: chosen ? 500 : 40 }),
		meetingYears(ctx),
		bodyRows(ctx),
	]);
	return {
		coming: new ServerOnly(coming),
		past: new ServerOnly(past),
		years,
		bodies,
		year: year ?? null,
		body: body ?? null,
		mayConvene: may(ctx.actor, 'council.convene'),
	};
};
