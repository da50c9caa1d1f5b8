import { afterwards } from '../observe/watched.ts';

/**
 * Data that only the server's rendering needs. The framework serialises what `load` returns even for pages without
 * client code; for a large view that costs as much as rendering it. Wrapped, it passes as one character.
 * Use on pages with `csr = false` only: in the browser there is nothing behind it.
 */
export class ServerOnly<T> {
	#value: T | undefined;

	constructor(value: T) {
		this.#value = value;
		// What `load` returned the framework keeps within reach until the engine looks through everything old: without this a view of
		// 30 kB for each session's page, and that look costs as much as ten to forty pages.
		afterwards(() => (this.#value = undefined));
	}

	/** Until the page is made. */
	get value(): T {
		return this.#value as T;
	}
}
