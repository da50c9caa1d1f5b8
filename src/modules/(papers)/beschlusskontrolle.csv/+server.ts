import { csv } from '#kernel/http/csv.ts';
import { CONTROL_COLUMNS, controlExport } from '../duties/control/output.server.ts';
import type { RequestHandler } from './$types';

/** The public part of a quarter's list as a table for other programs. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) =>
	csv('beschlusskontrolle.csv', await controlExport(ctx, url), [...CONTROL_COLUMNS]);
