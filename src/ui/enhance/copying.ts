/** A link with data-copy="copied" takes its address along instead of going there, and says so in these words. */
export function copying(page: Document): void {
	// Where long words may be broken is nobody's text: it stays behind.
	page.addEventListener('copy', (event) => {
		const text = getSelection()?.toString();
		if (!text?.includes('\u00AD')) return;
		event.clipboardData?.setData('text/plain', text.replaceAll('\u00AD', ''));
		event.preventDefault();
	});
	page.addEventListener('click', async (event) => {
		const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-copy]');
		if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
		event.preventDefault();
		const words = link.querySelector('span');
		try {
			await navigator.clipboard.writeText(link.href);
			if (words) words.textContent = link.dataset.copy ?? '';
			words?.setAttribute('role', 'status');
		} catch {
			location.assign(link.href);
		}
	});
}
