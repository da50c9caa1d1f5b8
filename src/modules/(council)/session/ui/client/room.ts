/**
 * What script adds to the session's screen: it saves by itself and in the background, goes on without a network, shows
 * what others do, and has keys. Everything it does is what the plain forms do.
 */
import { operationOf } from '../../rules/form.ts';
import { loadPage, putBlocks, putTyped, settle } from './blocks.ts';
import { onChange } from './events.ts';
import { KeptFocus } from './focus.ts';
import { roomKeys } from './keys.ts';
import { Offer } from './offer.ts';
import { drawPending, eraseDrawn } from './pending.ts';
import { Queue, type Waiting } from './queue.ts';
import { queueEntry, tellRefused, timeOf } from './queue-list.ts';
import { Sender, type Said } from './sender.ts';
import { Texts } from './texts.ts';

const screen = document.querySelector<HTMLElement>('[data-room]');
if (screen) start(screen.dataset.room!, screen.dataset.operations!, screen.dataset.events!);

function start(room: string, operations: string, events: string): void {
	const queue = new Queue();
	const sent = new WeakSet<HTMLElement>();
	/** The form that each operation came from. */
	const forms = new Map<string, HTMLFormElement>();
	const offer = new Offer();
	const sender = new Sender(queue, room, operations, { tried, said, reached: () => netState(true) });
	const texts = new Texts(room, sender);
	const focus = new KeptFocus();

	document.addEventListener('submit', (event) => {
		const form = event.target;
		if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
		if (form.dataset.needsNetwork !== undefined && !online()) {
			// What was typed would go with the page; the form says why it has to wait.
			event.preventDefault();
			return form.scrollIntoView({ block: 'nearest' });
		}
		if (form.dataset.op === undefined) return;
		event.preventDefault();
		if (form.dataset.autosave !== undefined) return texts.save(form);
		const { submitter } = event as SubmitEvent;
		if (submitter?.ariaDisabled === 'true') return;
		focus.remember(submitter);
		const { kind, base, payload } = operationOf(new FormData(form, submitter));
		// What is made here has its id from here: what follows without a network can name it.
		for (const { name } of form.querySelectorAll<HTMLInputElement>('input[data-own-id]'))
			payload[name] = crypto.randomUUID();
		const block = form.closest<HTMLElement>('[data-live]');
		if (block) sent.add(block);
		expect(kind, payload, form);
		settle(form);
		const clientId = crypto.randomUUID();
		offer.pressed(clientId);
		forms.set(clientId, form);
		void sender.add({ clientId, kind, payload, base, says: form.dataset.op });
	});

	document.addEventListener('click', (event) => {
		const link = (event.target as Element | null)?.closest<HTMLAnchorElement>('a[href]');
		if (link && leaves(link) && !online()) {
			event.preventDefault();
			return sayOffline();
		}
		const way = (event.target as Element | null)?.closest<HTMLElement>('a[data-select]');
		if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		show(way.dataset.select!);
	});

	/** Before the server has said so: what a press does shows at once, marked as not saved. */
	function expect(kind: string, payload: Record<string, unknown>, form: HTMLFormElement): void {
		// A form that makes something new is empty again: what it made is drawn, and says that it is not saved.
		const fold = form.querySelector('input[data-own-id]') && form.closest('details');
		if (fold) {
			const here = fold.contains(document.activeElement);
			fold.open = false;
			if (here) fold.querySelector('summary')?.focus({ preventScroll: true });
		} else {
			form.classList.add('unsaved');
			form.closest('li')?.classList.add('unsaved');
		}
		if (kind !== 'item') return;
		show(String(payload.item));
		for (const step of document.querySelectorAll('.steps li.here')) step.classList.replace('here', 'done');
		document
			.querySelector(`a[data-select="${CSS.escape(String(payload.item))}"]`)
			?.closest('li')
			?.classList.add('here');
	}

	/** Nobody wants it any more: it was refused, or entered by mistake while the network is away. */
	function drop(operation: Waiting): void {
		eraseDrawn(operation.clientId);
		offer.settled(operation.clientId);
		const form = forms.get(operation.clientId);
		form?.classList.remove('unsaved');
		form?.closest('li')?.classList.remove('unsaved');
		void queue
			.forget(operation)
			.then(() => sender.send())
			.then(() => focus.goOn('#ungesichert button', '#punkt'));
	}

	function said(operation: Waiting, answer: Said): void {
		if (operation.kind === 'text') texts.said(operation, answer);
		else offer.settled(operation.clientId, answer.seq);
	}

	function tried(waiting: Waiting[], reached: boolean): void {
		drawPending(waiting, false);
		showNetwork(online());
		showQueue(waiting, reached, drop);
		if (reached) void refresh();
	}

	let refreshing = false;
	let again = false;
	async function refresh(): Promise<void> {
		if (refreshing) {
			again = true;
			return;
		}
		refreshing = true;
		do {
			again = false;
			const query = new URLSearchParams(location.search);
			query.delete('schon');
			query.delete('getan');
			const asked = offer.done;
			if (asked) query.set('getan', String(asked));
			const before = losses;
			const page = await loadPage(`${location.pathname}?${query}`);
			const waiting = await queue.of(room);
			if (page === 'offline') netState(false);
			else {
				// From here to the end in one step: no part is ever seen without what waits and what the network does.
				if (page !== 'gone') {
					putBlocks(page, (block) => sent.delete(block));
					offer.put(asked);
				}
				restoreSelection();
				texts.restore();
				drawPending(waiting);
				putTyped();
				// An answer is proof, unless the network went away while it came.
				netState(before === losses ? true : connected);
				tick();
				showQueue(waiting, true, drop);
			}
		} while (again);
		refreshing = false;
		focus.restore();
	}

	let selected = new URLSearchParams(location.search).get('punkt') ?? '';
	function show(item: string): void {
		selected = item;
		const query = new URLSearchParams(location.search);
		query.set('punkt', item);
		query.delete('getan');
		history.replaceState(null, '', `${location.pathname}?${query}`);
		restoreSelection();
		document.querySelector('#punkt')?.scrollIntoView({ block: 'nearest' });
	}

	function restoreSelection(): void {
		if (!selected || !document.querySelector(`[data-panel="${CSS.escape(selected)}"]`)) return;
		for (const panel of document.querySelectorAll<HTMLElement>('[data-panel]'))
			panel.hidden = panel.dataset.panel !== selected;
		for (const way of document.querySelectorAll<HTMLElement>('a[data-select]'))
			way.classList.toggle('chosen', way.dataset.select === selected);
	}

	roomKeys(
		(by) => {
			const ways = [...document.querySelectorAll<HTMLElement>('a[data-select]')];
			const at = ways.findIndex((way) => way.classList.contains('chosen'));
			const next = ways[at + by];
			if (next) show(next.dataset.select!);
		},
		() => offer.take(),
	);
	// Without the stream the page's next answer tells whether there is a network.
	const refreshSoon = () => void refresh();
	onChange(events, refreshSoon, refreshSoon);
	addEventListener('offline', () => netState(false));
	addEventListener('beforeunload', (event) => {
		if (!online()) event.preventDefault();
	});
	tick();
	setInterval(tick, 1000);
	texts.restore();
	void queue.of(room).then((waiting) => {
		offer.waits(waiting);
		return sender.send();
	});
}

