import {
	at,
	belongs,
	hide,
	instead,
	isId,
	made,
	madeWith,
	mark,
	redrawn,
	show,
	text,
	templateOf,
	type Draw,
} from './pending-parts.ts';
import type { Waiting } from './queue.ts';

/** The course of a session that waits: its opening, people, speakers, breaks, an item put on the agenda. */
export const ROOM: Record<string, Draw> = {
	open: drawOpening,
	item: drawCall,
	closeItem: (operation) => {
		const call = at('data-call', operation.payload.item);
		if (call) instead(call, operation, 'item-call', placesOf(call));
	},
	addItem: drawItem,
	pause: (operation) => change('[data-break]', operation, 'break-over', { time: timeOf(operation) }),
	resume: (operation) => change('[data-break]', operation, 'break'),
	part: (operation) => change('[data-part]', operation, `part-${text(operation.payload.closed)}`),
	quorum: drawStated,
	challenge: drawStated,
	checkIn: (operation) =>
		place(operation, operation.payload.row, operation.payload.mode === 'remote' ? 'person-remote' : 'person-here'),
	back: (operation) => place(operation, operation.payload.row, 'person-remote'),
	leave: (operation) => place(operation, operation.payload.row, 'person-away'),
	lost: (operation) => place(operation, operation.payload.row, 'person-lost'),
	handOver: (operation) => {
		place(operation, operation.payload.from, 'person-away');
		place(operation, operation.payload.to, 'person-here');
	},
	roll: (operation) => {
		for (const [row, said] of Object.entries((operation.payload.marks ?? {}) as Record<string, string>))
			place(operation, row, said === 'present' ? 'person-here' : said === 'remote' ? 'person-remote' : 'person-away');
	},
	guest: (operation) => {
		const { name, function: post, organisation } = operation.payload;
		newPerson(operation, text(name) || text(post) || text(organisation), 'person-here');
	},
	substitute: (operation) => {
		const option = document.querySelector(
			`select[name=person] option[value="${CSS.escape(text(operation.payload.person))}"]`,
		);
		newPerson(operation, option?.textContent?.trim() ?? '', 'person-away');
	},
	ask: drawAsking,
	floor: drawSpeaking,
	endFloor: () => hide(document, '[data-speaking]'),
	unask: ({ payload }) => {
		const line = payload.speaker
			? at('data-speaker', payload.speaker)
			: waitingIn(text(payload.item), text(payload.row));
		if (line) hide(line.parentElement!, `[data-row="${CSS.escape(line.dataset.row!)}"]`);
	},
};

/** The session is open: what can be done in it stands there, what came before it does not. */
function drawOpening(): void {
	hide(document, '[data-before]');
	show(document, '[data-starts]');
	const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')];
	const chosen = document.querySelector<HTMLElement>('a[data-select].chosen')?.dataset.select;
	const shown = panels.find(({ dataset }) => dataset.panel === chosen) ?? panels[0];
	if (shown && panels.every(({ hidden }) => hidden))
		show(shown.parentElement!, `[data-panel="${CSS.escape(shown.dataset.panel!)}"]`);
}

/** Who speaks to the item before has ended, and it is no longer the one that is called. */
function drawCall(operation: Waiting): void {
	const call = at('data-call', operation.payload.item);
	for (const other of document.querySelectorAll<HTMLElement>('[data-call]:has(input[value=closeItem])'))
		if (other !== call) instead(other, operation, 'item-call', placesOf(other));
	hide(document, '[data-speaking]');
	if (call) instead(call, operation, 'item-called', placesOf(call));
}

const placesOf = ({ dataset }: HTMLElement) => ({ item: dataset.call ?? '', number: dataset.number ?? '' });

