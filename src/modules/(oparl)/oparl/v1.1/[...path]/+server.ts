import {
	answer,
	answerPacked,
	at,
	canonicalHost,
	moved,
	preflight,
	refuse,
	takesPacked,
} from '../../../serve/answer.server.ts';
import { read } from '../../../serve/read.server.ts';
import type { RequestHandler } from './$types';

/** A slash at the end is another spelling, which we lead on ourselves: for good (301), to every site. */
export const trailingSlash = 'ignore';

/** Everything that other programs read of the town (OParl 1.1). One address for each thing: others lead there. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, request, url }) => {
	const host = canonicalHost(ctx.body.hosts, url);
	if (host) return moved(url.protocol, host, url.pathname, url.search);
	const packed = takesPacked(ctx.body.hosts, url, request.headers.get('accept-encoding'));
	const found = await read(ctx, params.path, url.searchParams, packed ? url.origin : undefined);
	const one = at('', `/${params.path}`);
	const stands = 'json' in found || 'gzip' in found;
	if (stands && url.pathname !== one) return moved(url.protocol, url.host, one, url.search);
	if ('json' in found) return answer(found.json, url.origin);
	if ('gzip' in found) return answerPacked(found.gzip);
	if ('moved' in found) return moved(url.protocol, url.host, at('', `/${found.moved}`), url.search);
	return refuse(found.status, found.message, found.debug);
};

export const OPTIONS: RequestHandler = preflight;
