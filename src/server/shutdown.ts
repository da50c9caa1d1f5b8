/** When to stop: signals, the launcher's end. */

export interface Shutdown {
	/** Fires with the first reason. */
	begin: AbortSignal;
	/** Fires when somebody asks a second time. */
	hurry: AbortSignal;
	/** Stops for a reason of our own; `error` becomes the exit. */
	request(error?: Error): void;
	/** Why, if it was an error. */
	readonly error: Error | undefined;
}

/** One Ctrl-C arrives up to three times: from the terminal, from npm, from the launcher. */
const SAME_KEYSTROKE = 400;

export function watchForShutdown(): Shutdown {
	const begin = new AbortController();
	const hurry = new AbortController();
	let since = 0;
	let reason: Error | undefined;
	const request = (error?: Error) => {
		if (begin.signal.aborted) {
			if (performance.now() - since > SAME_KEYSTROKE) hurry.abort();
			return;
		}
		since = performance.now();
		reason = error;
		begin.abort();
	};
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => request());
	// The launcher holds a channel to us (see bin/launch.mjs); it closes however the launcher ends.
	process.once('disconnect', () => request());
	return {
		begin: begin.signal,
		hurry: hurry.signal,
		request,
		get error() {
			return reason;
		},
	};
}
