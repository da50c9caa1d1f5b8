/** Unchanged and cached public pages, answered before SvelteKit is entered. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { publicSeq } from '#kernel/changes/public-seq.ts';
import { chooseEncoding } from '#kernel/http/encoding.ts';
import { pageCache } from '#kernel/http/page-cache.ts';
import { ETAG_HEADER, pageKey } from '#kernel/http/public-page.ts';
import { runtime } from '#kernel/runtime.ts';
import type { Town } from '#kernel/town.ts';
import { townOfHost } from '#kernel/towns.ts';
import type { BeforeKit } from './before-kit.ts';

export interface PublicPagesOptions {
	/** Changes with every build, so that a new release never answers 304 for an old page. */
	release: string;
	/** False renders every page anew (bench); unchanged pages are then rendered, too. */
	enabled: boolean;
}

/** A query this long is no link of ours: it is answered, but not kept. */
const LONGEST_SEARCH = 200;

/**
 * For visitors' GETs: 304 if what they hold is the present state, the kept page if there is one, else the ETag travels
 * on to the application, which keeps what it renders. Whoever sends a cookie is not a visitor here.
 */
export function publicPages({ release, enabled }: PublicPagesOptions): BeforeKit {
	return (req, res) => {
		delete req.headers[ETAG_HEADER];
		const path = req.url ?? '/';
		if (!enabled || req.method !== 'GET' || req.headers.cookie !== undefined || path.startsWith('/_app/')) return false;
		return answer(req, res, path, release);
	};
}

async function answer(req: IncomingMessage, res: ServerResponse, path: string, release: string): Promise<boolean> {
	const { protocol, host } = addressOf(req);
	const town = await townOfHost(host);
	if (!town) return false;
	const etag = etagOf(town, await publicSeq(town.id), release);
	if (req.headers['if-none-match'] === etag) {
		res.writeHead(304, { etag, 'cache-control': 'public, no-cache', vary: 'accept-encoding, cookie' }).end();
		return true;
	}
	const [pathname, search] = split(path);
	const page = pageCache().get(pageKey({ protocol, host, pathname, search }), etag);
	const encoding = chooseEncoding(req.headers['accept-encoding'] as string | undefined);
	const body = page?.bodies.get(encoding);
	if (page && body) {
		const coded = encoding === 'identity' ? {} : { 'content-encoding': encoding };
		res.writeHead(200, { ...page.headers, ...coded, 'content-length': body.length }).end(body);
		return true;
	}
	if (search.length <= LONGEST_SEARCH) req.headers[ETAG_HEADER] = etag;
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

/** Newest public change, the town's own settings, the build and the day ("today", "in three days" stand on pages). */
function etagOf(town: Town, seq: number, release: string): string {
	const today = runtime().clock().toZonedDateTimeISO(town.timeZone).toPlainDate().toString();
	return `"${seq}-${today.replaceAll('-', '')}-${stampOf(town, release)}"`;
}

const stamps = new WeakMap<Town, string>();

function stampOf(town: Town, release: string): string {
	let stamp = stamps.get(town);
	if (!stamp) {
		stamp = createHash('sha256')
			.update(`${release} ${JSON.stringify(town)}`)
			.digest('base64url')
			.slice(0, 10);
		stamps.set(town, stamp);
	}
	return stamp;
}
