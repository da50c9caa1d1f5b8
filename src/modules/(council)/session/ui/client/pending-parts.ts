import type { Waiting } from './queue.ts';

/** What the drawings of waiting operations have in common: templates of the page, marks, and forms that were sent. */

/** Places in the templates of the page (votes/ui/panel.ts) that get the ids and words of what waits. */
const PLACES = /§(item|number|motion|vote|bias|election|candidate|round|turn|name|needed|speaker|row|time)/g;
const ID = /^[0-9a-f-]{36}$/;

export type Draw = (operation: Waiting, before: readonly Waiting[]) => void;

/** The elements of a template with these ids and words in their places. */
export function made(name: string, places: Record<string, string>): HTMLElement[] {
	const template = templateOf(name);
	if (!template) return [];
	const copy = document.createElement('template');
	copy.innerHTML = template.innerHTML.replaceAll(PLACES, (_, place: string) => escaped(places[place] ?? ''));
	return [...copy.content.children] as HTMLElement[];
}

/** The first element with an attribute inside of what a template makes: lists stand there in their `ul`. */
export function madeWith(name: string, places: Record<string, string>, attribute: string): HTMLElement | undefined {
	const [frame] = made(name, places);
	return frame?.hasAttribute(attribute) ? frame : (frame?.querySelector<HTMLElement>(`[${attribute}]`) ?? undefined);
}

export const templateOf = (name: string) =>
	document.querySelector<HTMLTemplateElement>(`template[data-template="${CSS.escape(name)}"]`);

/** An element by an attribute that carries an id, such as `data-vote`. */
export function at(attribute: string, id: unknown, within: ParentNode = document): HTMLElement | null {
	const value = text(id);
	return value ? within.querySelector<HTMLElement>(`[${attribute}="${CSS.escape(value)}"]`) : null;
}

export const isId = (value: unknown): boolean => ID.test(text(value));
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Belongs to an operation that waits: drawn once, and taken away with it. */
export function belongs(element: HTMLElement, { clientId }: Waiting): HTMLElement {
	element.dataset.pending = clientId;
	mark(element);
	return element;
}

export const drawn = ({ clientId }: Waiting): boolean => at('data-pending', clientId) !== null;

/** Says that it is not saved, or no longer says so. */
export function mark(element: HTMLElement, waits = true): void {
	element.classList.toggle('unsaved', waits);
	const words = element.querySelector<HTMLElement>('[data-not-saved]');
	if (words) words.hidden = !waits;
	element.toggleAttribute('data-marked', waits);
}

/** Takes the forms away that were sent. */
export function sent(element: HTMLElement, forms: string): void {
	mark(element);
	hide(element, forms);
}

export function hide(element: ParentNode, forms: string): void {
	for (const form of element.querySelectorAll<HTMLElement>(forms)) {
		if (form.hidden) continue;
		form.hidden = true;
		form.dataset.waits = '';
	}
}

/** Shows what the page holds back until something was done. */
export function show(element: ParentNode, parts: string): void {
	for (const part of element.querySelectorAll<HTMLElement>(parts)) {
		if (!part.hidden) continue;
		part.hidden = false;
		part.dataset.shownWaits = '';
	}
}

/** Sets another form in the place of those that stand there: the next thing that can be done. */
export function instead(box: HTMLElement, operation: Waiting, template: string, places: Record<string, string>): void {
	hide(box, ':scope > *');
	for (const element of made(template, places)) box.append(redrawn(element, operation));
	mark(box);
}

/** What holds nothing typed is drawn anew each time, so that one thing after the other can stand in one place. */
export function redrawn(element: HTMLElement, operation: Waiting): HTMLElement {
	element.dataset.redraw = '';
	return belongs(element, operation);
}

/** Everything as the server said it, before what waits is drawn over it again. */
export function undrawn(waiting: readonly Waiting[]): void {
	for (const drawing of document.querySelectorAll('[data-redraw]')) drawing.remove();
	for (const shown of document.querySelectorAll<HTMLElement>('[data-shown-waits]')) {
		shown.hidden = true;
		delete shown.dataset.shownWaits;
	}
	for (const line of document.querySelectorAll<HTMLElement>('[data-was-out]')) {
		line.classList.toggle('out', line.dataset.wasOut === 'true');
		delete line.dataset.wasOut;
	}
	for (const hidden of document.querySelectorAll<HTMLElement>('[data-waits]')) {
		hidden.hidden = false;
		delete hidden.dataset.waits;
	}
	for (const marked of document.querySelectorAll<HTMLElement>('[data-marked]')) mark(marked, false);
	for (const pending of document.querySelectorAll<HTMLElement>('[data-pending]'))
		if (waiting.some(({ clientId, reason }) => reason && clientId === pending.dataset.pending)) pending.remove();
}

function escaped(value: string): string {
	const span = document.createElement('span');
	span.textContent = value;
	return span.innerHTML.replaceAll('"', '&quot;');
}
