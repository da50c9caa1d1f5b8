import { chooseEncoding } from '#kernel/http/encoding.ts';
import { GENERATED_HEADER, WholeResponse } from '#kernel/http/generated.ts';
import { isLoopback } from '#kernel/config.ts';
import { runtime } from '#kernel/runtime.ts';
import { BASE, HERE } from '../project/node.ts';

/** For every program on every page: there is nothing here that is not public, and nobody is signed in here. */
const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'etag, last-modified, location' };
const JSON_TYPE = 'application/json; charset=utf-8';

/** JSON of the store, with the address filled in. Kept and revalidated like a page (`generated`). */
export function answer(json: string, origin: string): Response {
	const body = json.replaceAll(HERE, origin);
	return new WholeResponse(body, { headers: { ...CORS, 'content-type': JSON_TYPE, [GENERATED_HEADER]: '1' } });
}

/** The same that comes packed. */
export function answerPacked(gzip: Uint8Array): Response {
	return new WholeResponse(gzip, { headers: { ...CORS, 'content-type': JSON_TYPE, [GENERATED_HEADER]: '1' } }, 'gzip');
}

/**
 * For whom lists are put together of packed objects: who takes gzip and asks under the town's own address. Under others it is
 * answered, too, but nothing is kept for them: anybody may ask under any name.
 */
export function takesPacked(hosts: readonly string[], url: URL, accepted: string | null): boolean {
	if (chooseEncoding(accepted, ['gzip']) !== 'gzip') return false;
	const { origins } = runtime().config;
	if (origins.length) return origins.includes(url.origin);
	// without one there is no proxy: it is tried out on the machine itself, or speaks under the town's name
	return isLoopback(url.hostname) || (url.hostname === hosts[0] && !url.port);
}

/** An error as OParl 1.1 (2.9) wants it: a sentence for people, one for developers. */
export function refuse(status: 400 | 404, message: string, debug: string): Response {
	const error = { type: 'https://schema.oparl.org/1.1/Error', message, debug };
	return new Response(JSON.stringify(error), { status, headers: { ...CORS, 'content-type': JSON_TYPE } });
}

/** Leads to the one address of a thing. */
export function moved(protocol: string, host: string, path: string, search: string): Response {
	return new Response(null, { status: 301, headers: { ...CORS, location: `${protocol}//${host}${path}${search}` } });
}

/**
 * The host under which the town's objects have their addresses, where a request came by another of its names: the first
 * of them. Undefined when it came by that one, or by a name that nobody gave the town (a machine's own, on trial).
 */
export function canonicalHost(hosts: readonly string[], { hostname, port }: URL): string | undefined {
	const [first] = hosts;
	if (!first || hostname === first || !hosts.includes(hostname)) return undefined;
	return port ? `${first}:${port}` : first;
}

/** What a browser asks before it lets another site read. */
export function preflight(): Response {
	const allowed = { 'access-control-allow-methods': 'GET, HEAD, OPTIONS', 'access-control-max-age': '86400' };
	return new Response(null, { status: 204, headers: { ...CORS, ...allowed } });
}

/** Address of the interface, or of something beneath it. */
export function at(origin: string, path = ''): string {
	return origin + BASE + path;
}
