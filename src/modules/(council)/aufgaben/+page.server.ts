import { taskRows } from '../queries/tasks.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const done = url.searchParams.get('stand') === 'erledigt';
	return { tasks: await taskRows(ctx, { state: done ? 'done' : 'open' }), done };
};
