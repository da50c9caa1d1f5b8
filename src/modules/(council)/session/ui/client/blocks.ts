/** Parts of a page that are replaced by what the server says now; what somebody is typing in stays. */
const BLOCK = '[data-live]';

export type Fetched = 'same' | 'new' | 'offline' | 'gone';

/** Loads the page anew and puts its parts in place. @returns what became of it */
export async function refreshBlocks(address: string, force: (block: HTMLElement) => boolean): Promise<Fetched> {
	let answer: Response;
	try {
		answer = await fetch(address, { headers: { accept: 'text/html' }, cache: 'no-store' });
	} catch {
		return 'offline';
	}
	if (!answer.ok || answer.redirected) return answer.status >= 500 ? 'offline' : 'gone';
	const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
	let changed: Fetched = 'same';
	for (const block of document.querySelectorAll<HTMLElement>(BLOCK)) {
		const fresh = partIn(next, block);
		if ((fresh && same(block, fresh)) || (inUse(block) && !force(block))) continue;
		if (fresh) replace(block, fresh);
		else block.remove();
		changed = 'new';
	}
	return addParts(next) ? 'new' : changed;
}

function partIn(page: Document, { dataset }: HTMLElement): HTMLElement | null {
	return page.querySelector<HTMLElement>(`[data-live="${CSS.escape(dataset.live!)}"]`);
}

/** Parts that came since (an item put on the agenda) are set behind the part they follow. @returns whether there were any */
function addParts(next: Document): boolean {
	let added = false;
	for (const fresh of next.querySelectorAll<HTMLElement>(BLOCK)) {
		const before = fresh.previousElementSibling;
		if (partIn(document, fresh) || !(before instanceof HTMLElement) || !before.dataset.live) continue;
		partIn(document, before)?.after(document.importNode(fresh, true));
		added = true;
	}
	return added;
}

/** Ids of forms are new in each answer and say nothing. */
function same(block: HTMLElement, fresh: HTMLElement): boolean {
	const bare = (html: string) => html.replaceAll(/name="vorgang" value="[^"]*"/g, '');
	const shown = block.dataset.shown ?? bare(block.innerHTML);
	const now = bare(fresh.innerHTML);
	block.dataset.shown = now;
	return shown === now;
}

/** Somebody types here, or has typed something that nobody has yet. */
function inUse(block: HTMLElement): boolean {
	const focused = document.activeElement;
	if (focused instanceof HTMLElement && block.contains(focused) && /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName))
		return true;
	return [...block.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].some(
		(field) =>
			field.type !== 'hidden' &&
			(field.type === 'radio' || field.type === 'checkbox'
				? (field as HTMLInputElement).checked !== (field as HTMLInputElement).defaultChecked
				: field.value !== field.defaultValue),
	);
}

function replace(block: HTMLElement, fresh: HTMLElement): void {
	const open = [...block.querySelectorAll('details')].map((details) => details.open);
	const way = wayTo(block, document.activeElement);
	block.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
	[...block.querySelectorAll('details')].forEach((details, index) => {
		if (open[index]) details.open = true;
	});
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
	const key = focused.getAttribute('data-key');
	return key ? `[data-key="${CSS.escape(key)}"]` : '';
}
