/** Unchanged and cached public pages, answered before SvelteKit is entered. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isAway } from '#kernel/away.ts';
import { publicState } from '#kernel/changes/public-state.ts';
import { chooseEncoding } from '#kernel/http/encoding.ts';
import { pageCache } from '#kernel/http/page-cache.ts';
import { ETAG_HEADER, LAST_MODIFIED_HEADER, pageKey } from '#kernel/http/public-page.ts';
import { townOfHost } from '#kernel/towns.ts';
import type { BeforeKit } from './before-kit.ts';
import { freshness, isHeld } from './freshness.ts';

export interface PublicPagesOptions {
	/** Changes with every build, so that a new release never answers 304 for an old page. */
	release: string;
	/** False renders every page anew (bench); unchanged pages are then rendered, too. */
	enabled: boolean;
}

/** A query this long is no link of ours (a list's with all its filters is shorter): it is answered, but not kept. */
const LONGEST_SEARCH = 400;

/**
 * For visitors' GETs and HEADs: 304 if what they hold is the present state, the kept page if there is one, else the ETag travels
 * on to the application, which keeps what it renders. Whoever sends a cookie is not a visitor here.
 */
export function publicPages({ release, enabled }: PublicPagesOptions): BeforeKit {
	return (req, res) => {
		delete req.headers[ETAG_HEADER];
		delete req.headers[LAST_MODIFIED_HEADER];
		const path = req.url ?? '/';
		const reads = req.method === 'GET' || req.method === 'HEAD';
		if (!enabled || !reads || req.headers.cookie !== undefined || path.startsWith('/_app/')) return false;
		// The database is away: the application says so in the reader's language.
		return answer(req, res, path, release).catch((error: unknown) => {
			if (isAway(error)) return false;
			throw error;
		});
	};
}

async function answer(req: IncomingMessage, res: ServerResponse, path: string, release: string): Promise<boolean> {
	const { protocol, host } = addressOf(req);
	const town = await townOfHost(host);
	if (!town) return false;
	const [pathname, search] = split(path);
	const fresh = freshness(town, await publicState(town.id), pathname, release);
	const { etag, lastModified } = fresh;
	const validators = { etag, ...(lastModified && { 'last-modified': lastModified }) };
	if (isHeld(req.headers, fresh)) {
		res.writeHead(304, { ...validators, 'cache-control': 'public, no-cache', vary: 'accept-encoding, cookie' }).end();
		return true;
	}
	const page = pageCache().get(pageKey({ protocol, host, pathname, search }), etag);
	const accepted = req.headers['accept-encoding'] as string | undefined;
	const encoding = chooseEncoding(accepted, page?.packed && [page.packed]);
	const body = page?.bodies.get(encoding);
	if (page && body) {
		const coded = encoding === 'identity' ? {} : { 'content-encoding': encoding };
		res.writeHead(200, { ...page.headers, ...validators, ...coded, 'content-length': body.length });
		res.end(req.method === 'HEAD' ? undefined : body);
		return true;
	}
	if (search.length <= LONGEST_SEARCH) {
		req.headers[ETAG_HEADER] = etag;
		if (lastModified) req.headers[LAST_MODIFIED_HEADER] = lastModified;
	}
	return false;
}

/** As SvelteKit will see it: the entry has put the forwarded headers right before. */
export function addressOf({ headers }: IncomingMessage): { protocol: string; host: string } {
	const host = String(headers['x-forwarded-host'] ?? headers.host ?? '');
	return { protocol: headers['x-forwarded-proto'] === 'https' ? 'https:' : 'http:', host };
}

/** Path and query of a request's address. */
export function split(path: string): [string, string] {
	const at = path.indexOf('?');
	return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at)];
}
