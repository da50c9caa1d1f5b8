/**
 * Data that only the server's rendering needs. The framework serialises what `load` returns even for pages without
 * client code; for a large view that costs as much as rendering it. Wrapped, it passes as one character.
 * Use on pages with `csr = false` only: in the browser there is nothing behind it.
 */
export class ServerOnly<T> {
	readonly value: T;
	constructor(value: T) {
		this.value = value;
	}
}
