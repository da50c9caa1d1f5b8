import * as m from '#messages';
import { generated } from '#kernel/http/generated.ts';
import { calendarOf } from '../calendar.server.ts';
import { feedDates, feedEntries } from '../queries/feed.server.ts';
import type { RequestHandler } from './$types';

/** All public sessions, and the dates named in them, as a calendar to subscribe to; `?gremium=<slug>` for one body's. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	const body = url.searchParams.get('gremium') || undefined;
	const entries = await feedEntries(ctx, { body });
	const name = m.council_ics_name({ name: (body && entries[0]?.bodyName) || ctx.body.name });
	const dates = await feedDates(ctx, { body });
	const file = calendarOf(entries, { name, origin: url.origin, timeZone: ctx.body.timeZone, dates });
	return generated(file, 'text/calendar; charset=utf-8', 'sitzungen.ics');
};
