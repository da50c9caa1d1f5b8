import { generated } from '#kernel/http/generated.ts';
import { publicResults } from '../queries/results.server.ts';
import type { RequestHandler } from './$types';

/** Public sessions with their results for other programs. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	const meetings = (await publicResults(ctx)).map(({ path, ...meeting }) => ({
		...meeting,
		url: `${url.origin}${path}`,
	}));
	return generated(JSON.stringify({ town: ctx.body.name, meetings }), 'application/json', 'sitzungen.json');
};
