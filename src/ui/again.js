/**
 * Parts of a page with data-again="seconds" show how far something has come: they are asked for anew as long as the server
 * marks them so, and only they. What is being typed elsewhere stays, and so do the place, the focus and what was opened.
 */
for (const part of document.querySelectorAll('[data-again]')) follow(/** @type {HTMLElement} */ (part));

/** @param {HTMLElement} part */
async function follow(part) {
	const seconds = Number(part.dataset.again);
	if (!seconds) return;
	await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
	const fresh = document.hidden ? null : await asked(part.id);
	// Somebody is at one of its buttons: it waits for the next turn, unless it is over.
	if (fresh && !(part.contains(document.activeElement) && fresh.dataset.again)) put(part, fresh);
	await follow(part);
}

/**
 * @param {string} id
 * @returns {Promise<HTMLElement | null>} the part as it is now; null when nobody answers
 */
async function asked(id) {
	try {
		const answer = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
		if (!answer.ok || answer.redirected) return null;
		return new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(id);
	} catch {
		return null;
	}
}

/**
 * @param {HTMLElement} part
 * @param {HTMLElement} fresh
 */
function put(part, fresh) {
	const opened = [...part.querySelectorAll('details')].map(({ open }) => open);
	const hadFocus = part.contains(document.activeElement);
	part.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
	for (const [at, one] of part.querySelectorAll('details').entries()) one.open = opened[at] ?? one.open;
	part.dataset.again = fresh.dataset.again ?? '';
	if (!hadFocus) return;
	part.tabIndex = -1;
	part.focus();
}
