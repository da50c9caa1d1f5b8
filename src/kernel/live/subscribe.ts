import { mayKnow, changesSince, type Change } from '../changes/read.ts';
import type { Ctx } from '../ctx.ts';
import { logError } from '../log.ts';
import { contextFor } from '../request.ts';
import { runtime } from '../runtime.ts';
import type { Hub, Receiver } from './hub.ts';
import { join, leave, registerStream } from './switchboard.ts';

export interface Subscription {
	/** Number of the last change the client has (Last-Event-ID); without it, from now on. */
	since?: number;
	kinds?: readonly string[];
	/** Only what happens to these objects. */
	ids?: readonly string[];
	/** Milliseconds between two signs of life (default 25,000: proxies cut silent connections after 30 to 60 s). */
	heartbeat?: number;
	/** Milliseconds until the stream ends; the browser comes back and its rights are looked at anew (default 15 minutes). */
	lifetime?: number;
}

/** Further behind than this, a client reads its page again instead of the changes. */
const MOST_MISSED = 500;
/** Events that may wait for a slow client before its stream is ended; it comes back with Last-Event-ID. */
const MOST_WAITING = 256;

const HEADERS = {
	'content-type': 'text/event-stream; charset=utf-8',
	'cache-control': 'no-store',
	// Proxies would collect events otherwise.
	'x-accel-buffering': 'no',
};

/** A response with the town's changes as server-sent events, for a +server.ts. Takes `since` from Last-Event-ID. */
export function liveResponse(ctx: Ctx, request: Request, options: Omit<Subscription, 'since'> = {}): Response {
	const last = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('since');
	const since = last !== null && /^\d{1,15}$/.test(last) ? Number(last) : undefined;
	return new Response(subscribe(ctx, { ...options, since }), { headers: HEADERS });
}

/**
 * The changes that the actor may know of, as server-sent events until the client leaves: `change` with kind, id, deleted;
 * `ready` when the past is told; `reset` when too much was missed to tell. Every event's id is the number to resume from.
 * Holds no database connection while nothing happens. The stream outlives the request: nothing of `ctx.db` is used.
 */
export function subscribe(ctx: Pick<Ctx, 'body' | 'actor'>, options: Subscription = {}): ReadableStream<Uint8Array> {
	let end = () => {};
	return new ReadableStream<Uint8Array>(
		{
			start: async (controller) => {
				const stream = new EventStream(ctx, options, controller);
				end = () => stream.end();
				// The database is away: the stream ends, and the browser asks again two seconds later.
				await stream.start().catch((error: unknown) => {
					logError(error, { room: 'live', town: ctx.body.id });
					stream.end();
				});
			},
			cancel: () => end(),
		},
		new CountQueuingStrategy({ highWaterMark: 16 }),
	);
}

const encoder = new TextEncoder();

class EventStream {
	readonly #ctx: Pick<Ctx, 'body' | 'actor'>;
	readonly #options: Subscription;
	readonly #controller: ReadableStreamDefaultController<Uint8Array>;
	readonly #timers: NodeJS.Timeout[] = [];
	/** While the past is being told, what happens waits here. */
	#waiting: Change[] | undefined = [];
	#last = 0;
	#hub: Hub | undefined;
	#forget = () => {};
	#ended = false;

	constructor(
		ctx: Pick<Ctx, 'body' | 'actor'>,
		options: Subscription,
		controller: ReadableStreamDefaultController<Uint8Array>,
	) {
		this.#ctx = ctx;
		this.#options = options;
		this.#controller = controller;
	}

	async start(): Promise<void> {
		this.#send('retry: 2000\n\n');
		if (runtime().stopping.signal.aborted) return this.end();
		this.#forget = registerStream(() => this.end());
		const { hub, started } = join(this.#ctx.body, this.#receive);
		this.#hub = hub;
		await started;
		this.#last = this.#options.since ?? hub.last;
		if (this.#options.since !== undefined) await this.#tellPast(this.#options.since, hub);
		const waiting = this.#waiting ?? [];
		this.#waiting = undefined;
		for (const change of waiting) this.#receive(change);
		this.#event('ready', Math.max(this.#last, hub.last), {});
		this.#timers.push(
			setInterval(() => this.#send(': alive\n\n'), this.#options.heartbeat ?? 25_000).unref(),
			setTimeout(() => this.end(), this.#options.lifetime ?? 15 * 60_000).unref(),
		);
		if (this.#ended) this.#clear();
	}

	end(): void {
		if (this.#ended) return;
		this.#ended = true;
		this.#clear();
		try {
			this.#controller.close();
		} catch {
			// the client has gone already
		}
	}

	#clear(): void {
		for (const timer of this.#timers) clearTimeout(timer);
		this.#forget();
		if (this.#hub) leave(this.#hub, this.#receive);
	}

	/** What was committed before the hub's number comes from the log, everything later from the hub. */
	async #tellPast(since: number, hub: Hub): Promise<void> {
		const ctx = contextFor(this.#ctx.body, this.#ctx.actor);
		const told = await changesSince(ctx, since, { kinds: this.#options.kinds, limit: MOST_MISSED + 1 });
		await ctx.scope.commit();
		const changes = told.length > MOST_MISSED ? told : told.filter((change) => this.#wanted(change));
		if (changes.length <= MOST_MISSED) return changes.forEach((change) => this.#tell(change));
		this.#last = hub.last;
		this.#event('reset', this.#last, {});
	}

	readonly #receive: Receiver = (change) => {
		if (this.#waiting) this.#waiting.push(change);
		else if (mayKnow(this.#ctx.actor, change) && this.#wanted(change)) this.#tell(change);
	};

	#wanted({ kind, id }: Change): boolean {
		const { kinds, ids } = this.#options;
		return (kinds?.includes(kind) ?? true) && (ids?.includes(id) ?? true);
	}

	#tell({ seq, kind, id, deleted }: Change): void {
		if (seq <= this.#last) return;
		this.#last = seq;
		this.#event('change', seq, { kind, id, deleted });
	}

	#event(name: string, seq: number, data: object): void {
		this.#send(`id: ${seq}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
	}

	#send(text: string): void {
		if (this.#ended) return;
		if ((this.#controller.desiredSize ?? 0) < -MOST_WAITING) return this.end();
		this.#controller.enqueue(encoder.encode(text));
	}
}
