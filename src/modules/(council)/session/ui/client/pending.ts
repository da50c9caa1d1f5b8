import type { Waiting } from './queue.ts';

/** Places in the templates of the page (votes/ui/panel.ts) that get the ids of what waits. */
const PLACES = /§(item|number|motion|vote)/g;
const ID = /^[0-9a-f-]{36}$/;

/**
 * Shows what waits of motions and votes as if it were saved, and says that it is not: a motion has its form for the vote, a vote
 * the fields for its figures. Everything is drawn from the queue, so a page that is loaded anew shows it again.
 */
export function drawPending(waiting: readonly Waiting[]): void {
	for (const hidden of document.querySelectorAll<HTMLElement>('[data-waits]')) {
		hidden.hidden = false;
		delete hidden.dataset.waits;
	}
	for (const marked of document.querySelectorAll<HTMLElement>('[data-marked]')) mark(marked, false);
	for (const pending of document.querySelectorAll<HTMLElement>('[data-pending]'))
		if (waiting.some(({ clientId, reason }) => reason && clientId === pending.dataset.pending)) pending.remove();
	for (const operation of waiting) if (!operation.reason) DRAW[operation.kind]?.(operation);
}

const DRAW: Record<string, (operation: Waiting) => void> = {
	item: ({ payload }) => panelOf(text(payload.item)),
	motion: drawMotion,
	openVote: drawVote,
	figures: drawResult,
	voices: (operation) => {
		if (operation.payload.close === 'ja') drawResult(operation);
	},
	voidVote: drawResult,
	withdraw: ({ payload }) => {
		const motion = motionAt(text(payload.motion));
		if (motion) sent(motion, '[data-open], [data-withdraw], [data-amend], [data-final]');
	},
	amendedText: ({ payload }) => {
		const motion = motionAt(text(payload.motion));
		const words = motion?.querySelector('[data-words] p');
		if (words) words.textContent = text(payload.text);
		if (motion) mark(motion);
	},
};

/** The place for motions under an item; where the page has none because the item was not open, it is made. */
function panelOf(item: string): void {
	const slot = document.querySelector<HTMLElement>(`[data-votes-slot="${CSS.escape(item)}"]`);
	if (!slot) return;
	const there = slot.querySelector<HTMLElement>('[data-item-votes]');
	if (there) there.hidden = false;
	else slot.append(...made('panel', { item, number: slot.dataset.number ?? '' }));
}

function drawMotion({ clientId, payload }: Waiting): void {
	const [id, item] = [text(payload.motion), text(payload.item)];
	if (!ID.test(id) || motionAt(id)) return;
	panelOf(item);
	const list = document.querySelector<HTMLElement>(`[data-motions="${CSS.escape(item)}"]`);
	const template = templateOf('motion');
	if (!list || !template) return;
	const [frame] = made('motion', { item, number: list.dataset.number ?? '', motion: id });
	const entry = frame?.querySelector<HTMLElement>('[data-motion]');
	if (!entry) return;
	entry.dataset.pending = clientId;
	const kind = text(payload.kind);
	entry.querySelector('[data-kind-words]')!.textContent = template.dataset[kind] ?? '';
	const words = document.createElement('div');
	words.className = 'wording';
	words.lang = 'de';
	const paragraph = document.createElement('p');
	paragraph.textContent = text(payload.text);
	words.append(paragraph);
	entry.querySelector('[data-words]')!.replaceChildren(words);
	if (kind === 'amendment') entry.dataset.amends = text(payload.amends);
	if (kind !== 'main') for (const one of entry.querySelectorAll('[data-amend], [data-final]')) one.remove();
	else
		for (const area of entry.querySelectorAll<HTMLTextAreaElement>('[data-final] textarea'))
			area.value = area.defaultValue = text(payload.text);
	mark(entry);
	list.append(entry);
	list.hidden = false;
}

function drawVote({ clientId, payload }: Waiting): void {
	const id = text(payload.vote);
	const motion = motionAt(text(payload.motion));
	if (!motion || !ID.test(id)) return;
	const body = text(payload.body) || motion.querySelector<HTMLElement>('[data-open]')?.dataset.open || '';
	// The form is sent; whether the vote is open, the server will say.
	sent(motion, `[data-open="${CSS.escape(body)}"], [data-withdraw], [data-amend]`);
	// Tokens of a secret vote are signed by the server: nothing to enter before.
	if (Number(payload.secretAskers) > 0 || document.querySelector(`[data-vote="${CSS.escape(id)}"]`)) return;
	const method = Number(payload.rollCallAskers) > 0 ? 'rollCall' : 'open';
	const list = motion.closest<HTMLElement>('[data-motions]');
	const [vote] = made(`vote-${body}-${method}`, {
		item: text(payload.item),
		number: list?.dataset.number ?? '',
		motion: motion.dataset.motion!,
		vote: id,
	});
	if (!vote) return;
	vote.dataset.pending = clientId;
	mark(vote);
	motion.querySelector('[data-votes]')?.append(vote);
}

/** The figures are entered: the final wording may be next, where the vote was about an amendment. */
function drawResult({ payload }: Waiting): void {
	const vote = document.querySelector<HTMLElement>(`[data-vote="${CSS.escape(text(payload.vote))}"]`);
	if (!vote) return;
	sent(vote, 'form');
	const amended = vote.closest<HTMLElement>('[data-motion]')?.dataset.amends;
	const main = amended ? motionAt(amended) : null;
	main?.querySelector<HTMLElement>('[data-final]')?.removeAttribute('hidden');
}

/** Says that it is not saved, or no longer says so. */
function mark(element: HTMLElement, waits = true): void {
	element.classList.toggle('unsaved', waits);
	const words = element.querySelector<HTMLElement>('[data-not-saved]');
	if (words) words.hidden = !waits;
	element.toggleAttribute('data-marked', waits);
}

/** Takes the forms away that were sent. */
function sent(element: HTMLElement, forms: string): void {
	mark(element);
	for (const form of element.querySelectorAll<HTMLElement>(forms)) {
		if (form.hidden) continue;
		form.hidden = true;
		form.dataset.waits = '';
	}
}

function made(name: string, places: Record<string, string>): HTMLElement[] {
	const template = templateOf(name);
	if (!template) return [];
	const copy = document.createElement('template');
	const safe = (value: string) => value.replaceAll(/[^\p{L}\p{N}.\- ]/gu, '');
	copy.innerHTML = template.innerHTML.replaceAll(PLACES, (_, place: string) => safe(places[place] ?? ''));
	return [...copy.content.children] as HTMLElement[];
}

const templateOf = (name: string) =>
	document.querySelector<HTMLTemplateElement>(`template[data-template="${CSS.escape(name)}"]`);
const motionAt = (id: string) => document.querySelector<HTMLElement>(`[data-motion="${CSS.escape(id)}"]`);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
