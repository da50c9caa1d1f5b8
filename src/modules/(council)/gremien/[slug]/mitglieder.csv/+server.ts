import { csv } from '#kernel/http/csv.ts';
import { memberRows } from '../../../queries/members.server.ts';
import type { RequestHandler } from './$types';

/** Members of a body with their seats and days, as a table for other programs (GRE-04). */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	const rows = await memberRows(ctx, params.slug);
	return csv(`mitglieder-${params.slug}.csv`, rows);
};
