const SENT = 'mitrat.sent';

/**
 * Where reading begins: at the fault list after a failed form, at what came of one that was done, at the item an address names
 * (and opens).
 */
export function arrival(page: Document): void {
	const faults = page.querySelector<HTMLElement>('[data-faults]');
	faults?.focus();
	// A form that is sent to a place of its page comes back there, and the focus with it.
	if (faults && location.hash) addEventListener('load', () => faults.focus());
	const said = page.querySelector<HTMLElement>('main .msg[role]');
	if (wasSent() && said && !faults && !location.hash) {
		said.tabIndex = -1;
		said.focus();
	}
	addEventListener('submit', ({ target, defaultPrevented }) => {
		if (!defaultPrevented && target instanceof HTMLFormElement && target.method === 'post') noteSent();
	});
	const unfold = () => {
		const target = page.getElementById(decodeURIComponent(location.hash.slice(1)));
		if (!target) return;
		let closed: HTMLDetailsElement | null | undefined = target.closest('details');
		while (closed) {
			closed.open = true;
			closed = closed.parentElement?.closest('details');
		}
		if (!faults) target.scrollIntoView();
	};
	unfold();
	addEventListener('hashchange', unfold);
	// What is folded on the screen is wanted on paper.
	addEventListener('beforeprint', () => {
		for (const d of page.querySelectorAll<HTMLDetailsElement>('main details:not([data-menu])')) d.open = true;
	});
}

/** The page answers a form. */
function wasSent(): boolean {
	try {
		const sent = sessionStorage.getItem(SENT) !== null;
		sessionStorage.removeItem(SENT);
		return sent;
	} catch {
		return false;
	}
}

function noteSent(): void {
	try {
		sessionStorage.setItem(SENT, '1');
	} catch {
		// Without a store reading begins at the top.
	}
}
