import { answer, at, preflight, refuse } from '../../../serve/answer.server.ts';
import { read } from '../../../serve/read.server.ts';
import type { RequestHandler } from './$types';

/** Everything that other programs read of the town (OParl 1.1). One address for each thing: others lead there. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const found = await read(ctx, params.path, url.searchParams);
	if ('json' in found) return answer(found.json, url.origin);
	if ('moved' in found) {
		const location = at(url.origin, `/${found.moved}`) + url.search;
		return new Response(null, { status: 301, headers: { location, 'access-control-allow-origin': '*' } });
	}
	return refuse(found.status, found.message, found.debug);
};

export const OPTIONS: RequestHandler = preflight;
