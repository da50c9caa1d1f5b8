/**
 * What script adds to the review: one key per decision, a line from the finding to its passage, saving by itself.
 * Everything it does is a click on, or a post of, the plain form.
 */
export function reviewByKeyboard(words: { failed: string }): (form: HTMLElement) => () => void {
	return (element) => {
		const form = element as HTMLFormElement;
		const findings = () => [...form.querySelectorAll<HTMLElement>('[data-finding]')];
		const undo: { box: HTMLInputElement; checked: boolean }[] = [];
		let current = findings()[0];
		let timer: ReturnType<typeof setTimeout> | undefined;

		function go(finding: HTMLElement | undefined) {
			if (!finding) return;
			finding.closest<HTMLDetailsElement>('details.more')?.setAttribute('open', '');
			current?.classList.remove('now');
			current = finding;
			finding.classList.add('now');
			finding.focus({ preventScroll: true });
			finding.scrollIntoView({ block: 'center' });
			showPassage(form, finding.dataset.finding!);
		}

		function decide(prefix: 'ok' | 'left') {
			const box = current?.querySelector<HTMLInputElement>(`input[name^="${prefix}:"]`);
			if (!box) return;
			undo.push({ box, checked: box.checked });
			box.checked = true;
			const other = current!.querySelector<HTMLInputElement>(`input[name^="${prefix === 'ok' ? 'left' : 'ok'}:"]`);
			if (other?.checked) other.checked = false;
			box.dispatchEvent(new Event('change', { bubbles: true }));
			step(1);
		}

		/** Opens the fields and puts the cursor into the first. */
		function edit() {
			current?.querySelector('details')?.setAttribute('open', '');
			current?.querySelector<HTMLElement>('input[type=text], select, textarea')?.focus();
		}

		function step(by: number) {
			const all = findings();
			go(all[all.indexOf(current!) + by]);
		}

		function back() {
			const last = undo.pop();
			if (!last) return;
			last.box.checked = last.checked;
			last.box.dispatchEvent(new Event('change', { bubbles: true }));
			go(last.box.closest<HTMLElement>('[data-finding]') ?? undefined);
		}

		const acts: Record<string, () => void> = {
			a: () => decide('ok'),
			x: () => decide('left'),
			e: edit,
			z: back,
			ArrowDown: () => step(1),
			ArrowUp: () => step(-1),
		};

		function onKey(event: KeyboardEvent) {
			if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
			const act = acts[event.key] ?? acts[event.key.toLowerCase()];
			if (!act) return;
			event.preventDefault();
			act();
		}

		function onClick(event: MouseEvent) {
			const target = event.target as HTMLElement;
			const path = target.closest<HTMLElement>('[data-to-passage]')?.dataset.toPassage ?? target.closest<HTMLElement>('[data-passage]')?.dataset.passage;
			if (!path) return;
			event.preventDefault();
			go(findings().find((finding) => finding.dataset.finding === path));
		}

		function onChange() {
			clearTimeout(timer);
			timer = setTimeout(() => void saveQuietly(form, words.failed), 800);
		}

		document.addEventListener('keydown', onKey);
		form.addEventListener('click', onClick);
		form.addEventListener('change', onChange);
		return () => {
			clearTimeout(timer);
			document.removeEventListener('keydown', onKey);
			form.removeEventListener('click', onClick);
			form.removeEventListener('change', onChange);
		};
	};
}

function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && (target as HTMLInputElement).type !== 'checkbox';
}

function showPassage(form: HTMLFormElement, path: string): void {
	for (const mark of form.querySelectorAll<HTMLElement>('[data-passage]')) mark.classList.toggle('now', mark.dataset.passage === path);
	form.querySelector<HTMLElement>(`[data-passage="${CSS.escape(path)}"]`)?.scrollIntoView({ block: 'nearest' });
}

let saving: Promise<void> = Promise.resolve();

/** Posts the form in the background, one save after the other; the answer carries the next version. */
function saveQuietly(form: HTMLFormElement, failed: string): Promise<void> {
	saving = saving.then(async () => {
		const state = form.querySelector<HTMLElement>('[data-save-state]');
		const version = form.elements.namedItem('version') as HTMLInputElement;
		try {
			const answer = await fetch(`${location.pathname}?/sichern`, { method: 'POST', body: new FormData(form), headers: { accept: 'application/json', 'x-sveltekit-action': 'true' } });
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
