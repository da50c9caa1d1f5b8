import { generated } from '#kernel/http/generated.ts';
import { calendarOf } from '../../calendar.server.ts';
import { feedEntries } from '../../queries/feed.server.ts';
import type { RequestHandler } from './$types';

/** One session for the reader's own calendar. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const entries = await feedEntries(ctx, { slug: params.slug });
	const file = calendarOf(entries, { name: entries[0]!.bodyName, origin: url.origin, timeZone: ctx.body.timeZone });
	return generated(file, 'text/calendar; charset=utf-8', `sitzung-${params.slug}.ics`, true);
};
