/**
 * Single keys of the screen: each presses, opens or goes to what carries it (`data-key`), in the item that is shown. They
 * can be switched off like all single keys (WCAG 2.1.4) and never act while somebody types.
 */
export function roomKeys(select: (by: 1 | -1) => void, undo: () => void): void {
	addEventListener('keydown', (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
		const target = event.target as HTMLElement | null;
		if (target instanceof HTMLInputElement && target.dataset.markKey) return markPerson(event, target);
		if (off() || (target && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))) return;
		if (document.querySelector('dialog[open]')) return;
		if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
			event.preventDefault();
			return select(event.key === 'ArrowDown' ? 1 : -1);
		}
		if (event.key === 'z') return undo();
		const all = [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)];
		const found = all.find((element) => element.offsetParent !== null);
		if (!found) return;
		event.preventDefault();
		if (/^(INPUT|TEXTAREA|SELECT)$/.test(found.tagName)) return found.focus();
		found.click();
		found.closest('details')?.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')?.focus();
	});
}

function off(): boolean {
	try {
		return localStorage.getItem('mitrat.keys') === 'off';
	} catch {
		return false;
	}
}

/** In the roll a letter marks the person and goes to the next one. */
function markPerson(event: KeyboardEvent, focused: HTMLInputElement): void {
	const row = focused.closest('tr')!;
	const wanted = row.querySelector<HTMLInputElement>(`[data-mark-key="${CSS.escape(event.key.toLowerCase())}"]`);
	if (!wanted) return;
	event.preventDefault();
	wanted.checked = true;
	const next = row.nextElementSibling;
	const way = next?.querySelector<HTMLElement>('input:checked') ?? next?.querySelector<HTMLElement>('input');
	(way ?? row.closest('form')!.querySelector<HTMLElement>('button[type=submit]'))?.focus();
}
