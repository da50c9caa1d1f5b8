import { generated } from '#kernel/http/generated.ts';
import { calendarFeed } from '#kernel/mail/ics.ts';
import { icsOfEvent } from '../../planning/events/calendar.server.ts';
import { eventView } from '../../planning/events/queries.server.ts';
import type { RequestHandler } from './$types';

/** One event for the reader's own calendar. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const event = await eventView(ctx, params.slug);
	const file = calendarFeed({
		name: event.title,
		url: url.href,
		timeZone: ctx.body.timeZone,
		events: [icsOfEvent(ctx, event, url.origin)],
	});
	return generated(file, 'text/calendar; charset=utf-8', `${event.slug}.ics`, true);
};
