import { panelOf } from './pending-motions.ts';
import { at, belongs, isId, madeWith, sent, text, type Draw } from './pending-parts.ts';
import type { Waiting } from './queue.ts';

/** Bias that waits: who declared it, what was decided, back at the table. */
export const BIAS: Record<string, Draw> = {
	bias: drawBias,
	decideBias: ({ payload }) => {
		const bias = at('data-bias', payload.bias);
		if (bias) sent(bias, '[data-decide]');
	},
	backAtTable: ({ payload }) => {
		const bias = at('data-bias', payload.bias);
		if (bias) sent(bias, '[data-back]');
	},
	withdrawBias: ({ payload }) => {
		const bias = at('data-bias', payload.bias);
		if (bias) sent(bias, '[data-decide], [data-back], [data-error]');
	},
};

function drawBias(operation: Waiting): void {
	const { payload } = operation;
	const item = text(payload.item);
	if (!isId(payload.bias) || at('data-bias', payload.bias)) return;
	panelOf(item);
	const place = at('data-biases', item);
	const panel = place?.closest<HTMLElement>('[data-item-votes], [data-live]');
	const choice = panel?.querySelector<HTMLOptionElement>(
		`select[name=attendance] option[value="${CSS.escape(text(payload.attendance))}"]`,
	);
	const entry = madeWith(
		payload.declaredBy === 'other' ? 'bias-other' : 'bias-self',
		{ item, number: numberOf(item), bias: text(payload.bias), name: choice?.textContent?.trim() ?? '' },
		'data-bias',
	);
	if (!place || !entry) return;
	place.querySelector('ul')!.append(belongs(entry, operation));
	place.hidden = false;
}

/** The number of an item, as the forms under it say it. */
export const numberOf = (item: string): string => at('data-elections', item)?.dataset.number ?? '';
