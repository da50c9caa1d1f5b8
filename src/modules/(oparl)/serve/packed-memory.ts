import type { Packed } from './packed.ts';

/** Some twenty thousand objects in each half. Bytes. */
const MOST = 16 * 1024 * 1024;

/**
 * Packed objects in the memory of this process, each good for one state of one object: whether that is the present one, and
 * whether the object may be told at all, the database says with every list; nothing has to be taken out. In two halves: what is
 * asked for again moves on, and with the older half goes what nobody asked for since the younger one was begun.
 */
export class PackedMemory {
	#young = new Map<string, Packed>();
	#old = new Map<string, Packed>();
	#bytes = 0;
	readonly #most: number;

	/** @param most bytes of both halves together */
	constructor(most = MOST) {
		this.#most = most;
	}

	get(key: string): Packed | undefined {
		const found = this.#young.get(key);
		if (found) return found;
		const old = this.#old.get(key);
		if (old) this.keep(key, old);
		return old;
	}

	keep(key: string, packed: Packed): void {
		const known = this.#young.get(key);
		if (!known && this.#bytes + packed.bytes.length > this.#most / 2) {
			this.#old = this.#young;
			this.#young = new Map();
			this.#bytes = 0;
		}
		this.#bytes += packed.bytes.length - (known?.bytes.length ?? 0);
		// A copy: the part of a page's bytes would hold on to all of them.
		this.#young.set(key, { ...packed, bytes: Uint8Array.from(packed.bytes) });
	}
}
