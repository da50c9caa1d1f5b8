import type { IconName } from './icons.ts';

/** A way to somewhere: `current` marks where the reader is. */
export type WayTo = {
	href: string;
	label: string;
	/** Language of the label where it is not the page's, such as the name of a body. */ lang?: string;
	current?: boolean;
};

/** A language as readers know it: its own name, never a flag. `lang` is a BCP 47 tag. */
export type Tongue = { href: string; label: string; lang: string; current?: boolean };

/** A station on a line: done (filled), here (ring, with words), todo (hollow, dashed). */
export type Station = {
	what: string;
	/** Language of `what` where it is not the page's. */
	lang?: string;
	when?: string;
	/** Machine-readable date or time of `when`. */
	datetime?: string;
	/** A further line of small text. */
	note?: string;
	state?: 'done' | 'here' | 'todo';
	/** What stands at the ring, for example "Hier steht der Antrag". */
	you?: string;
};

/** What one voice did: y yes or present, s substitute, n no, a abstained, o absent. */
export type Voice = 'y' | 's' | 'n' | 'a' | 'o';

/** How a seat is filled. Unknown is not absent: old minutes leave cells blank. */
export type SeatState = 'in' | 'substituted' | 'out' | 'vacant' | 'unknown';

/** One seat of a plan: `label` is what stands in the drawing (its number), `who` and `note` in the table. */
export type Seat = {
	label: string;
	who: string;
	note?: string;
	state: SeatState;
	says: string;
	/** Language of who and note. */ lang?: string;
};

/** How something ended. The word comes from outside, the sign and its tone from here. */
export type Outcome = 'yes' | 'no' | 'noted' | 'open' | 'shut';

/** Figures of a sum: the last row carries `total`. */
export type SumRow = { label: string; value: string; total?: boolean };

/** One choice of a list, a radio group or a group of check boxes. */
export type Choice = {
	value: string;
	label: string;
	hint?: string;
	lang?: string;
	dir?: 'ltr' | 'rtl';
	disabled?: boolean;
};

/** One fault of a form: `field` is the id of the field it leads to. */
export type Fault = { field: string; text: string };

/** A file offered: what it is, and its kind and size in words. `href` is missing where it can't be opened. */
export type FileRow = { href?: string; label: string; note?: string; icon?: IconName; lang?: string };
