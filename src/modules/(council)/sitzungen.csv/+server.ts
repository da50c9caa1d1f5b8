import { csv } from '#kernel/http/csv.ts';
import { publicResults, RESULT_COLUMNS, resultRows } from '../queries/results.server.ts';
import type { RequestHandler } from './$types';

/** Public sessions with their results as a table for other programs: one line per agenda item and vote. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) =>
	csv('sitzungen.csv', resultRows(await publicResults(ctx), url.origin), [...RESULT_COLUMNS]);
