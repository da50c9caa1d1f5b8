import { chooseEncoding, encode } from './encoding.ts';
import { GENERATED_HEADER } from './generated.ts';
import { pageCache } from './page-cache.ts';

/** Set by the server's entry for requests of visitors: the ETag that this page will have, known before it is rendered. */
export const ETAG_HEADER = 'x-mitrat-etag';

/**
 * Finishes a page or another generated answer (see `generated`): compressed, and where the entry gave it an ETag (a
 * visitor's GET), kept for the next visitor. Answers other than 200, with cookies, of other kinds or marked `no-store`
 * (what they show is not in the change log) pass as they are.
 */
export async function finishPage(request: Request, response: Response, url: URL): Promise<Response> {
	if (!response.headers.has(GENERATED_HEADER) && !response.headers.get('content-type')?.startsWith('text/html'))
		return response;
	const encoding = chooseEncoding(request.headers.get('accept-encoding'));
	const body = await encode(Buffer.from(await response.arrayBuffer()), encoding);
	const headers = new Headers(response.headers);
	headers.delete('content-length');
	headers.delete(GENERATED_HEADER);
	headers.set('vary', 'accept-encoding, cookie');
	// The framework's own ETag comes after rendering and would change with the encoding.
	headers.delete('etag');
	const etag = request.headers.get(ETAG_HEADER);
	const stays = !headers.has('set-cookie') && !headers.get('cache-control')?.includes('no-store');
	const keeps = etag && request.method === 'GET' && response.status === 200 && stays;
	if (keeps) {
		headers.set('etag', etag);
		headers.set('cache-control', 'public, no-cache');
		pageCache().keep(pageKey(url), etag, Object.fromEntries(headers), encoding, body);
	}
	if (encoding !== 'identity') headers.set('content-encoding', encoding);
	return new Response(body as BodyInit, { status: response.status, statusText: response.statusText, headers });
}

/**
 * Pages of one town and address; the language is part of the path. With and without TLS they differ: in the header that
 * asks for TLS, and in the addresses that stand in full on the page.
 */
export function pageKey(url: { protocol: string; host: string; pathname: string; search: string }): string {
	return `${url.protocol}//${url.host} ${url.pathname}${url.search}`;
}
