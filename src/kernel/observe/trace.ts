/**
 * Spans: what a request, a query, a job or a mail took, as part of a trace that may have begun elsewhere. Nobody listens unless
 * the operator named a collector (see otel.ts); then `traced` is the plain call of its work. Nothing here may hold a value of
 * a person, a town or an address: names are patterns of routes, names of jobs and of statements.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export type Attributes = Record<string, string | number | boolean>;

/** A caller's span, from its `traceparent`. */
export interface RemoteParent {
	traceId: string;
	spanId: string;
	/** Whether the caller records it. */
	sampled: boolean;
}

export interface NewSpan {
	name: string;
	kind: 'server' | 'client' | 'consumer' | 'internal';
	attributes?: Attributes;
	/** Left out: the span that runs now, if there is one. */
	parent?: RemoteParent;
	/** Milliseconds since 1970, where it began before now. */
	at?: number;
}

/** A span that has begun. */
export interface Span {
	traceId: string;
	/** Whether it will be sent: sampling decides when a trace begins. */
	isKept: boolean;
	/** What was not known at the beginning. */
	name(name: string): void;
	set(attributes: Attributes): void;
	/** @param type class or code of the error, never its text */
	failed(type: string): void;
	/** @param at milliseconds since 1970, where it ended before now */
	end(at?: number): void;
}

/** Makes spans; installed by otel.ts, or by nobody. */
export interface Tracer {
	begin(span: NewSpan, inside: Span | undefined): Span;
}

interface Shared {
	tracer?: Tracer;
	running: AsyncLocalStorage<Span>;
}

// The launcher and the built application are two bundles in one process: what they share hangs on the global object.
const KEY = Symbol.for('mitrat.trace');
const store = globalThis as unknown as Record<symbol, Shared | undefined>;
const shared = (store[KEY] ??= { running: new AsyncLocalStorage<Span>() });

/** @param tracer undefined: nobody listens any more */
export function installTracer(tracer: Tracer | undefined): void {
	shared.tracer = tracer;
}

/** Whether anybody listens: where asking for names would cost something. */
export const isTraced = (): boolean => shared.tracer !== undefined;

/** Whether what runs now is part of a trace that is kept: where writing spans down would cost something. */
export const isKeptNow = (): boolean => isTraced() && shared.running.getStore()?.isKept === true;

/** Begins a span whose end is not the end of a call (`within` makes it the parent of what runs inside). */
export function beginSpan(span: NewSpan): Span | undefined {
	return shared.tracer?.begin(span, shared.running.getStore());
}

/** Runs work as part of a span. */
export function within<T>(span: Span | undefined, work: () => T): T {
	return span ? shared.running.run(span, work) : work();
}

/** Runs work as a span of its own, which has failed when the work throws. */
export function traced<T>(span: NewSpan, work: () => Promise<T>): Promise<T> {
	const begun = beginSpan(span);
	return begun ? within(begun, () => watchedToItsEnd(begun, work)) : work();
}

async function watchedToItsEnd<T>(span: Span, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		span.failed(typeOf(error));
		throw error;
	} finally {
		span.end();
	}
}

/** Code of the database or the system, else the class. */
function typeOf(error: unknown): string {
	const { code, name } = error as { code?: unknown; name?: unknown };
	return typeof code === 'string' ? code : typeof name === 'string' ? name : 'Error';
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The header of W3C Trace Context; anything malformed, and ids of zeros alone, are none. */
export function readTraceparent(header: string | undefined): RemoteParent | undefined {
	const [, traceId, spanId, flags] = TRACEPARENT.exec(header ?? '') ?? [];
	if (!traceId || !spanId || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
	return { traceId, spanId, sampled: (Number.parseInt(flags!, 16) & 1) === 1 };
}
