/** Waiting for signals, with an end. */

/** Resolves when the signal fires. */
export function fired(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});
}

/** The work, or the signal's reason as an error, whichever comes first. */
export function orAbort<T>(work: Promise<T>, abort: AbortSignal): Promise<T> {
	return Promise.race([work, fired(abort).then((): never => Promise.reject(abort.reason) as never)]);
}

/** Waits for work that ends something, but not for ever; its errors no longer matter. */
export async function within(work: Promise<void>, patience: number, hurry: AbortSignal): Promise<void> {
	const end = new AbortController();
	const timer = setTimeout(() => end.abort(), patience);
	await Promise.race([work.catch(() => undefined), fired(AbortSignal.any([hurry, end.signal]))]);
	clearTimeout(timer);
}
