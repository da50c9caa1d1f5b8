/** Where reading begins: at the fault list after a failed form, at the item an address names (and opens). */
export function arrival(page: Document): void {
	page.querySelector<HTMLElement>('[data-faults]')?.focus();
	const unfold = () => {
		const target = page.getElementById(decodeURIComponent(location.hash.slice(1)));
		if (!target) return;
		let closed: HTMLDetailsElement | null | undefined = target.closest('details');
		while (closed) {
			closed.open = true;
			closed = closed.parentElement?.closest('details');
		}
		target.scrollIntoView();
	};
	unfold();
	addEventListener('hashchange', unfold);
	// What is folded on the screen is wanted on paper.
	addEventListener('beforeprint', () => {
		for (const d of page.querySelectorAll<HTMLDetailsElement>('main details:not([data-menu])')) d.open = true;
	});
}
