import { csv } from '#kernel/http/csv.ts';
import { publicTasks, TASK_COLUMNS } from '../queries/task-export.server.ts';
import type { RequestHandler } from './$types';

/** Public tasks as a table for other programs. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) =>
	csv('aufgaben.csv', await publicTasks(ctx, url.origin), [...TASK_COLUMNS]);
