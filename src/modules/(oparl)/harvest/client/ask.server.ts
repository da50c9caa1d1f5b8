import { Agent as HttpAgent, request as askHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as askHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { checkAddress, ForbiddenAddress, guardedLookup } from './guard.server.ts';

export interface Validators {
	etag: string | null;
	lastModified: string | null;
}

export interface Answer extends Validators {
	/** 200, 304 or what the server finally said. */
	status: number;
	bytes: Uint8Array;
	contentType: string;
	/** Where redirects led to. */
	address: string;
}

export interface AskOptions {
	/** This machine and networks of the house may be asked. */
	near?: boolean;
	/** Requests a second; without it, as many as the server answers one after the other. */
	rate?: number;
	/** Names who asks and where to complain. */
	userAgent: string;
	signal?: AbortSignal;
	/** Waits; in tests it counts only. */
	wait?: (milliseconds: number) => Promise<void>;
	/** Largest answer in bytes. */
	most?: number;
	/** Milliseconds without a byte. */
	patience?: number;
}

/** The server is away, or says no, after all tries. */
export class Unreachable extends Error {
	override name = 'Unreachable';
	readonly status: number | null;
	constructor(address: string, why: string, status: number | null = null) {
		super(`${address}: ${why}`);
		this.status = status;
	}
}

const TRIES = 5;
const LONGEST_WAIT = 300_000;
const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);
const REDIRECTS = 5;

/**
 * Asks other systems politely: one request after the other and not more than `rate` a second, under one name; what a busy
 * server asks to wait is waited (Retry-After), else one second, two, four … Known validators are sent along. Follows
 * redirects; each address is checked by the guard.
 */
export class Asker {
	readonly #options: Required<Omit<AskOptions, 'rate' | 'signal'>> & Pick<AskOptions, 'rate' | 'signal'>;
	readonly #agents: { http: HttpAgent; https: HttpsAgent };
	#next = 0;
	/** Requests sent so far. */
	asked = 0;

	constructor(options: AskOptions) {
		const wait = options.wait ?? ((milliseconds) => pause(milliseconds, options.signal));
		this.#options = { near: false, most: 50 * 1024 * 1024, patience: 60_000, ...options, wait };
		const kept = { keepAlive: true, maxSockets: 4, lookup: guardedLookup(this.#options.near) };
		this.#agents = { http: new HttpAgent(kept), https: new HttpsAgent(kept) };
	}

	/** @throws ForbiddenAddress, Unreachable; the reason of the signal when it was cancelled */
	async get(address: string, known: Partial<Validators> = {}, accept = 'application/json'): Promise<Answer> {
		for (let attempt = 1; ; attempt++) {
			this.#options.signal?.throwIfAborted();
			await this.#turn();
			const outcome = await this.#once(address, known, accept);
			if ('answer' in outcome && !AGAIN.has(outcome.answer.status)) return outcome.answer;
			if (attempt === TRIES) {
				if ('answer' in outcome) return outcome.answer;
				throw new Unreachable(address, outcome.failed);
			}
			const asked = 'answer' in outcome ? outcome.retryAfter : null;
			await this.#options.wait(Math.min(asked ?? 1000 * 2 ** (attempt - 1), LONGEST_WAIT));
		}
	}

	/** Ends kept connections. */
	close(): void {
		this.#agents.http.destroy();
		this.#agents.https.destroy();
	}

	async #turn(): Promise<void> {
		const { rate, wait } = this.#options;
		if (!rate) return;
		const now = Date.now();
		const at = Math.max(now, this.#next);
		this.#next = at + 1000 / rate;
		if (at > now) await wait(at - now);
	}

	async #once(
		address: string,
		known: Partial<Validators>,
		accept: string,
	): Promise<{ answer: Answer; retryAfter: number | null } | { failed: string }> {
		try {
			let url = checkAddress(address, this.#options.near);
			for (let hops = 0; ; hops++) {
				this.asked++;
				const response = await this.#send(url, known, accept);
				const location = response.headers.location;
				if (![301, 302, 303, 307, 308].includes(response.statusCode!) || !location) {
					const answer = await this.#read(response, url.href);
					return { answer, retryAfter: retryAfter(response.headers['retry-after']) };
				}
				response.resume();
				if (hops === REDIRECTS) return { failed: 'too many redirects' };
				url = checkAddress(new URL(location, url).href, this.#options.near);
			}
		} catch (error) {
			this.#options.signal?.throwIfAborted();
			if (error instanceof ForbiddenAddress || error instanceof TooLarge) throw error;
			return { failed: (error as NodeJS.ErrnoException).code ?? (error as Error).message };
		}
	}

	#send(url: URL, known: Partial<Validators>, accept: string): Promise<IncomingMessage> {
		const { userAgent, signal, patience } = this.#options;
		const headers: Record<string, string> = {
			'user-agent': userAgent,
			accept: `${accept}, */*;q=0.1`,
			'accept-encoding': 'gzip, deflate, br',
		};
		if (known.etag) headers['if-none-match'] = known.etag;
		if (known.lastModified) headers['if-modified-since'] = known.lastModified;
		const secure = url.protocol === 'https:';
		const send = secure ? askHttps : askHttp;
		return new Promise((resolve, reject) => {
			const agent = secure ? this.#agents.https : this.#agents.http;
			const request = send(url, { agent, headers, signal }, resolve);
			request.setTimeout(patience, () => request.destroy(new Error('no answer in time')));
			request.on('error', reject);
			request.end();
		});
	}

	async #read(response: IncomingMessage, address: string): Promise<Answer> {
		const stream = inflated(response);
		const pieces: Buffer[] = [];
		let size = 0;
		for await (const piece of stream) {
			pieces.push(piece as Buffer);
			size += (piece as Buffer).length;
			if (size > this.#options.most) {
				response.destroy();
				throw new TooLarge(address);
			}
		}
		return {
			status: response.statusCode!,
			bytes: Buffer.concat(pieces),
			contentType: response.headers['content-type'] ?? '',
			etag: response.headers.etag ?? null,
			lastModified: response.headers['last-modified'] ?? null,
			address,
		};
	}
}

/** More bytes than anybody wants to read at once. */
export class TooLarge extends Error {
	override name = 'TooLarge';
}

function inflated(response: IncomingMessage): Readable {
	const made = {
		gzip: createGunzip,
		'x-gzip': createGunzip,
		deflate: createInflate,
		br: createBrotliDecompress,
	}[String(response.headers['content-encoding'] ?? '').toLowerCase()];
	if (!made) return response;
	const stream = made();
	// A broken connection is an error of what is read, too.
	response.on('error', (error) => stream.destroy(error));
	return response.pipe(stream);
}

function retryAfter(given: string | undefined): number | null {
	if (!given) return null;
	if (/^\d{1,6}$/.test(given.trim())) return Number(given) * 1000;
	const at = Date.parse(given);
	return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const over = () => {
			clearTimeout(timer);
			reject(signal!.reason as Error);
		};
		const timer = setTimeout(() => {
			signal?.removeEventListener('abort', over);
			resolve();
		}, milliseconds);
		signal?.addEventListener('abort', over, { once: true });
	});
}
