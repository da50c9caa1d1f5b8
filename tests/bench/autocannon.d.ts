/** What the bench uses of autocannon, which brings no types. */
declare module 'autocannon' {
	import type { EventEmitter } from 'node:events';

	interface Options {
		url: string;
		connections: number;
		/** Seconds. */
		duration: number;
		headers?: Record<string, string>;
	}
	interface Result {
		/** Seconds. */
		duration: number;
		errors: number;
		timeouts: number;
		non2xx: number;
		statusCodeStats: Record<string, { count: number }>;
	}
	/** Emits `response` with (client, status, bytes, milliseconds) for each answer. */
	interface Run extends EventEmitter, PromiseLike<Result> {}
	export default function autocannon(options: Options): Run;
}
