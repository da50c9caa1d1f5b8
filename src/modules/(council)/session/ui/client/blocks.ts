/** Parts of a page that are replaced by what the server says now; what somebody is typing in stays. */
const BLOCK = '[data-live]';

/** Milliseconds without an answer that count as no network. */
const PATIENCE = 10_000;

export type Answered = Document | 'offline' | 'gone';

/** Loads the page anew. @returns it, or why there is none: nobody answers, or not with this page any more */
export async function loadPage(address: string): Promise<Answered> {
	const signal = AbortSignal.timeout(PATIENCE);
	try {
		const answer = await fetch(address, { headers: { accept: 'text/html' }, cache: 'no-store', signal });
		if (!answer.ok || answer.redirected) return answer.status >= 500 ? 'offline' : 'gone';
		return new DOMParser().parseFromString(await answer.text(), 'text/html');
	} catch {
		return 'offline';
	}
}

/**
 * Puts the parts of a page that was loaded anew in their places, at once: what a script adds to them is to follow in the
 * same step, or they are seen without it. `force` says whether a part is replaced although somebody is using it.
 */
export function putBlocks(next: Document, force: (block: HTMLElement) => boolean): void {
	for (const block of document.querySelectorAll<HTMLElement>(BLOCK)) {
		const fresh = partIn(next, block);
		if (fresh && same(block, fresh)) continue;
		if (inUse(block) && !force(block)) {
			if (fresh) mergeLists(block, fresh);
			continue;
		}
		if (fresh) replace(block, fresh);
		else block.remove();
	}
	addParts(next);
}

function partIn(page: Document, { dataset }: HTMLElement): HTMLElement | null {
	return page.querySelector<HTMLElement>(`[data-live="${CSS.escape(dataset.live!)}"]`);
}

/** Parts that came since (an item put on the agenda) are set behind the part they follow. */
function addParts(next: Document): void {
	for (const fresh of next.querySelectorAll<HTMLElement>(BLOCK)) {
		const before = fresh.previousElementSibling;
		if (partIn(document, fresh) || !(before instanceof HTMLElement) || !before.dataset.live) continue;
		partIn(document, before)?.after(document.importNode(fresh, true));
	}
}

/**
 * A list that somebody is filling in (the names of a roll call) takes up who came since; what is marked already stays. Who left
 * without a mark goes.
 */
function mergeLists(block: HTMLElement, fresh: HTMLElement): void {
	for (const list of fresh.querySelectorAll<HTMLElement>('[data-merge]')) {
		const own = block.querySelector<HTMLElement>(`[data-merge="${CSS.escape(list.dataset.merge!)}"]`);
		if (!own) continue;
		const lines = (of: HTMLElement) => [...of.querySelectorAll<HTMLElement>(':scope > [data-line]')];
		const there = new Map(lines(own).map((line) => [line.dataset.line, line]));
		const wanted = new Set(lines(list).map((line) => line.dataset.line));
		let before: Element | null = null;
		for (const line of lines(list)) {
			const known = there.get(line.dataset.line);
			const next: HTMLElement = known ?? document.importNode(line, true);
			if (!known) before ? before.after(next) : own.prepend(next);
			before = next;
		}
		for (const [id, line] of there) if (!wanted.has(id) && !line.querySelector('input:checked')) line.remove();
	}
}

/** Ids of forms are new in each answer and say nothing. */
function same(block: HTMLElement, fresh: HTMLElement): boolean {
	const bare = (html: string) => html.replaceAll(/name="vorgang" value="[^"]*"/g, '');
	const shown = block.dataset.shown ?? bare(block.innerHTML);
	const now = bare(fresh.innerHTML);
	block.dataset.shown = now;
	// What the script drew of the queue is no part of what was shown.
	return shown === now && !block.querySelector('[data-pending]');
}

