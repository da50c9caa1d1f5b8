/** A details element with data-menu closes on Escape (focus returns to it) and on a press outside. */
export function menus(page: Document): void {
	const open = () => page.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]');
	page.addEventListener('keydown', (event) => {
		if (event.key !== 'Escape') return;
		for (const menu of open()) {
			menu.open = false;
			menu.querySelector('summary')?.focus();
		}
	});
	page.addEventListener('pointerdown', (event) => {
		for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
	});
	page.addEventListener('focusin', (event) => {
		for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
	});
}
