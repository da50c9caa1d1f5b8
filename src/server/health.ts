/** For watchers and load balancers, under any host name. Answers say nothing but their one word, and are never kept. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { runtime } from '#kernel/runtime.ts';
import type { BeforeKit } from './before-kit.ts';

/** A database that does not answer in this time is away, in milliseconds. */
const PATIENCE = 3000;

/**
 * `/health/live`: the process answers. `/health/ready` (and `/health`): it reaches its database and is not about to stop, so
 * it may be given requests.
 */
export const health: BeforeKit = (req, res) => {
	const path = req.url?.split('?', 1)[0];
	if (path === '/health/live') return say(req, res, 200, 'ok');
	if (path !== '/health' && path !== '/health/ready') return false;
	if (runtime().stopping.signal.aborted) return say(req, res, 503, 'stopping');
	return databaseAnswers().then((ok) => say(req, res, ok ? 200 : 503, ok ? 'ok' : 'database unreachable'));
};

async function databaseAnswers(): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, PATIENCE, false)));
	const asked = runtime()
		.pool.query('select 1')
		.then(
			() => true,
			() => false,
		);
	return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

function say(req: IncomingMessage, res: ServerResponse, status: number, word: string): true {
	if (req.method !== 'GET' && req.method !== 'HEAD') {
		res.writeHead(405, { allow: 'GET, HEAD', 'cache-control': 'no-store' }).end();
		return true;
	}
	const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
	res.writeHead(status, headers).end(req.method === 'HEAD' ? undefined : `${word}\n`);
	return true;
}
