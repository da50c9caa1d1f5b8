/** Every request is numbered, counted and timed; if wished, logged. Nothing here holds an address, a name or a query string. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { count, took } from '#kernel/observe/metrics.ts';
import { beginSpan, readTraceparent, within, type Span } from '#kernel/observe/trace.ts';
import { watched, type Watched } from '#kernel/observe/watched.ts';

export interface Observing {
	/** A proxy's own number for a request is taken over from a trusted one only. */
	trustProxy: number;
	/** One line for each request. */
	log?: (line: Record<string, string | number | null>) => void;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const ID = /^[\w.-]{8,64}$/;

/** Runs the answering of a request under watch. Its headers are settled already. */
export function observe(
	req: IncomingMessage,
	res: ServerResponse,
	{ trustProxy, log }: Observing,
	work: () => Promise<void>,
): Promise<void> {
	const begin = performance.now();
	const method = METHODS.has(req.method ?? '') ? req.method! : 'OTHER';
	const parent = readTraceparent(req.headers.traceparent as string | undefined);
	const span = beginSpan({ name: method, kind: 'server', parent });
	const trace = span?.traceId ?? parent?.traceId ?? null;
	const request: Watched = { id: idOf(req, trustProxy), trace, route: null, queries: 0 };
	res.setHeader('x-request-id', request.id);
	const isAsset = req.url?.startsWith('/_app/') ?? false;
	res.once('close', () => {
		const route = request.route ?? unrendered(isAsset, res.statusCode);
		const seconds = (performance.now() - begin) / 1000;
		// A reader who went away before the answer has no status.
		const status = res.headersSent ? String(res.statusCode) : 'none';
		count('mitrat_http_requests_total', { method, route, status });
		// A stream of events lasts as long as its reader stays: that is no duration of an answer.
		if (!isStream(res)) took('mitrat_http_request_duration_seconds', { route }, seconds);
		if (request.queries) count('mitrat_sql_queries_total', { route }, request.queries);
		if (span) endOf(span, request, { method, route, status });
		log?.(lineOf(request, { method, route, status, ms: Math.round(seconds * 1000) }));
	});
	return watched(request, () => within(span, work));
}

function endOf(
	span: Span,
	{ id, queries }: Watched,
	{ method, route, status }: Record<'method' | 'route' | 'status', string>,
) {
	span.name(`${method} ${route}`);
	span.set({ 'http.request.method': method, 'mitrat.request': id, 'mitrat.queries': queries });
	if (route.startsWith('/')) span.set({ 'http.route': route });
	if (status === 'none') span.failed('aborted');
	else span.set({ 'http.response.status_code': Number(status) });
	if (status.startsWith('5')) span.failed(status);
	span.end();
}

function lineOf({ id, trace, queries }: Watched, rest: Record<string, string | number>) {
	return { at: new Date().toISOString(), level: 'info', request: id, ...(trace && { trace }), ...rest, queries };
}

/** Answered without a page being rendered. */
function unrendered(isAsset: boolean, status: number): string {
	if (isAsset) return 'assets';
	return status === 200 || status === 304 ? 'kept' : 'none';
}

function isStream(res: ServerResponse): boolean {
	return String(res.getHeader('content-type')).startsWith('text/event-stream');
}

function idOf({ headers }: IncomingMessage, trustProxy: number): string {
	const given = trustProxy ? String(headers['x-request-id'] ?? '') : '';
	return ID.test(given) ? given : randomUUID();
}
