import { csv } from '#kernel/http/csv.ts';
import { allowanceList } from '../../../../minutes/allowance.server.ts';
import type { RequestHandler } from './$types';

const COLUMNS = ['seat', 'name', 'organisation', 'substituteFor', 'status', 'from', 'until', 'date', 'body'] as const;

/** Who is to be paid for a session, as a table for the treasury. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	const { rows, slug, date, body } = await allowanceList(ctx, params.slug);
	const table = rows.map(({ seatNumber, ...row }) => ({ seat: seatNumber, ...row, date, body }));
	return csv(`anwesenheit-${slug}.csv`, table, [...COLUMNS]);
};
