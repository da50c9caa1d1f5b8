import type { Encoding } from './encoding.ts';

/** A rendered public page, ready to be sent. */
export interface CachedPage {
	etag: string;
	headers: Record<string, string>;
	/** It comes packed like this, and in no better way. */
	packed: Encoding | undefined;
	/** By content encoding: 'br', 'gzip' or 'identity'. */
	bodies: Map<Encoding, Buffer>;
}

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Rendered public pages in memory. A page is served only while its ETag is the present one, and that is made of the
 * town's newest public change: exact, never stale, nothing to invalidate. The least recently asked pages go first.
 */
export class PageCache {
	readonly #pages = new Map<string, CachedPage>();
	readonly #most: number;
	#bytes = 0;

	/** @param most bytes; with 0 nothing is kept */
	constructor(most = MOST_BYTES) {
		this.#most = most;
	}

	get(key: string, etag: string): CachedPage | undefined {
		const page = this.#pages.get(key);
		if (!page) return undefined;
		this.#pages.delete(key);
		if (page.etag !== etag) {
			this.#bytes -= sizeOf(page);
			return undefined;
		}
		this.#pages.set(key, page);
		return page;
	}

	/** Keeps one encoding of a page; another one of the same state is added to it. */
	keep(key: string, made: Omit<CachedPage, 'bodies'>, encoding: Encoding, body: Buffer): void {
		if (this.#most === 0) return;
		const known = this.get(key, made.etag);
		const page = known ?? { ...made, bodies: new Map<Encoding, Buffer>() };
		page.packed ??= made.packed;
		this.#bytes += body.length - (page.bodies.get(encoding)?.length ?? 0);
		page.bodies.set(encoding, body);
		this.#pages.set(key, page);
		for (const [oldest, old] of this.#pages) {
			if (this.#bytes <= this.#most || oldest === key) break;
			this.#pages.delete(oldest);
			this.#bytes -= sizeOf(old);
		}
	}
}

function sizeOf(page: CachedPage): number {
	return [...page.bodies.values()].reduce((sum, body) => sum + body.length, 0);
}

// The entry and the built application share one cache, although each carries its own copy of this file.
const KEY = Symbol.for('mitrat.pageCache');
const store = globalThis as unknown as Record<symbol, PageCache | undefined>;

export function pageCache(): PageCache {
	return (store[KEY] ??= new PageCache());
}

/** For a thread that renders for another one, which keeps the pages. */
export function keepNoPages(): void {
	store[KEY] = new PageCache(0);
}
