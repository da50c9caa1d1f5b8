import { recall, remember } from './store.ts';

/** How long the second key of "g s" may take, in milliseconds. */
const patience = 1500;

/**
 * Single keys: `/` to the search, `?` the list, two-key ways as the list names them. They can be switched off in the
 * list (WCAG 2.1.4), never act while somebody types, and never with a modifier.
 */
export function keys(page: Document): void {
	const list = page.querySelector<HTMLDialogElement>('dialog[data-keys]');
	const box = list?.querySelector<HTMLInputElement>('[data-keys-on]');
	let on = recall('keys') !== 'off';
	if (box) {
		box.checked = on;
		box.addEventListener('change', () => {
			on = box.checked;
			remember('keys', on ? null : 'off');
		});
	}
	for (const b of page.querySelectorAll<HTMLElement>('[data-keys-open]')) {
		b.hidden = !list;
		b.addEventListener('click', () => list?.showModal());
	}

	let first = '';
	let since = 0;
	page.addEventListener('keydown', (event) => {
		if (!on || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
		const way = Date.now() - since < patience ? `${first} ${event.key}` : event.key;
		first = event.key;
		since = Date.now();
		if (act(way) || act(event.key)) event.preventDefault();
	});

	/** Does what a key stands for; says whether it stood for anything. */
	function act(way: string): boolean {
		const search = way === '/' && page.querySelector<HTMLInputElement>('[data-search]');
		if (search) {
			search.focus();
			search.select();
			return true;
		}
		if (way === '?' && list && !list.open) {
			list.showModal();
			return true;
		}
		const entry = [...page.querySelectorAll<HTMLElement>('[data-go]')].find((e) => e.dataset.go === way);
		if (!entry?.dataset.href) return false;
		location.assign(entry.dataset.href);
		return true;
	}
}

function typing(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
	);
}
