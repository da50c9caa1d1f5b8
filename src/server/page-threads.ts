/**
 * Threads that render pages for visitors while there are many of them. The main thread keeps reading and sending, so a
 * rush of the public does not hold up the people at work. On a quiet server there is no thread at all.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { chooseEncoding, type Encoding } from '#kernel/http/encoding.ts';
import { pageCache } from '#kernel/http/page-cache.ts';
import { ETAG_HEADER, pageKey } from '#kernel/http/public-page.ts';
import { logError } from '#kernel/log.ts';
import { isKeptNow, traced } from '#kernel/observe/trace.ts';
import { takeSpans } from '#kernel/observe/trace-elsewhere.ts';
import { currentRequest } from '#kernel/observe/watched.ts';
import { runtime } from '#kernel/runtime.ts';
import { townsReadAt } from '#kernel/towns.ts';
import type { BeforeKit } from './before-kit.ts';
import type { Answer, Question, Rehearsal, ThreadData } from './page-thread.ts';
import { addressOf, split } from './public-pages.ts';
import { askedBy, isVisitorsPage, writeWhole } from './visitors.ts';

/** So many pages at once are a rush: the third is worth another thread. */
const RUSH = 2;
/** Without a page for so long a thread ends. Milliseconds. */
const REST = 300_000;
/**
 * Memory of a thread in MB, at most; it holds 65 for good. With 32 and 256 the engine looked through all of it 13 times in 2,000 pages,
 * each time for as long as ten to forty pages take; with these 8 times.
 */
const MEMORY = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 1024 };
/** How long a thread may take to close its connections. Milliseconds. */
const GOODBYE = 5000;

export interface PageThreads {
	render: BeforeKit;
	stop(): Promise<void>;
	/** Threads that are ready. */
	readonly count: number;
}

/** @param most threads at the same time; none are begun before they are needed */
export function pageThreads(most: number): PageThreads {
	const threads = new Set<PageThread>();
	let inMain = 0;

	function begin(req: IncomingMessage): void {
		const thread = new PageThread(questionFor(req), () => threads.delete(thread));
		threads.add(thread);
	}

	/** The least busy thread; none while it is quiet, or while the first is still loading. */
	function choose(req: IncomingMessage): PageThread | undefined {
		const ready = [...threads].filter((thread) => thread.ready);
		const busy = inMain >= RUSH || (ready.length > 0 && ready.every((thread) => thread.waiting >= RUSH));
		if (busy && threads.size < most && ready.length === threads.size) begin(req);
		return ready.sort((a, b) => a.waiting - b.waiting)[0];
	}

	async function answer(req: IncomingMessage, res: ServerResponse, thread: PageThread): Promise<boolean> {
		const given = await traced({ name: 'page thread', kind: 'internal' }, async () => {
			const told = await thread.ask(questionFor(req));
			takeSpans(told?.spans ?? []);
			return told;
		});
		if (given) send(req, res, given);
		return given !== undefined;
	}

	const rests = setInterval(() => {
		for (const thread of threads) if (thread.restsFor(REST)) void thread.stop();
	}, REST / 5).unref();

	return {
		render(req, res) {
			if (most === 0 || !isVisitorsPage(req)) return false;
			const thread = choose(req);
			if (thread) return answer(req, res, thread);
			inMain++;
			res.once('close', () => inMain--);
			return false;
		},
		async stop() {
			clearInterval(rests);
			await Promise.all([...threads].map((thread) => thread.stop()));
		},
		get count() {
			return [...threads].filter((thread) => thread.ready).length;
		},
	};
}

class PageThread {
	ready = false;
	readonly #worker: Worker;
	readonly #asked = new Map<number, (answer: Answer | undefined) => void>();
	readonly #ended: Promise<void>;
	#next = 0;
	#lastAsked = performance.now();

	/** @param rehearsal what it renders for nobody before it is ready */
	constructor(rehearsal: Rehearsal, onEnd: () => void) {
		const { config, app } = runtime();
		const data: ThreadData = { config, app, rehearsal };
		const script = new URL('./page-thread.ts', import.meta.url);
		this.#worker = new Worker(script, { workerData: data, resourceLimits: MEMORY });
		this.#worker.unref();
		this.#worker.on('message', (answer: Answer | 'ready') => {
			if (answer === 'ready') this.ready = true;
			else this.#settle(answer.id, answer);
		});
		this.#worker.on('error', (error) => void logError(error, { at: 'page thread' }));
		this.#ended = new Promise((resolve) => {
			this.#worker.once('exit', () => {
				this.ready = false;
				// What it still owed is rendered where everything else is.
				for (const id of this.#asked.keys()) this.#settle(id, undefined);
				onEnd();
				resolve();
			});
		});
	}

	/** Pages that it was asked for and has not sent yet. */
	get waiting(): number {
		return this.#asked.size;
	}

	restsFor(ms: number): boolean {
		return this.ready && this.waiting === 0 && performance.now() - this.#lastAsked > ms;
	}

	/** @returns nothing when the thread could not answer */
	ask(question: Omit<Question, 'id'>): Promise<Answer | undefined> {
		const id = this.#next++;
		this.#lastAsked = performance.now();
		return new Promise((resolve) => {
			this.#asked.set(id, resolve);
			this.#worker.postMessage({ id, ...question } satisfies Question);
		});
	}

	async stop(): Promise<void> {
		this.ready = false;
		this.#worker.postMessage('stop');
		const late = setTimeout(() => void this.#worker.terminate(), GOODBYE).unref();
		await this.#ended;
		clearTimeout(late);
	}

	#settle(id: number, answer: Answer | undefined): void {
		this.#asked.get(id)?.(answer?.status ? answer : undefined);
		this.#asked.delete(id);
	}
}

function questionFor(req: IncomingMessage): Omit<Question, 'id'> {
	return {
		...askedBy(req),
		requestId: currentRequest()?.id ?? randomUUID(),
		trace: currentRequest()?.trace ?? null,
		isTraced: isKeptNow(),
		townsReadAt: townsReadAt(),
		now: runtime().clock().epochMilliseconds,
	};
}

function send(req: IncomingMessage, res: ServerResponse, { status, headers, body, route, queries }: Answer): void {
	Object.assign(currentRequest() ?? {}, { route, queries });
	const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
	const etag = req.headers[ETAG_HEADER] as string | undefined;
	const stated = Object.fromEntries(headers);
	if (etag && stated.etag === etag) {
		const { 'content-encoding': coding = 'identity', ...kept } = stated;
		const encoding = coding as Encoding;
		// In another way than the reader likes best: there is no better one.
		const packed = encoding === chooseEncoding(req.headers['accept-encoding'] as string) ? undefined : encoding;
		const { protocol, host } = addressOf(req);
		const [pathname, search] = split(req.url ?? '/');
		pageCache().keep(pageKey({ protocol, host, pathname, search }), { etag, headers: kept, packed }, encoding, bytes);
	}
	writeWhole(res, { status, headers, body: bytes });
}
