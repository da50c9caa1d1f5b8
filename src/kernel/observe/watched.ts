/** What a running request is known by, wherever in the program it is just now. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Watched {
	/** In the answer as `x-request-id`, and in each line that the log has about it. */
	id: string;
	/** Of the trace that it belongs to, begun by a caller (W3C `traceparent`) or here: 32 hex digits. */
	trace: string | null;
	/** Pattern of the route, never the address: that may hold a name or a token. Empty where no page was rendered. */
	route: string | null;
	queries: number;
	/** What is still to be done when the answer is made (`afterwards`). */
	afterwards?: (() => void)[];
}

// The launcher and the built application are two bundles in one process: what they share hangs on the global object.
const KEY = Symbol.for('mitrat.watched');
const shared = globalThis as unknown as Record<symbol, AsyncLocalStorage<Watched> | undefined>;
const storage = (shared[KEY] ??= new AsyncLocalStorage<Watched>());

/** Runs work as part of a request. */
export function watched<T>(request: Watched, work: () => T): T {
	return storage.run(request, work);
}

/** The request that this code runs for; none in jobs and commands. */
export function currentRequest(): Watched | undefined {
	return storage.getStore();
}

/** Does `work` when the answer to the running request is made (`isAnswered`). Outside of a request it is never done. */
export function afterwards(work: () => void): void {
	const request = currentRequest();
	if (request) (request.afterwards ??= []).push(work);
}

/** For whoever answers: nothing of this request will be read any more. */
export function isAnswered(request: Watched | undefined): void {
	for (const work of request?.afterwards?.splice(0) ?? []) work();
}
