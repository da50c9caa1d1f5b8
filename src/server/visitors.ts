/** Pages for visitors: which requests ask for one, what they ask, and how the answer is sent. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { runtime } from '#kernel/runtime.ts';
import type { BeforeKit } from './before-kit.ts';
import { clientAddress } from './forwarded.ts';
import { addressOf, split } from './public-pages.ts';
import { askApplication, bytesOf, type Application, type Asked } from './render-whole.ts';

/** Renders here what no thread has taken (page-threads.ts), in the same way. */
export function inPlace(application: Application): BeforeKit {
	return (req, res) => isVisitorsPage(req) && answer(application, req, res);
}

async function answer(application: Application, req: IncomingMessage, res: ServerResponse): Promise<true> {
	const response = await askApplication(application, askedBy(req));
	const { status, body: stream } = response;
	const headers = [...response.headers];
	const body = bytesOf(response);
	if (body) writeWhole(res, { status, headers, body });
	else {
		res.writeHead(status, headers.flat());
		if (!stream) res.end();
		// A reader who leaves is no failure, and a source that fails half-way has cut the answer off already.
		else await pipeline(Readable.fromWeb(stream as WebStream), res).catch(() => undefined);
	}
	return true;
}

/** What programs read of the town's records; whatever kind of answer they accept, it is JSON. */
const FOR_PROGRAMS = '/oparl/';

/**
 * What anybody may see: a page asked for by a browser, records asked for by a program. Files, streams and everything with a
 * cookie stay in the main thread.
 */
export function isVisitorsPage({ method, headers, url = '/' }: IncomingMessage): boolean {
	if (method !== 'GET' || headers.cookie !== undefined || headers.authorization !== undefined) return false;
	const [path] = split(url);
	if (path.startsWith(FOR_PROGRAMS)) return true;
	const isFile = /\.[^/]*$|^\/(?:_|dateien\/|api\/)/.test(path);
	return !isFile && (headers.accept ?? '').includes('text/html');
}

export function askedBy(req: IncomingMessage): Asked {
	const { protocol, host } = addressOf(req);
	return {
		url: `${protocol}//${host}${req.url ?? '/'}`,
		headers: Object.entries(req.headers).flatMap(([name, value]) =>
			value === undefined || HOP.has(name) ? [] : [[name, String(value)] as [string, string]],
		),
		address: clientAddress(req, runtime().config),
	};
}

/** Headers of the connection, which is not the thread's. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'expect']);

export interface Whole {
	status: number;
	headers: [string, string][];
	body: Uint8Array;
}

export function writeWhole(res: ServerResponse, { status, headers, body }: Whole): void {
	res.writeHead(status, [...headers.flat(), 'content-length', String(body.length)]).end(body);
}
