/** So long before the end a page left open speaks up, in milliseconds. */
const early = 10 * 60_000;

/** Shows the note on the end of the session in time (SessionEnd.svelte), and stays on without leaving the page. */
export function session(page: Document): void {
	const box = page.querySelector<HTMLElement>('[data-session-left]');
	const note = box?.firstElementChild as HTMLElement | undefined;
	const form = box?.querySelector('form');
	const words = box?.querySelector('p');
	if (!box || !note || !form || !words) return;
	const plan = (left: number) => {
		setTimeout(
			() => {
				note.hidden = form.hidden = false;
			},
			Math.max(0, left * 1000 - early),
		);
	};
	if (note.hidden) plan(Number(box.dataset.sessionLeft));
	form.addEventListener('submit', async (event) => {
		event.preventDefault();
		try {
			const answer = await fetch(form.action, { method: 'POST', headers: { accept: 'application/json' } });
			const { left, says } = (await answer.json()) as { left: number; says: string };
			words.textContent = says;
			form.hidden = true;
			plan(left);
		} catch {
			words.textContent = box.dataset.sessionFailed ?? '';
		}
	});
}