function drawItem(operation: Waiting): void {
	const { payload } = operation;
	const steps = document.querySelector<HTMLElement>('[data-steps]');
	if (!isId(payload.item) || !steps || at('data-panel', payload.item)) return;
	const number = templateOf('step')?.dataset.number ?? '';
	const places = { item: text(payload.item), number, name: text(payload.title) };
	const [frame] = made('step', places);
	const step = frame?.querySelector<HTMLElement>('li');
	const [panel] = made('item', places);
	if (!step || !panel) return;
	steps.append(belongs(step, operation));
	document.querySelector('.panels')?.append(belongs(panel, operation));
}

function change(where: string, operation: Waiting, template: string, places: Record<string, string> = {}): void {
	const box = document.querySelector<HTMLElement>(where);
	if (box) instead(box, operation, template, places);
}

/** A finding can be doubted, and may be a lack: which of both, the server will say. */
function drawStated(): void {
	show(document, '[data-stated]');
}

function place(operation: Waiting, row: unknown, template: string): void {
	const line = at('data-person', row);
	const acts = line?.querySelector<HTMLElement>('[data-acts]');
	if (!line || !acts) return;
	const name = line.querySelector('[data-name]')?.textContent?.trim() ?? '';
	instead(acts, operation, template, { row: text(row), name });
	mark(line);
	const here = template === 'person-here' || template === 'person-remote';
	line.dataset.wasOut ??= String(line.classList.contains('out'));
	line.classList.toggle('out', !here);
	if (here) offer(text(row), name);
}

/** Who is there may speak, and doubt the quorum. */
function offer(row: string, name: string): void {
	for (const select of document.querySelectorAll<HTMLSelectElement>('[data-panel] select[name=row], #zweifel')) {
		if ([...select.options].some(({ value }) => value === row)) continue;
		select.append(new Option(name, row));
		const form = select.closest<HTMLElement>('[data-starts]');
		if (form && !document.querySelector('[data-before]:not([hidden])'))
			show(form.parentElement!, ':scope > [data-starts]');
	}
}

function newPerson(operation: Waiting, name: string, template: string): void {
	const { row } = operation.payload;
	const list = document.querySelector<HTMLElement>('[data-new-people]');
	if (!list || !isId(row)) return;
	if (!at('data-person', row)) {
		const entry = madeWith('person', { row: text(row), name }, 'data-person');
		if (entry) list.append(belongs(entry, operation));
		list.hidden = false;
	}
	place(operation, row, template);
}

function drawAsking(operation: Waiting): void {
	const { item, row } = operation.payload;
	if (waitingIn(text(item), text(row))) return;
	line(operation, 'speaker-waits', 'data-row');
}

function drawSpeaking(operation: Waiting): void {
	const { item, row } = operation.payload;
	hide(document, '[data-speaking]');
	const asked = waitingIn(text(item), text(row));
	if (asked) hide(asked.parentElement!, `[data-row="${CSS.escape(text(row))}"]`);
	line(operation, 'speaker-speaks', 'data-speaking');
}

/** A line of the speakers' list, drawn anew each time. */
function line(operation: Waiting, template: string, attribute: string): void {
	const { item, row } = operation.payload;
	const list = at('data-speakers', item);
	const places = { item: text(item), row: text(row), name: nameOf(text(row)), time: timeOf(operation) };
	const entry = madeWith(template, places, attribute);
	if (!list || !entry) return;
	if (attribute === 'data-speaking') list.prepend(redrawn(entry, operation));
	else list.append(redrawn(entry, operation));
	if (list.hidden) show(list.parentElement!, ':scope > [data-speakers]');
}

function waitingIn(item: string, row: string): HTMLElement | undefined {
	const list = at('data-speakers', item);
	const lines = list?.querySelectorAll<HTMLElement>(`[data-row="${CSS.escape(row)}"]`) ?? [];
	return [...lines].find(({ hidden }) => !hidden);
}

const nameOf = (row: string): string => at('data-person', row)?.querySelector('[data-name]')?.textContent?.trim() ?? '';
const timeOf = ({ madeAt }: Waiting): string => new Date(madeAt).toISOString();
