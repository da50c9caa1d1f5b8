import { recall, remember, remembered } from './store.ts';

/** Calm after the last key before a draft is kept, in milliseconds. */
const calm = 800;
/** Drafts older than this are forgotten, in milliseconds: thirty days. */
const lifetime = 30 * 24 * 3600 * 1000;

type Draft = { at: number; fields: [string, string][]; sent?: true };

/**
 * A form with data-draft="name" keeps what is typed on this device and says when; the words come from
 * data-draft-words="Entwurf um {time} Uhr gesichert …" and appear in an element with data-draft-note, or after the form.
 * What the server sent back after a fault wins over the draft. A draft that was sent is forgotten as soon as an answer
 * has come; when none came (no connection), or only that one has to sign in first (a page with data-refused), going back
 * finds it again. A form with data-draft-forget (signing out)
 * forgets all drafts: the device may be shared. Passwords, files and hidden fields are never kept.
 */
export function drafts(page: Document): void {
	const refused = page.querySelector('[data-refused]');
	const answered = !page.querySelector('[data-faults]') && arrivedBy() === 'navigate';
	for (const key of remembered('draft.')) {
		const draft = read(key);
		if (draft?.sent && refused) remember(key, JSON.stringify({ at: draft.at, fields: draft.fields } satisfies Draft));
		else if (!draft || (draft.sent && answered)) remember(key, null);
	}
	for (const form of page.querySelectorAll<HTMLFormElement>('form[data-draft]')) keep(form);
	for (const form of page.querySelectorAll('form[data-draft-forget]')) {
		form.addEventListener('submit', () => remembered('draft.').forEach((key) => remember(key, null)));
	}
}

function arrivedBy(): string {
	return (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.type ?? 'navigate';
}

function keep(form: HTMLFormElement): void {
	const key = `draft.${location.pathname}.${form.dataset.draft}`;
	const note = form.querySelector<HTMLElement>('[data-draft-note]') ?? addNote(form);
	const words = form.dataset.draftWords ?? '{time}';
	const say = (at: number) => {
		note.hidden = false;
		note.textContent = words.replace(
			'{time}',
			new Date(at).toLocaleTimeString(document.documentElement.lang, { timeStyle: 'short' }),
		);
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
	form.addEventListener('submit', () => {
		clearTimeout(timer);
		remember(key, JSON.stringify({ at: Date.now(), fields: fieldsOf(form), sent: true } satisfies Draft));
	});
	form.addEventListener('reset', () => {
		clearTimeout(timer);
		remember(key, null);
		note.hidden = true;
	});
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
	try {
		const draft = JSON.parse(recall(key) ?? 'null') as Draft | null;
		return draft && Date.now() - draft.at < lifetime ? draft : null;
	} catch {
		return null;
	}
}

type Keepable = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function kept(form: HTMLFormElement): Keepable[] {
	return ([...form.elements] as Keepable[]).filter(
		(e) => e.name && !/^(password|file|hidden|submit|button|fieldset)$/.test(e.type),
	);
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
