/**
 * Items of a list by drag (`data-sort`, `data-sort-item`, `data-grip`), besides the buttons and the choice in the form, which stay for keyboards, fingers and readers
 * without script. A grip appears at each item; letting go sends the same form that the choice sends.
 */
const form = document.querySelector<HTMLFormElement>('form[data-sort-form]');

/** The item that is being moved. */
let moving: HTMLElement | null = null;

function listOf(item: HTMLElement): HTMLElement | null {
	return item.closest<HTMLElement>('[data-sort]');
}

/** Where the pointer would put the moving item: before or behind this one; null outside of its own part. */
function placeAt(event: DragEvent): { item: HTMLElement; behind: boolean } | null {
	const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-sort-item]') : null;
	if (!moving || !item || item === moving || listOf(item) !== listOf(moving)) return null;
	const { top, height } = item.getBoundingClientRect();
	return { item, behind: event.clientY > top + height / 2 };
}

function unmark(): void {
	for (const one of document.querySelectorAll('.drop-before, .drop-behind'))
		one.classList.remove('drop-before', 'drop-behind');
}

/** Sends the item before the one that follows its new place, or to the end of its part. */
function send(form: HTMLFormElement, place: { item: HTMLElement; behind: boolean }): void {
	const items = [...listOf(place.item)!.querySelectorAll<HTMLElement>(':scope > [data-sort-item]')];
	const rest = items.filter((one) => one !== moving);
	const before = rest[rest.indexOf(place.item) + (place.behind ? 1 : 0)];
	const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
	field('id').value = moving!.dataset.sortItem!;
	field('vor').value = before?.dataset.sortItem ?? '';
	form.requestSubmit();
}

if (form) {
	for (const grip of document.querySelectorAll<HTMLElement>('[data-grip]')) {
		grip.hidden = false;
		grip.draggable = true;
		grip.addEventListener('dragstart', (event) => {
			moving = grip.closest<HTMLElement>('[data-sort-item]');
			if (!moving) return;
			event.dataTransfer?.setDragImage(moving, 16, 16);
			event.dataTransfer?.setData('text/plain', '');
			moving.classList.add('moving');
		});
		grip.addEventListener('dragend', () => {
			moving?.classList.remove('moving');
			moving = null;
			unmark();
		});
	}
	document.addEventListener('dragover', (event) => {
		const place = placeAt(event);
		unmark();
		if (!place) return;
		event.preventDefault();
		place.item.classList.add(place.behind ? 'drop-behind' : 'drop-before');
	});
	document.addEventListener('drop', (event) => {
		const place = placeAt(event);
		if (!place) return;
		event.preventDefault();
		send(form, place);
	});
}
