import { BIAS } from './pending-bias.ts';
import { ELECTIONS } from './pending-elections.ts';
import { MOTIONS } from './pending-motions.ts';
import { undrawn, type Draw } from './pending-parts.ts';
import { ROOM } from './pending-room.ts';
import type { Waiting } from './queue.ts';

const DRAW: Record<string, Draw>[] = [ROOM, MOTIONS, BIAS, ELECTIONS];

let last = '';

/**
 * Shows what waits as if it were saved, and says that it is not: a motion has its form for the vote, a vote the fields for its
 * figures, an election its next step, whoever left can come again. Everything is drawn from the queue, so a page that is loaded
 * anew shows it again.
 * @param fresh the page has come anew; otherwise nothing is drawn that stands there already
 */
export function drawPending(waiting: readonly Waiting[], fresh = true): void {
	const standing = waiting.filter(({ reason }) => !reason);
	const now = waiting.map(({ clientId, reason }) => `${clientId}${reason ? '!' : ''}`).join();
	if (!fresh && now === last) return;
	last = now;
	const focused = focusedNow();
	undrawn(waiting);
	for (const [index, operation] of standing.entries())
		for (const kinds of DRAW) kinds[operation.kind]?.(operation, standing.slice(0, index));
	if (focused) refocus(focused);
}

/** Takes away what was drawn of an operation that nobody wants any more. */
export function eraseDrawn(clientId: string): void {
	for (const drawing of document.querySelectorAll(`[data-pending="${CSS.escape(clientId)}"]`)) drawing.remove();
}

interface Focused {
	element: HTMLElement;
	name: string;
	/** Where its kind is drawn anew. */
	box: HTMLElement | null;
	section: HTMLElement | null;
}

/** Where whoever works by keyboard stands: it may be drawn anew, or go. */
function focusedNow(): Focused | null {
	const element = document.activeElement;
	if (!(element instanceof HTMLElement) || element === document.body) return null;
	const box = element.closest<HTMLElement>('[data-acts], [data-call], [data-break], [data-part], [data-speakers]');
	return { element, name: nameOf(element), box, section: element.closest<HTMLElement>('section[tabindex]') };
}

/** In the place of what has gone: the same button, the one that took its place, or the section it stood in. */
function refocus({ element, name, box, section }: Focused): void {
	if (element.isConnected && element.offsetParent) return;
	const buttons = [...(box?.querySelectorAll('button') ?? [])].filter((button) => button.offsetParent !== null);
	const next = buttons.find((button) => nameOf(button) === name) ?? buttons[0] ?? section;
	next?.focus({ preventScroll: true });
}

const nameOf = (element: HTMLElement): string => element.getAttribute('aria-label') ?? element.textContent ?? '';
