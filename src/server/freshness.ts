/** What a visitor holds and what there is now: ETag and Last-Modified, known before anything is rendered. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { PublicState } from '#kernel/changes/public-state.ts';
import { runtime } from '#kernel/runtime.ts';
import type { Town } from '#kernel/town.ts';

export interface Freshness {
	etag: string;
	/** HTTP date; undefined as long as two states could carry the same. */
	lastModified: string | undefined;
}

/** Answers to programs say no "today", and hang on less than pages do. */
const PROGRAMS = /^\/oparl\//;

/** Last-Modified has seconds: a state gets one only when no other can follow within the same. Milliseconds. */
const SETTLED = 2000;

/**
 * @param path of the request, without its query @param release changes with every build
 * @param now epoch milliseconds; of the machine, not of the records
 */
export function freshness(town: Town, state: PublicState, path: string, release: string, now = Date.now()): Freshness {
	const { stamp, since } = stampOf(town, release, now);
	if (PROGRAMS.test(path))
		return { etag: `"o${state.toldSeq}-${stamp}"`, lastModified: httpDate(state.toldAt, since, now) };
	const today = runtime().clock().toZonedDateTimeISO(town.timeZone).toPlainDate();
	const midnight = today.toZonedDateTime(town.timeZone).epochMilliseconds;
	const day = today.toString().replaceAll('-', '');
	return { etag: `"${state.seq}-${day}-${stamp}"`, lastModified: httpDate(state.at, Math.max(since, midnight), now) };
}

/** Does the visitor hold the present state? An ETag says it exactly; the time counts only where there is none (RFC 9110, 13.1.3). */
export function isHeld(headers: IncomingHttpHeaders, { etag, lastModified }: Freshness): boolean {
	const tags = headers['if-none-match'];
	if (tags !== undefined) return tags.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === etag);
	const since = Date.parse(headers['if-modified-since'] ?? '');
	return lastModified !== undefined && since >= Date.parse(lastModified);
}

/** Up to the next full second: whoever holds that time has seen everything before it. */
function httpDate(at: Temporal.Instant | null, since: number, now: number): string | undefined {
	const newest = Math.ceil(Math.max(at?.epochMilliseconds ?? 0, since) / 1000) * 1000;
	return newest + SETTLED <= now ? new Date(newest).toUTCString() : undefined;
}

interface Stamp {
	stamp: string;
	/** Since when settings and program are these, as far as this process knows. Epoch milliseconds. */
	since: number;
}
const started = Date.now() - performance.now();
const stamps = new WeakMap<Town, Stamp>();
const latest = new Map<string, Stamp>();

function stampOf(town: Town, release: string, at: number): Stamp {
	const known = stamps.get(town);
	if (known) return known;
	const hash = createHash('sha256')
		.update(`${release} ${JSON.stringify(town)}`)
		.digest('base64url');
	const stamp = hash.slice(0, 10);
	const before = latest.get(town.id);
	const now = before?.stamp === stamp ? before : { stamp, since: before ? at : started };
	latest.set(town.id, now);
	stamps.set(town, now);
	return now;
}
