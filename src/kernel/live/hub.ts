import { SYSTEM } from '../access/actor.ts';
import { changesSince, newestSeq, type Change } from '../changes/read.ts';
import type { Ctx } from '../ctx.ts';
import { logError } from '../log.ts';
import { contextFor } from '../request.ts';
import type { Town } from '../town.ts';

export type Receiver = (change: Change) => void;

/** Changes read at once. */
const CHUNK = 500;

/** One town's changes on their way to its subscribers: read once for all of them, each takes what it may know. */
export class Hub {
	/** Everything up to here has been handed out. */
	last = 0;
	readonly town: Town;
	readonly receivers = new Set<Receiver>();
	#started = false;
	#reading = false;
	#askedAgain = false;

	constructor(town: Town) {
		this.town = town;
	}

	/**
	 * Begins at the newest change. Call when the listener is connected: what comes later is announced, and what was
	 * announced meanwhile is looked for once more.
	 */
	async start(): Promise<void> {
		this.last = await this.#within((ctx) => newestSeq(ctx));
		this.#started = true;
		await this.wake();
	}

	/** The log has grown, or may have. Calls that come while a reading is under way are answered by one more reading. */
	async wake(seq = Infinity): Promise<void> {
		if (!this.#started || seq <= this.last) return;
		this.#askedAgain = true;
		if (this.#reading) return;
		this.#reading = true;
		try {
			while (this.#askedAgain) {
				this.#askedAgain = false;
				await this.#handOut();
			}
		} catch (error) {
			// The next notification, or the listener's next connection, reads from the same place.
			logError(error, { room: 'live', town: this.town.id });
		} finally {
			this.#reading = false;
		}
	}

	async #handOut(): Promise<void> {
		for (;;) {
			const changes = await this.#within((ctx) => changesSince(ctx, this.last, { limit: CHUNK }));
			for (const change of changes) {
				this.last = change.seq;
				for (const receive of this.receivers) receive(change);
			}
			if (changes.length < CHUNK) return;
		}
	}

	async #within<T>(read: (ctx: Ctx) => Promise<T>): Promise<T> {
		const ctx = contextFor(this.town, SYSTEM);
		try {
			const value = await read(ctx);
			await ctx.scope.commit();
			return value;
		} catch (error) {
			await ctx.scope.rollback().catch(() => undefined);
			throw error;
		}
	}
}
