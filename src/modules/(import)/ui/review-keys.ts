import { passageLine } from './review-line.ts';
import { saveQuietly } from './review-save.ts';

/**
 * What script adds to the review: one key per decision, a line from the finding to its passage, saving by itself.
 * Everything it does is a click on, or a post of, the plain form.
 */
const review = document.querySelector<HTMLFormElement>('form[data-review]');
if (review) reviewByKeyboard(review);

interface ReviewWords {
	/** Said when saving by itself did not work. */
	failed: string;
	/** Said when accepting everything certain was undone. */
	takenBack: string;
	/** How far the review is, by the number of decided findings. */
	decided: string[];
	/** What was accepted at once, by the number of findings. */
	accepted: string[];
}

/** The page brings its words along: every number has its own sentence there, whatever plurals the language has. */
function wordsOf({ dataset }: HTMLFormElement): ReviewWords {
	return {
		failed: dataset.saysFailed!,
		takenBack: dataset.saysTakenBack!,
		decided: JSON.parse(dataset.saysDecided!) as string[],
		accepted: JSON.parse(dataset.saysAccepted!) as string[],
	};
}

function reviewByKeyboard(form: HTMLFormElement): void {
	const words = wordsOf(form);
	const findings = () => [...form.querySelectorAll<HTMLElement>('[data-finding]')];
	const undo: { box: HTMLInputElement; checked: boolean }[][] = [];
	const sure = sureAct(form);
	const line = passageLine(form);
	let current: HTMLElement | undefined;
	let pointing = false;
	let timer: ReturnType<typeof setTimeout> | undefined;

	/** Makes a finding the current one where it stands. */
	function mark(finding: HTMLElement | undefined) {
		if (!finding || finding === current) return;
		current?.classList.remove('now');
		current = finding;
		finding.classList.add('now');
		line.show(finding.dataset.finding!);
	}

	function go(finding: HTMLElement | undefined) {
		if (!finding) return;
		finding.closest<HTMLDetailsElement>('details.more')?.setAttribute('open', '');
		mark(finding);
		finding.focus({ preventScroll: true });
		finding.scrollIntoView({ block: 'nearest' });
	}

	function decide(prefix: 'ok' | 'left') {
		const box = current?.querySelector<HTMLInputElement>(`input[name^="${prefix}:"]`);
		if (!box) return;
		undo.push([{ box, checked: box.checked }]);
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
		for (const { box, checked } of last) set(box, checked);
		if (last === sure.act) sure.forget(words.takenBack);
		else go(last[0]!.box.closest<HTMLElement>('[data-finding]') ?? undefined);
	}

	/** Everything certain and undecided is accepted in one act, which Z or its own button undoes in one. */
	function acceptSure() {
		const boxes = findings()
			.filter((finding) => finding.closest('[data-sure]') && !finding.matches('.accepted, .left, .changed'))
			.flatMap((finding) => finding.querySelector<HTMLInputElement>('input[name^="ok:"]') ?? []);
		const act = boxes.map((box) => ({ box, checked: false }));
		if (act.length) undo.push(act);
		for (const box of boxes) set(box, true);
		sure.remember(act, words.accepted[act.length] ?? '');
	}

	function takeBackSure() {
		if (!sure.act) return;
		undo.push(...undo.splice(undo.indexOf(sure.act), 1));
		back();
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
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (isTyping(event.target)) return whileTyping(event);
		const act = acts[event.key] ?? acts[event.key.toLowerCase()];
		if (!act) return;
		event.preventDefault();
		act();
	}

	/** Escape leads from a field back to its finding; Enter keeps what was typed and goes on, instead of loading the page anew. */
	function whileTyping(event: KeyboardEvent) {
		const field = event.target as HTMLElement;
		if (field.closest('[data-finding]') === null) return;
		if (event.key === 'Escape') current?.focus({ preventScroll: true });
		if (event.key !== 'Enter' || field.tagName !== 'INPUT' || event.isComposing) return;
		event.preventDefault();
		step(1);
	}

	function onClick(event: MouseEvent) {
		pointing = false;
		const target = event.target as HTMLElement;
		const act = target.closest('[data-accept-sure]')
			? acceptSure
			: target.closest('[data-take-back-sure]')
				? takeBackSure
				: null;
		// What an answer without script accepted is not known here: its button posts.
		if (act && (act === acceptSure || sure.act)) {
			event.preventDefault();
			return act();
		}
		const path =
			target.closest<HTMLElement>('[data-to-passage]')?.dataset.toPassage ??
			target.closest<HTMLElement>('[data-passage]')?.dataset.passage;
		if (!path) return mark(target.closest<HTMLElement>('[data-finding]') ?? undefined);
		event.preventDefault();
		go(findings().find((finding) => finding.dataset.finding === path));
	}

	/** By Tab the current one moves along; by pointer only with the click, so that nothing moves under the finger. */
	function onFocus(event: FocusEvent) {
		if (!pointing) mark((event.target as HTMLElement).closest<HTMLElement>('[data-finding]') ?? undefined);
	}

	const onDown = () => void (pointing = true);
	const onUp = () => void setTimeout(() => (pointing = false));

	function onChange(event: Event) {
		showDecisions(form, event.target as HTMLElement, words);
		clearTimeout(timer);
		timer = setTimeout(() => void saveQuietly(form, words.failed), 800);
	}

	form.classList.add('live');
	mark(findings()[0]);
	document.addEventListener('keydown', onKey);
	document.addEventListener('pointerup', onUp);
	form.addEventListener('pointerdown', onDown);
	form.addEventListener('focusin', onFocus);
	form.addEventListener('click', onClick);
	form.addEventListener('change', onChange);
}

/** Ticks a box as a click would. */
function set(box: HTMLInputElement, checked: boolean): void {
	box.checked = checked;
	box.dispatchEvent(new Event('change', { bubbles: true }));
}

type Act = { box: HTMLInputElement; checked: boolean }[];

/** The latest acceptance of everything certain: what it ticked, what is said of it, and its way back. */
function sureAct(form: HTMLFormElement) {
	const say = (text: string, wayBack: boolean) => {
		const state = form.querySelector('[data-sure-state]');
		if (state) state.textContent = text;
		form.querySelector('[data-take-back-sure]')?.toggleAttribute('hidden', !wayBack);
	};
	return {
		act: undefined as Act | undefined,
		remember(act: Act, text: string) {
			this.act = act.length ? act : undefined;
			say(text, act.length > 0);
		},
		forget(text: string) {
			this.act = undefined;
			say(text, false);
		},
	};
}

/** Shows at once what the next load would show: the decision at the card, and how many are decided. */
function showDecisions(form: HTMLFormElement, target: HTMLElement, words: ReviewWords): void {
	const card = target.closest<HTMLElement>('[data-finding]');
	if (!card) return;
	const box = (prefix: string) => card.querySelector<HTMLInputElement>(`input[name^="${prefix}:"]`);
	const [accepted, left] = [box('ok'), box('left')];
	if (target === accepted && accepted?.checked && left) left.checked = false;
	if (target === left && left?.checked && accepted) accepted.checked = false;
	if (target !== accepted && target !== left) card.classList.add('changed');
	card.classList.toggle('accepted', Boolean(accepted?.checked));
	card.classList.toggle('left', Boolean(left?.checked));
	const count = form.parentElement?.querySelector('[data-decided]');
	if (count)
		count.textContent =
			words.decided[form.querySelectorAll('[data-finding]:is(.accepted, .left, .changed)').length] ?? '';
}

function isTyping(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLElement &&
		/^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) &&
		(target as HTMLInputElement).type !== 'checkbox'
	);
}
