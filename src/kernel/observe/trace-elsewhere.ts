/**
 * Spans of work that another thread does for a request. There they are only written down, and come back with the answer;
 * the thread that answers makes them its own: sampling, ids and sending stay in one place, and no thread loads more for it.
 */
import { beginSpan, installTracer, within, type NewSpan, type Span } from './trace.ts';

/** A span that has ended, as it is handed from thread to thread. */
export interface ToldSpan extends Pick<NewSpan, 'name' | 'kind' | 'attributes'> {
	/** Place of the span that it is part of in the same list, always before it; -1: the request. */
	inside: number;
	/** Milliseconds since 1970, with fractions. */
	begin: number;
	end: number;
	/** Class or code of the error. */
	failed?: string;
}

type Open = Omit<ToldSpan, 'end'> & { end?: number };

/** Where a span that only writes down belongs. */
const places = new WeakMap<Span, { list: Open[]; index: number }>();

const now = () => performance.timeOrigin + performance.now();

/** For a thread that is asked to tell spans: from now on, what runs inside `tellingSpans` is written down. */
export function writeSpansDown(): void {
	installTracer({
		begin(span, around) {
			const of = around && places.get(around);
			// Work of the thread itself, or for a request whose trace nobody keeps.
			return of ? noted(span, of) : pen({});
		},
	});
}

/** Runs work for a request of another thread. @returns its result, and the spans that have ended by then */
export async function tellingSpans<T>(work: () => Promise<T>): Promise<{ result: T; spans: ToldSpan[] }> {
	const list: Open[] = [];
	const request = pen({});
	places.set(request, { list, index: -1 });
	const result = await within(request, work);
	// One that is still open would be told without an end; those inside it keep their place.
	return { result, spans: list.map((span) => ({ ...span, end: span.end ?? now() })) };
}

/** Makes spans from elsewhere part of the one that runs here. */
export function takeSpans(spans: readonly ToldSpan[]): void {
	const made: (Span | undefined)[] = [];
	for (const { inside, begin, end, failed, ...span } of spans) {
		const own = within(made[inside], () => beginSpan({ ...span, at: begin }));
		made.push(own);
		if (failed !== undefined) own?.failed(failed);
		own?.end(end);
	}
}

function noted({ name, kind, attributes }: NewSpan, { list, index }: { list: Open[]; index: number }): Span {
	const entry: Open = { name, kind, attributes, inside: index, begin: now() };
	list.push(entry);
	const span = pen({
		name: (name) => void (entry.name = name),
		set: (more) => void (entry.attributes = { ...entry.attributes, ...more }),
		failed: (type) => void (entry.failed = type),
		end: (at = now()) => void (entry.end = at),
	});
	places.set(span, { list, index: list.length - 1 });
	return span;
}

function pen(span: Partial<Span>): Span {
	const nothing = () => undefined;
	return { traceId: '', isKept: false, name: nothing, set: nothing, failed: nothing, end: nothing, ...span };
}
