import type { Said, Sender } from './sender.ts';
import type { Waiting } from './queue.ts';

/** Calm after the last key before a text is sent, in milliseconds. */
const CALM = 900;

interface Draft {
	text: string;
	base: string;
}

/**
 * The text of each item saves itself: every key is kept on the device at once (a crash loses nothing), sent after a
 * moment of calm, and forgotten when the server has it. After a conflict it waits until somebody has looked.
 */
export class Texts {
	readonly #room: string;
	readonly #sender: Sender;
	readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
	readonly #underWay = new Set<string>();

	constructor(room: string, sender: Sender) {
		this.#room = room;
		this.#sender = sender;
		addEventListener('input', (event) => {
			const area = event.target;
			if (area instanceof HTMLTextAreaElement && area.closest('[data-autosave]')) this.#typed(area);
		});
	}

	/** Puts back what was typed and never arrived. */
	restore(): void {
		for (const area of areas()) {
			const draft = this.#draft(area);
			if (!draft || draft.text === area.value) continue;
			area.value = draft.text;
			area.dataset.base = draft.base;
			this.#mark(area);
			this.#soon(area);
		}
	}

	/** A new text from the server came into the page: its base is the new one. */
	save(form: HTMLFormElement): void {
		const area = form.querySelector('textarea');
		if (!area) return;
		delete area.dataset.conflict;
		this.#keep(area);
		this.#send(area);
	}

	said({ payload }: Waiting, said: Said): void {
		const area = areas().find((one) => itemOf(one) === payload.item);
		this.#underWay.delete(String(payload.item));
		if (!area) {
			if (said.state === 'done' || said.state === 'repeated') this.#forget(String(payload.item));
			return;
		}
		if (said.state === 'conflict') return this.#conflict(area, said);
		if (said.state === 'refused') return;
		const { hash } = (said.result ?? {}) as { hash?: string };
		if (hash) area.dataset.base = hash;
		if (area.value !== payload.text) return this.#soon(area);
		area.defaultValue = area.value;
		this.#forget(itemOf(area));
		area.closest('form')?.classList.remove('unsaved');
	}

	#typed(area: HTMLTextAreaElement): void {
		this.#keep(area);
		this.#mark(area);
		this.#soon(area);
	}

	#soon(area: HTMLTextAreaElement): void {
		const item = itemOf(area);
		clearTimeout(this.#timers.get(item));
		if (area.dataset.conflict === undefined)
			this.#timers.set(
				item,
				setTimeout(() => this.#send(area), CALM),
			);
	}

	#send(area: HTMLTextAreaElement): void {
		const item = itemOf(area);
		if (this.#underWay.has(item)) return this.#soon(area);
		if (area.value === area.defaultValue) return;
		this.#underWay.add(item);
		const says = area.closest('form')!.dataset.op ?? '';
		const clientId = crypto.randomUUID();
		void this.#sender.add({
			clientId,
			kind: 'text',
			payload: { item, text: area.value },
			base: area.dataset.base ?? '',
			says,
		});
	}

	#conflict(area: HTMLTextAreaElement, { current, words }: Said): void {
		area.dataset.conflict = '';
		if (current?.hash) area.dataset.base = current.hash;
		const note = area.closest('form')!.querySelector<HTMLElement>('[data-text-state]');
		if (!note) return;
		const stands = document.createElement('span');
		stands.className = 'kept';
		stands.lang = 'de';
		stands.textContent = current?.text ?? '';
		note.replaceChildren(`${words ?? ''} `, stands);
	}

	#mark(area: HTMLTextAreaElement): void {
		area.closest('form')?.classList.add('unsaved');
	}

	#key(item: string): string {
		return `mitrat.text.${this.#room}.${item}`;
	}

	#draft(area: HTMLTextAreaElement): Draft | null {
		try {
			return JSON.parse(localStorage.getItem(this.#key(itemOf(area))) ?? 'null') as Draft | null;
		} catch {
			return null;
		}
	}

	#keep(area: HTMLTextAreaElement): void {
		const draft: Draft = { text: area.value, base: area.dataset.base ?? '' };
		try {
			localStorage.setItem(this.#key(itemOf(area)), JSON.stringify(draft));
		} catch {
			// A full or forbidden store: the queue and the server are left.
		}
	}

	#forget(item: string): void {
		try {
			localStorage.removeItem(this.#key(item));
		} catch {
			// nothing was kept, then
		}
	}
}

function areas(): HTMLTextAreaElement[] {
	return [...document.querySelectorAll<HTMLTextAreaElement>('[data-autosave] textarea')];
}

function itemOf(area: HTMLTextAreaElement): string {
	return area.closest<HTMLElement>('[data-panel]')!.dataset.panel!;
}
