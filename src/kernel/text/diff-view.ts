/**
 * A difference as people read it: what changed, numbered, with what stands around; long stretches that stayed are folded away
 * with their number of blocks. Pure, safe for the browser.
 */
import type { BlockDiff } from './diff.ts';
import { diffToHtml } from './diff-html.ts';
import type { DiffHtmlOptions } from './diff-html.ts';
import { escapeHtml } from './html.ts';

export type DiffPart =
	/** Neighbours that changed: one place to jump to. Numbers count from 1. */
	| { kind: 'place'; number: number; rows: BlockDiff[] }
	/** Stayed, and shown for the sake of its neighbours. */
	| { kind: 'around'; rows: BlockDiff[] }
	/** Stayed, and folded. */
	| { kind: 'fold'; rows: BlockDiff[] };

export interface DiffView {
	parts: DiffPart[];
	/** How many places there are to jump to. */
	places: number;
	/** How many stretches of words or blocks came and went, how many blocks changed places. */
	inserted: number;
	deleted: number;
	moved: number;
}

export interface FoldOptions {
	/** So many blocks stay visible beside a change. */
	around?: number;
	/** Fewer blocks than this are not worth folding. */
	least?: number;
}

/** The difference in parts, in order and complete. */
export function viewDiff(diff: readonly BlockDiff[], { around = 1, least = 3 }: FoldOptions = {}): DiffView {
	const parts: DiffPart[] = [];
	let number = 0;
	const runs = runsOf(diff);
	runs.forEach(({ changed, rows }, at) => {
		if (changed) return parts.push({ kind: 'place', number: ++number, rows });
		const [head, tail] = [at > 0 ? around : 0, at < runs.length - 1 ? around : 0];
		const hidden = rows.slice(head, Math.max(head, rows.length - tail));
		if (!hidden.length || hidden.length < least) return parts.push({ kind: 'around', rows });
		const kept = (some: BlockDiff[]): DiffPart[] => (some.length ? [{ kind: 'around', rows: some }] : []);
		const end = rows.slice(rows.length - tail);
		return parts.push(...kept(rows.slice(0, head)), { kind: 'fold', rows: hidden }, ...kept(end));
	});
	const count = (what: 'insert' | 'delete') => diff.reduce((sum, row) => sum + stretches(row, what), 0);
	const moved = diff.filter((row) => row.moved).length;
	return { parts, places: number, inserted: count('insert'), deleted: count('delete'), moved };
}

function runsOf(diff: readonly BlockDiff[]): { changed: boolean; rows: BlockDiff[] }[] {
	const runs: { changed: boolean; rows: BlockDiff[] }[] = [];
	for (const row of diff) {
		const changed = row.op !== 'same' || Boolean(row.moved);
		const last = runs.at(-1);
		if (last?.changed === changed) last.rows.push(row);
		else runs.push({ changed, rows: [row] });
	}
	return runs;
}

function stretches(row: BlockDiff, what: 'insert' | 'delete'): number {
	if (row.op !== 'change') return row.op === what ? 1 : 0;
	if ('inner' in row) return row.inner.reduce((sum, inner) => sum + stretches(inner, what), 0);
	return row.lines.reduce((sum, line) => {
		if (line.op !== 'change') return sum + (line.op === what ? 1 : 0);
		return sum + line.cells.flat().filter(({ op }) => op === what).length;
	}, 0);
}

export interface DiffViewOptions extends DiffHtmlOptions {
	/** Words in the reader's language. */
	view: {
		/** Name of a place: `Änderung 3 von 12`. */
		place(number: number, of: number): string;
		/** The link to the next place. */
		next: string;
		/** The link after the last place, back to the first. */
		first: string;
		/** What is folded: `12 unveränderte Absätze`. */
		fold(blocks: number): string;
	};
	/** Places have the ids `<anchor>1`, `<anchor>2` …; `aenderung-` if nothing is said. */
	anchor?: string;
}

/** The difference as HTML: places with names, ids and links from one to the next; folds open without script. */
export function diffViewToHtml({ parts, places }: DiffView, options: DiffViewOptions): string {
	const { view, anchor = 'aenderung-' } = options;
	const id = (number: number) => escapeHtml(`${anchor}${number}`);
	return parts
		.map((part) => {
			const html = diffToHtml(part.rows, options);
			if (part.kind === 'around') return html;
			if (part.kind === 'fold')
				return `<details class="diff-fold"><summary>${escapeHtml(view.fold(part.rows.length))}</summary>${html}</details>`;
			const { number } = part;
			const [target, words] = number < places ? [number + 1, view.next] : [1, view.first];
			const jump = places > 1 ? `<p class="diff-jump"><a href="#${id(target)}">${escapeHtml(words)}</a></p>` : '';
			const name = escapeHtml(view.place(number, places));
			return `<div class="diff-place" id="${id(number)}" role="group" aria-label="${name}" tabindex="-1">${html}${jump}</div>`;
		})
		.join('\n');
}
