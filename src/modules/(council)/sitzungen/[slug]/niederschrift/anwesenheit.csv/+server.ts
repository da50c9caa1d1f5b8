import { csv } from '#kernel/http/csv.ts';
import { formatTime } from '#kernel/i18n/format.ts';
import { allowanceList } from '../../../../minutes/allowance.server.ts';
import type { RequestHandler } from './$types';

const COLUMNS = ['seat', 'name', 'organisation', 'substituteFor', 'status', 'from', 'until', 'date', 'body'] as const;

/** Who is to be paid for a session, as a table for the treasury. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	const { rows, slug, date } = await allowanceList(ctx, params.slug);
	// Times as the clock of the town showed them: nobody in a treasury counts in UTC.
	const clock = (instant: string | null) => (instant ? formatTime(instant, 'de', ctx.body.timeZone) : '');
	const table = rows.map(({ seatNumber, from, until, ...row }) => ({
		seat: seatNumber,
		...row,
		from: clock(from),
		until: clock(until),
		date,
	}));
	return csv(`anwesenheit-${slug}.csv`, table, [...COLUMNS]);
};
