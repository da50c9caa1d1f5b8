import { recall, remember } from './store.ts';

/** Calm after the last key before a draft is kept, in milliseconds. */
const calm = 800;
/** Drafts older than this are forgotten, in milliseconds: thirty days. */
const lifetime = 30 * 24 * 3600 * 1000;

type Draft = { at: number; fields: [string, string][] };

/**
 * A form with data-draft="name" keeps what is typed on this device and says when; the words come from
 * data-draft-words="Entwurf um {time} Uhr gesichert …" and appear in an element with data-draft-note, or after the form.
 * What the server sent back after a fault wins over the draft. Sending or resetting the form forgets it.
 * Passwords, files and hidden fields are never kept.
 */
export function drafts(page: Document): void {
	for (const form of page.querySelectorAll<HTMLFormElement>('form[data-draft]')) keep(form);
}

function keep(form: HTMLFormElement): void {
	const key = `draft.${location.pathname}.${form.dataset.draft}`;
	const note = form.querySelector<HTMLElement>('[data-draft-note]') ?? addNote(form);
	const words = form.dataset.draftWords ?? '{time}';
	const say = (at: number) => {
		note.hidden = false;
		note.textContent = words.replace('{time}', new Date(at).toLocaleTimeString(document.documentElement.lang, { timeStyle: 'short' }));
	};
	const found = read(key);
	if (found && !form.querySelector('[data-faults]')) {
		fill(form, found.fields);
		say(found.at);
	}
	let timer = 0;
	form.addEventListener('input', () => {
		clearTimeout(timer);
		timer = window.setTimeout(() => {
			const at = Date.now();
			if (remember(key, JSON.stringify({ at, fields: fieldsOf(form) } satisfies Draft))) say(at);
		}, calm);
	});
	const forget = () => {
		clearTimeout(timer);
		remember(key, null);
		note.hidden = true;
	};
	form.addEventListener('submit', forget);
	form.addEventListener('reset', forget);
}

function addNote(form: HTMLFormElement): HTMLElement {
	const note = document.createElement('p');
	note.className = 'note';
	note.setAttribute('role', 'status');
	note.hidden = true;
	form.append(note);
	return note;
}

function read(key: string): Draft | null {
	const draft = JSON.parse(recall(key) ?? 'null') as Draft | null;
	return draft && Date.now() - draft.at < lifetime ? draft : null;
}

type Keepable = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function kept(form: HTMLFormElement): Keepable[] {
	return ([...form.elements] as Keepable[]).filter((e) => e.name && !/^(password|file|hidden|submit|button|fieldset)$/.test(e.type));
}

function fieldsOf(form: HTMLFormElement): [string, string][] {
	return kept(form)
		.filter((e) => !('checked' in e && /radio|checkbox/.test(e.type)) || e.checked)
		.map((e) => [e.name, e.value]);
}

function fill(form: HTMLFormElement, fields: [string, string][]): void {
	for (const e of kept(form)) {
		const values = fields.filter(([name]) => name === e.name).map(([, value]) => value);
		if ('checked' in e && /radio|checkbox/.test(e.type)) e.checked = values.includes(e.value);
		else if (values[0] !== undefined) e.value = values[0];
	}
}
