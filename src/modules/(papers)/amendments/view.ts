/** What pages of amendments show; plain data. HTML is made by the kernel's text room and nothing else. */
import type { PaperState } from '../view.ts';

export interface BaseView {
	slug: string;
	reference: string;
	title: string;
	/** The version in force. */
	version: number;
}

export interface AmendmentView {
	slug: string;
	reference: string | null;
	title: string;
	state: PaperState;
	originators: string[];
	/** The version it was written on. */
	baseVersion: number;
	/** Places that don't fit the version in force any more. */
	lost: number;
	/** The version in which what became of it was taken over. */
	settled: number | null;
	inserted: number;
	deleted: number;
	moved: number;
	html: string;
	/** Numbers of those that want something else at the same places. */
	against: string[];
	source: 'form' | 'word';
}

export interface VersionRow {
	number: number;
	/** ISO day of the town. */
	day: string;
	note: string;
}

export interface ComparedView {
	from: number;
	to: number;
	note: string;
	places: number;
	inserted: number;
	deleted: number;
	moved: number;
	parts: { name: 'title' | 'operative' | 'reasons'; html: string }[];
}

export type Standing = 'open' | 'accepted' | 'rejected' | 'replaced';

export interface ChangeView {
	id: string;
	/** Numbers of the amendments that want it. */
	by: { reference: string; slug: string }[];
	html: string;
	standing: Standing;
	/** Something that collides is in the text: taking this pushes it out. */
	pushes: boolean;
}

export interface SpotView {
	where: { heading: string; block: number; line?: number };
	collision: boolean;
	changes: ChangeView[];
	/** What own wording would replace, as writing; it can be said otherwise under the first change. */
	current: string;
	own: string | null;
}

export interface LogRow {
	kind: 'accept' | 'take' | 'reject' | 'own';
	/** Numbers of the amendments it was about. */
	about: string[];
	/** Function or name of who decided. */
	by: string;
	at: string;
	/** ISO day of the town. */
	day: string;
	undone: boolean;
}

export interface MergeView {
	base: BaseView;
	amendments: { reference: string; slug: string; title: string; free: number }[];
	spots: SpotView[];
	open: number;
	decided: number;
	/** So many decisions stand in the log, those taken back too. */
	seen: number;
	undoable: boolean;
	log: LogRow[];
	html: string;
}