/** Somebody types here, or has typed something that nobody has yet. */
function inUse(block: HTMLElement): boolean {
	const focused = document.activeElement;
	if (focused instanceof HTMLElement && block.contains(focused) && /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName))
		return true;
	return [...block.querySelectorAll<Field>('input, textarea')].some(touched);
}

type Field = HTMLInputElement | HTMLTextAreaElement;

function touched(field: Field): boolean {
	if (field.type === 'hidden') return false;
	if (field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type))
		return field.checked !== field.defaultChecked;
	return field.value !== field.defaultValue;
}

/** What was typed in a form is sent: it waits in the queue, and is nobody's unfinished work any more. */
export function settle(form: HTMLFormElement): void {
	if (form.querySelector('input[data-own-id]')) return form.reset();
	for (const field of form.querySelectorAll<Field>('input, textarea')) {
		field.defaultValue = field.value;
		if (field instanceof HTMLInputElement) field.defaultChecked = field.checked;
	}
}

/** What somebody typed and did not send yet, by the id of its field; it waits where a new part does not have that yet. */
const typed = new Map<string, { value: string; checked: boolean }>();

/** Texts that save themselves keep their own drafts. */
function keepTyped(block: HTMLElement): void {
	for (const field of block.querySelectorAll<Field>('input[id], textarea[id]'))
		if (touched(field) && !field.closest('[data-autosave]'))
			typed.set(field.id, { value: field.value, checked: field instanceof HTMLInputElement && field.checked });
}

/** Puts back what was typed, wherever its field stands again. */
export function putTyped(): void {
	if (unfolded.size) for (const block of document.querySelectorAll<HTMLElement>(BLOCK)) unfold(block);
	for (const [id, { value, checked }] of typed) {
		const field = document.getElementById(id);
		if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
		typed.delete(id);
		if (touched(field)) continue;
		if (field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type)) field.checked = checked;
		else field.value = value;
	}
}

/** What stood open in a part that came anew; what is not there again yet waits, until it is drawn. */
const unfolded = new Set<string>();

/** The folds of a part by what they say: the same one stands at another place once others came before it. */
function foldsIn(block: HTMLElement): [string, HTMLDetailsElement][] {
	const seen = new Map<string, number>();
	return [...block.querySelectorAll('details')].map((details) => {
		const words = `${block.dataset.live}\n${details.id || details.querySelector('summary')?.textContent?.trim()}`;
		const times = seen.get(words) ?? 0;
		seen.set(words, times + 1);
		return [`${words}\n${times}`, details];
	});
}

function unfold(block: HTMLElement): void {
	for (const [key, details] of foldsIn(block)) if (unfolded.delete(key)) details.open = true;
}

function replace(block: HTMLElement, fresh: HTMLElement): void {
	for (const [key, details] of foldsIn(block)) if (details.open) unfolded.add(key);
	const way = wayTo(block, document.activeElement);
	keepTyped(block);
	block.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
	unfold(block);
	putTyped();
	if (way === null) return;
	const again = block.querySelector<HTMLElement>(way || 'button, a, input');
	// Where an act left nothing in its part, whoever works by keyboard goes on in the section it stood in.
	(again ?? block.closest<HTMLElement>('section[tabindex]') ?? block).focus({ preventScroll: true });
}

/** How to find the focused element again in the new part; null when the focus is elsewhere. */
function wayTo(block: HTMLElement, focused: Element | null): string | null {
	if (!focused || !block.contains(focused)) return null;
	if (focused.id) return `#${CSS.escape(focused.id)}`;
	const label = focused.getAttribute('aria-label');
	if (label) return `[aria-label="${CSS.escape(label)}"]`;
	const fold = focused.tagName === 'SUMMARY' ? focused.parentElement?.id : '';
	if (fold) return `#${CSS.escape(fold)} > summary`;
	const key = focused.getAttribute('data-key');
	return key ? `[data-key="${CSS.escape(key)}"]` : '';
}
