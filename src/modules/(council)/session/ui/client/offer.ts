import type { Waiting } from './queue.ts';

const BUTTON = '[data-live=meldung] form[data-op] button';

/**
 * The offer to take back what was done last. It names one act: from the press of the next one on nobody can take it, by mouse or
 * by key, until the page stands that knows what was done since. Its button stays where it is, so neither the page nor the focus
 * jumps.
 */
export class Offer {
	/** Acts that were pressed and that the server has not answered yet. */
	readonly #open = new Set<string>();
	/** Number of the last act of this screen that the server has done, and of the one that the page offers. */
	#done = 0;
	#shown = 0;

	/** What is to be asked for with the next page; 0 for none. */
	get done(): number {
		return this.#done;
	}

	pressed(clientId: string): void {
		this.#open.add(clientId);
		// The newest of the list of what waits is not the newest any more; it is drawn anew.
		for (const own of document.querySelectorAll<HTMLButtonElement>('button[data-take-back]')) own.disabled = true;
		this.#show();
	}

	/** What waits from before this page was loaded is newer than what it offers. */
	waits(waiting: readonly Waiting[]): void {
		for (const { clientId, kind, reason } of waiting) if (!reason && kind !== 'text') this.#open.add(clientId);
		this.#show();
	}

	/** The server did it, as its act number `seq`, or did not; or it was dropped before it had it. */
	settled(clientId: string, seq?: number): void {
		this.#open.delete(clientId);
		if (seq) this.#done = seq;
		this.#show();
	}

	/** The page stands as it was asked for with this number. */
	put(asked: number): void {
		this.#shown = asked;
		this.#show();
	}

	/** Presses what takes back the newest act, where that is offered. */
	take(): void {
		const own = document.querySelector<HTMLButtonElement>('button[data-take-back]');
		(own ?? document.querySelector<HTMLButtonElement>(BUTTON))?.click();
	}

	#show(): void {
		const closed = this.#open.size > 0 || this.#shown !== this.#done;
		for (const button of document.querySelectorAll(BUTTON))
			if (closed) button.setAttribute('aria-disabled', 'true');
			else button.removeAttribute('aria-disabled');
	}
}
