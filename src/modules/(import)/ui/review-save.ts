let saving: Promise<void> = Promise.resolve();

/** Posts the form in the background, one save after the other; the answer carries the next version. */
export function saveQuietly(form: HTMLFormElement, failed: string): Promise<void> {
	saving = saving.then(async () => {
		const state = form.querySelector<HTMLElement>('[data-save-state]');
		const version = form.elements.namedItem('version') as HTMLInputElement;
		try {
			const answer = await fetch(`${location.pathname}?/sichern`, {
				method: 'POST',
				body: new FormData(form),
				headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
			});
			const result = (await answer.json()) as { type: string };
			if (result.type !== 'success') throw new Error(result.type);
			version.value = String(Number(version.value) + 1);
			if (state) state.textContent = '✓';
		} catch {
			if (state) state.textContent = failed;
		}
	});
	return saving;
}