/** Told last; the part of the page that says it may come anew. */
let connected: boolean | undefined;

/** How often the network was found gone. */
let losses = 0;

function netState(on: boolean | undefined): void {
	connected = on;
	if (on === false) losses++;
	if (on === undefined) return;
	showNetwork(on);
	const place = document.querySelector<HTMLElement>('#netz');
	if (!place) return;
	place.hidden = false;
	place.className = on ? 'ok' : 'wait-i';
	const words = place.querySelector('span');
	if (words) words.textContent = (on ? place.dataset.wordsOn : place.dataset.wordsOff) ?? '';
}

const online = (): boolean => connected !== false && navigator.onLine;

/** What can't be done without a network says so, with its reason, as long as there is none. */
function showNetwork(on: boolean): void {
	for (const note of document.querySelectorAll<HTMLElement>('[data-offline]')) note.hidden = on;
	for (const part of document.querySelectorAll<HTMLElement>('[data-online]')) part.hidden = !on;
	if (on) document.querySelector('#ohne-netz')?.setAttribute('hidden', '');
}

/** Another page would not open, and this one would be gone. */
const leaves = (link: HTMLAnchorElement): boolean =>
	link.target !== '_blank' && !link.dataset.select && link.pathname !== location.pathname;

function sayOffline(): void {
	const note = document.querySelector<HTMLElement>('#ohne-netz');
	if (!note) return;
	note.hidden = false;
	note.focus();
}

function showQueue(waiting: Waiting[], reached: boolean, drop: (operation: Waiting) => void): void {
	const open = document.querySelector<HTMLElement>('#offen');
	const saved = document.querySelector<HTMLElement>('#gesichert');
	const words = open?.querySelector<HTMLElement>('[data-waiting]');
	if (open) open.hidden = waiting.length === 0;
	if (words) words.textContent = words.dataset.waiting!.replace('{count}', String(waiting.length));
	const note = saved?.querySelector<HTMLElement>('[data-saved-words]');
	if (note && reached && !waiting.length)
		note.textContent = saved!.dataset.saved!.replace('{time}', timeOf(new Date(), true));
	if (!reached) netState(false);
	const box = document.querySelector<HTMLElement>('#ungesichert');
	const list = box?.querySelector<HTMLElement>('[data-queue]');
	if (!box || !list) return;
	box.hidden = waiting.length === 0;
	tellRefused(box, waiting);
	// As long as nobody has it, the newest can be taken back here; what rests on nothing goes first.
	const newest = reached && online() ? undefined : waiting.findLast(({ reason, kind }) => !reason && kind !== 'text');
	list.replaceChildren(...waiting.map((operation) => queueEntry(operation, list, drop, operation === newest)));
	const scrolls = list.parentElement;
	if (scrolls && !scrolls.contains(document.activeElement)) scrolls.scrollTop = scrolls.scrollHeight;
}

function tick(): void {
	const now = new Date();
	const clock = document.querySelector<HTMLElement>('[data-clock]');
	if (clock) clock.textContent = timeOf(now, false);
	for (const timer of document.querySelectorAll<HTMLElement>('[data-timer]')) {
		const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(timer.dataset.timer!)) / 1000));
		timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
	}
}
