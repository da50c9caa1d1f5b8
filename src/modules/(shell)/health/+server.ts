import { runtime } from '#kernel/runtime.ts';
import type { RequestHandler } from './$types';

/** For watchers and load balancers: does this process reach its database? Says nothing else. */
export const GET: RequestHandler = async () => {
	const ok = await runtime()
		.pool.query('select 1')
		.then(
			() => true,
			() => false,
		);
	const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
	return new Response(ok ? 'ok\n' : 'database unreachable\n', { status: ok ? 200 : 503, headers });
};
