import type { Waiting } from './queue.ts';

/** What the server refused is not waiting for a network. */
export function tellRefused(box: HTMLElement, waiting: Waiting[]): void {
	const title = box.querySelector<HTMLElement>('[data-refused-title]');
	const lead = box.querySelector<HTMLElement>('[data-waiting-lead]');
	const refused = waiting.length > 0 && waiting.every(({ reason }) => reason !== undefined);
	if (lead) lead.hidden = refused;
	if (!title) return;
	title.dataset.waitingTitle ??= title.textContent ?? '';
	title.textContent = (refused ? title.dataset.refusedTitle : title.dataset.waitingTitle) ?? '';
}

/** A line of the list: what, when, why not, and the button that drops it or takes it back. */
export function queueEntry(
	operation: Waiting,
	list: HTMLElement,
	drop: (operation: Waiting) => void,
	newest: boolean,
): HTMLElement {
	const entry = document.createElement('li');
	const what = document.createElement('span');
	what.textContent = operation.says;
	const when = document.createElement('span');
	when.className = 'nums';
	when.textContent = timeOf(new Date(operation.madeAt), false);
	entry.append(what, when);
	if (!operation.reason && !newest) return entry;
	if (operation.reason)
		what.append(document.createElement('br'), list.dataset.refused!.replace('{reason}', operation.reason));
	const button = document.createElement('button');
	button.type = 'button';
	button.className = 'mini';
	button.textContent = (operation.reason ? list.dataset.drop : list.dataset.takeBack) ?? '';
	if (newest) button.dataset.takeBack = '';
	button.addEventListener('click', () => drop(operation));
	entry.append(button);
	return entry;
}

/** A moment in the town's time. */
export function timeOf(moment: Date, seconds: boolean): string {
	const timeZone = document.querySelector<HTMLElement>('[data-zone]')?.dataset.zone;
	return moment.toLocaleTimeString(document.documentElement.lang, {
		timeStyle: seconds ? 'medium' : 'short',
		timeZone,
	});
}
