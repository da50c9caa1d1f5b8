/** Words of differences, for all pages of the room. */
import * as m from '#messages';
import type { DiffViewOptions } from '#kernel/text/diff-view.ts';

/** @param anchor begins the ids of places; two differences on one page need two */
export function diffWords(anchor: string): DiffViewOptions {
	return {
		labels: {
			insertStart: m.council_minutes_diff_in(),
			insertEnd: m.council_minutes_diff_in_end(),
			deleteStart: m.council_minutes_diff_out(),
			deleteEnd: m.council_minutes_diff_out_end(),
			moved: m.council_minutes_diff_moved(),
			form: m.papers_amendments_form(),
		},
		view: {
			place: (number, of) => m.papers_amendments_place({ number, of }),
			next: m.papers_amendments_next(),
			first: m.papers_amendments_first(),
			fold: (blocks) => m.papers_amendments_fold({ count: blocks }),
		},
		anchor,
		headingOffset: 3,
		hiddenClass: 'sr',
	};
}
