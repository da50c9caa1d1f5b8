import { chooseEncoding, encode, type Body } from './encoding.ts';
import { GENERATED_HEADER, WholeResponse } from './generated.ts';
import { pageCache } from './page-cache.ts';

/** Set by the server's entry for requests of visitors: the ETag that this page will have, known before it is rendered. */
export const ETAG_HEADER = 'x-mitrat-etag';
/** The same of its Last-Modified. */
export const LAST_MODIFIED_HEADER = 'x-mitrat-last-modified';

/**
 * A rendered page on its way around the framework's answer, which carries a mark in its place: the framework would hash
 * the page for an ETag that is not ours and copy it several times before it is compressed.
 */
export interface RenderedPage {
	/** Cannot be foreseen: the id of the request. */
	mark: string;
	/** In pieces: put together, a page would be copied once more. */
	html: readonly string[];
}

/**
 * Finishes a page or another generated answer (see `generated`): compressed, and where the entry gave it an ETag (a
 * visitor's GET), kept for the next visitor. Answers other than 200, with cookies, of other kinds or marked `no-store`
 * (what they show is not in the change log) pass as they are.
 */
export async function finishPage(
	request: Request,
	response: Response,
	url: URL,
	rendered?: RenderedPage,
): Promise<Response> {
	const { headers } = response;
	const isPage = headers.get('content-type')?.startsWith('text/html');
	if (!isPage && !headers.has(GENERATED_HEADER)) return response;
	const etag = request.headers.get(ETAG_HEADER);
	const stays = !headers.has('set-cookie') && !headers.get('cache-control')?.includes('no-store');
	const keeps = etag && response.status === 200 && stays;
	if (request.method === 'HEAD') return headOf(request, response, keeps ? etag : undefined);
	const packed = response instanceof WholeResponse ? response.packed : undefined;
	const encoding = packed ?? chooseEncoding(request.headers.get('accept-encoding'));
	const whole = await bodyOf(response, isPage ? rendered : undefined);
	const body = packed ? Buffer.from(whole as Uint8Array) : await encode(whole, encoding, Boolean(keeps));
	for (const name of ['content-length', 'content-encoding']) headers.delete(name);
	headers.delete(GENERATED_HEADER);
	headers.set('vary', 'accept-encoding, cookie');
	// The framework's own ETag comes after rendering and would change with the encoding.
	headers.delete('etag');
	if (keeps) {
		setValidators(request, headers, etag);
		pageCache().keep(pageKey(url), { etag, headers: Object.fromEntries(headers), packed }, encoding, body);
	}
	if (encoding !== 'identity') headers.set('content-encoding', encoding);
	return new WholeResponse(body, { status: response.status, statusText: response.statusText, headers });
}

/** What GET would say, without its bytes: how many there are is known only when they are packed. */
function headOf(request: Request, { status, statusText, headers }: Response, etag: string | undefined): Response {
	for (const name of ['content-length', 'etag', GENERATED_HEADER]) headers.delete(name);
	headers.set('vary', 'accept-encoding, cookie');
	if (etag) setValidators(request, headers, etag);
	return new Response(null, { status, statusText, headers });
}

function setValidators(request: Request, headers: Headers, etag: string): void {
	headers.set('etag', etag);
	const lastModified = request.headers.get(LAST_MODIFIED_HEADER);
	if (lastModified) headers.set('last-modified', lastModified);
	headers.set('cache-control', 'public, no-cache');
}

/** Only where the mark stands the page is put back: the framework's bare error page, for one, never had it taken out. */
async function bodyOf(response: Response, rendered: RenderedPage | undefined): Promise<Body> {
	if (response instanceof WholeResponse) return response.whole;
	const sent = Buffer.from(await response.arrayBuffer());
	if (!rendered || sent.toString('latin1', 0, rendered.mark.length) !== rendered.mark) return sent;
	const rest = sent.toString('utf8', rendered.mark.length);
	return [...rendered.html, rest];
}

/**
 * Pages of one town and address; the language is part of the path. With and without TLS they differ: in the header that
 * asks for TLS, and in the addresses that stand in full on the page.
 */
export function pageKey(url: { protocol: string; host: string; pathname: string; search: string }): string {
	return `${url.protocol}//${url.host} ${url.pathname}${url.search}`;
}
