import type { ItemResult } from '../view.ts';

/** One item of an invented session: [title, kind, result, text, more]. */
export interface DemoItem {
	title: string;
	kind?: 'opening' | 'minutesApproval' | 'topic' | 'report' | 'election' | 'anyOther';
	result?: ItemResult;
	note?: string;
	text?: string;
	wording?: string;
	vote?: [yes: number, no: number, abstain: number, biased?: number];
	plain?: string;
	papers?: string[];
	task?: { who: string; organisation?: string; person?: string; what: string; dueInDays: number; doneInDays?: number };
	closed?: string;
}

export interface DemoSession {
	/** Weeks before the coming session. */
	weeksBefore: number;
	place: 'Altes Rathaus' | 'Haus der Vereine';
	/** Seat numbers of members who were there, were excused; seat 2 may be substituted. */
	present: number[];
	excused: number[];
	substituted?: boolean;
	languages: string;
	guests: [organisation: string, fn: string][];
	items: DemoItem[];
}

export const opening: DemoItem = {
	title: 'Eröffnung, Beschlussfähigkeit, Tagesordnung',
	kind: 'opening',
	result: 'confirmed',
	note: 'ohne Änderung',
	text: 'Die Vorsitzende eröffnet die Sitzung und begrüßt die Gäste. Die Einladung ist fristgerecht zugegangen.',
};
export const closing = (text: string): DemoItem => ({
	title: 'Verschiedenes',
	kind: 'anyOther',
	result: 'withoutVote',
	text,
});
export const minutes = (note = ''): DemoItem => ({
	title: 'Niederschrift der vorigen Sitzung',
	kind: 'minutesApproval',
	result: 'confirmed',
	note,
	text: 'Die Niederschrift liegt allen vor.',
});
