import { recall, remember } from './store.ts';

/** Light, dark or as the system says: shows the switch and keeps the choice on this device. */
export function theme(page: Document): void {
	apply(recall('theme') ?? '');
	for (const box of page.querySelectorAll<HTMLElement>('[data-theme-switch]')) {
		box.hidden = false;
		box.addEventListener('click', (event) => {
			const button = (event.target as Element).closest('button');
			if (!button) return;
			remember('theme', button.value || null);
			apply(button.value);
		});
	}

	function apply(name: string): void {
		if (name) page.documentElement.dataset.theme = name;
		else delete page.documentElement.dataset.theme;
		for (const b of page.querySelectorAll<HTMLButtonElement>('[data-theme-switch] button')) {
			b.setAttribute('aria-pressed', String(b.value === name));
		}
	}
}
