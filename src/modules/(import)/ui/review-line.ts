/**
 * The way from a finding to its passage: the passage is marked and brought into the document's window,
 * and on a large screen a line leads there. Decoration only: without script the numbers are links.
 */
export interface PassageLine {
	/** Marks the passage of a finding and moves the document, never the page. */
	show(path: string): void;
}

export function passageLine(form: HTMLElement): PassageLine {
	const pane = form.querySelector<HTMLElement>('.doc')!;
	const line = document.createElement('span');
	line.className = 'leader';
	line.setAttribute('aria-hidden', 'true');
	line.hidden = true;
	form.append(line);
	let waiting = 0;
	const draw = () => place(line, form, pane);
	const later = () => {
		cancelAnimationFrame(waiting);
		waiting = requestAnimationFrame(draw);
	};
	new ResizeObserver(later).observe(form);
	pane.addEventListener('scroll', later, { passive: true });
	addEventListener('scroll', later, { passive: true });

	return {
		show(path) {
			const marks = [...form.querySelectorAll<HTMLElement>('[data-passage]')];
			for (const mark of marks) mark.classList.toggle('now', mark.dataset.passage === path);
			for (const ref of form.querySelectorAll('.ref'))
				ref.classList.toggle('now', (ref as HTMLElement).dataset.toPassage === path);
			const first = marks.find((mark) => mark.dataset.passage === path);
			if (first) bringInto(pane, first);
			later();
		},
	};
}

/** Moves the document so that the passage lies a third down, unless it is well in sight already. */
function bringInto(pane: HTMLElement, mark: HTMLElement): void {
	const window = pane.getBoundingClientRect();
	const passage = mark.getBoundingClientRect();
	const edge = Math.min(48, window.height / 5);
	if (passage.top >= window.top + edge && passage.bottom <= window.bottom - edge) return;
	pane.scrollTop += passage.top - window.top - window.height / 3;
}

/** A bend from the passage's end to the card's number; left out where either is out of sight or they stand one above the other. */
function place(line: HTMLElement, form: HTMLElement, pane: HTMLElement): void {
	const mark = [...form.querySelectorAll('mark.now')].find((each) => each.textContent.trim())?.getClientRects()[0];
	const card = form.querySelector('.guess.now')?.getBoundingClientRect();
	const window = pane.getBoundingClientRect();
	line.hidden = !mark || !card || card.left < window.right || mark.bottom < window.top || mark.bottom > window.bottom;
	if (line.hidden) return;
	const base = form.getBoundingClientRect();
	const from = { x: mark!.right, y: mark!.bottom };
	const to = { x: card!.left, y: card!.top + 20 };
	const bend = (window.right + to.x) / 2;
	line.classList.toggle('up', to.y < from.y);
	Object.assign(line.style, {
		left: `${from.x - base.left}px`,
		top: `${Math.min(from.y, to.y) - base.top}px`,
		width: `${to.x - from.x}px`,
		height: `${Math.abs(to.y - from.y)}px`,
	});
	line.style.setProperty('--bend', `${bend - from.x}px`);
}
