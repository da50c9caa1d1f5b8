const CAN = 'input:not([type=hidden]), select, textarea, button, summary, a[href]';

/**
 * Where whoever works by keyboard goes on after an act that took its own button away: in the nearest place around it that is
 * still there. A press by mouse or finger moves no focus.
 */
export class KeptFocus {
	#places: string[] = [];

	remember(pressed: HTMLElement | null): void {
		this.#places = [];
		if (!pressed?.matches(':focus-visible')) return;
		for (let at = pressed.parentElement; at; at = at.parentElement) if (at.id) this.#places.push(at.id);
	}

	/** Call when what the act did is on the page. */
	restore(): void {
		const places = this.#places;
		this.#places = [];
		if (!isLost()) return;
		for (const id of places) {
			const inside = firstIn(document.getElementById(id));
			if (inside) return inside.focus({ preventScroll: false });
		}
	}

	/** The first of these that is there takes the focus, where it was lost. */
	goOn(...selectors: string[]): void {
		if (!isLost()) return;
		const next = selectors.map((one) => document.querySelector<HTMLElement>(one)).find((one) => one && isShown(one));
		next?.focus({ preventScroll: true });
	}
}

const isLost = () => !document.activeElement || document.activeElement === document.body;
const isShown = (element: HTMLElement) => element.getClientRects().length > 0;

function firstIn(place: HTMLElement | null): HTMLElement | undefined {
	if (!place || !isShown(place)) return undefined;
	const found = [...place.querySelectorAll<HTMLElement>(CAN)].find((one) => isShown(one) && !one.matches(':disabled'));
	return found ?? (place.hasAttribute('tabindex') ? place : undefined);
}
