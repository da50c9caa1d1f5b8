import { at, belongs, isId, made, madeWith, mark, sent, templateOf, text, type Draw } from './pending-parts.ts';
import type { Waiting } from './queue.ts';

/** Motions and votes that wait: under their item, with the forms of what comes next. */
export const MOTIONS: Record<string, Draw> = {
	item: ({ payload }) => panelOf(text(payload.item)),
	motion: drawMotion,
	openVote: drawVote,
	figures: drawResult,
	voices: (operation) => {
		if (operation.payload.close === 'ja') drawResult(operation);
	},
	voidVote: drawResult,
	withdraw: ({ payload }) => {
		const motion = motionAt(payload.motion);
		if (motion) sent(motion, '[data-open], [data-withdraw], [data-amend], [data-final]');
	},
	amendedText: ({ payload }) => {
		const motion = motionAt(payload.motion);
		const words = motion?.querySelector('[data-words] p');
		if (words) words.textContent = text(payload.text);
		if (motion) mark(motion);
	},
};

/** The place for motions and elections under an item; where the page has none because the item was not open, it is made. */
export function panelOf(item: string): void {
	const slot = at('data-votes-slot', item);
	if (!slot) return;
	const there = slot.querySelector<HTMLElement>('[data-item-votes]');
	if (there) there.hidden = false;
	else {
		const kind = slot.dataset.kind === 'election' ? 'election' : 'topic';
		slot.append(...made(`panel-${kind}`, { item, number: slot.dataset.number ?? '' }));
	}
}

function drawMotion(operation: Waiting): void {
	const { payload } = operation;
	const [id, item] = [text(payload.motion), text(payload.item)];
	if (!isId(id) || motionAt(id)) return;
	panelOf(item);
	const list = at('data-motions', item);
	const template = templateOf('motion');
	if (!list || !template) return;
	const entry = madeWith('motion', { item, number: list.dataset.number ?? '', motion: id }, 'data-motion');
	if (!entry) return;
	const kind = text(payload.kind);
	entry.querySelector('[data-kind-words]')!.textContent = template.dataset[kind] ?? '';
	const words = document.createElement('div');
	words.className = 'wording';
	words.lang = 'de';
	const paragraph = document.createElement('p');
	paragraph.textContent = text(payload.text);
	paragraph.style.whiteSpace = 'pre-line';
	words.append(paragraph);
	entry.querySelector('[data-words]')!.replaceChildren(words);
	if (kind === 'amendment') entry.dataset.amends = text(payload.amends);
	if (kind !== 'main') for (const one of entry.querySelectorAll('[data-amend], [data-final]')) one.remove();
	else
		for (const area of entry.querySelectorAll<HTMLTextAreaElement>('[data-final] textarea'))
			area.value = area.defaultValue = text(payload.text);
	list.append(belongs(entry, operation));
	list.hidden = false;
}

function drawVote(operation: Waiting): void {
	const { payload } = operation;
	const motion = motionAt(payload.motion);
	if (!motion || !isId(payload.vote)) return;
	const body = text(payload.body) || motion.querySelector<HTMLElement>('[data-open]')?.dataset.open || '';
	// The form is sent; whether the vote is open, the server will say.
	sent(motion, `[data-open="${CSS.escape(body)}"], [data-withdraw], [data-amend]`);
	if (at('data-vote', payload.vote)) return;
	// Of a secret vote only the figures of paper ballots can be entered here: tokens are signed by the server.
	const asked = (name: string) => Number(payload[name]) > 0;
	const method = asked('secretAskers') ? 'secret' : asked('rollCallAskers') ? 'rollCall' : 'open';
	const list = motion.closest<HTMLElement>('[data-motions]');
	const [vote] = made(`vote-${body}-${method}`, {
		item: text(payload.item),
		number: list?.dataset.number ?? '',
		motion: motion.dataset.motion!,
		vote: text(payload.vote),
	});
	if (vote) motion.querySelector('[data-votes]')?.append(belongs(vote, operation));
}

/** The figures are entered: the final wording may be next, where the vote was about an amendment. */
function drawResult({ payload }: Waiting): void {
	const vote = at('data-vote', payload.vote);
	if (!vote) return;
	sent(vote, 'form');
	const amended = vote.closest<HTMLElement>('[data-motion]')?.dataset.amends;
	const main = amended ? motionAt(amended) : null;
	main?.querySelector<HTMLElement>('[data-final]')?.removeAttribute('hidden');
}

const motionAt = (id: unknown) => at('data-motion', id);
