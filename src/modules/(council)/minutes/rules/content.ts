import type { TextDocument } from '#kernel/text/schema.ts';

/**
 * What minutes say, as finished German words in a fixed shape: this is hashed, signed, kept and set in every format. Nothing
 * in it is looked up later, so that a signed version reads the same when people, templates and rules have changed.
 */
export interface MinutesContent {
	format: 1;
	style: 'results' | 'roundTable';
	town: string;
	body: string;
	/** 'Ergebnisprotokoll' */
	kind: string;
	title: string;
	/** "28. Oktober 2026, 17:04 bis 18:52 Uhr" */
	when: string;
	date: string;
	slug: string;
	number: number | null;
	public: boolean;
	facts: { term: string; detail: string; publicDetail?: string }[];
	headings: Record<Heading, string>;
	/** Sentences before the first item; those of the opening item stand with it. */
	preamble: Said[];
	attendance: Group[];
	quorum: { sentence: string; steps: { label: string; value: string; result: boolean }[]; source: string } | null;
	items: Item[];
	tasks: Task[];
	taskColumns: [string, string, string, string];
	/** Tasks of earlier sessions, looked at in this one. */
	review: { what: string; who: string; publicWho: string; state: string }[];
	dates: { date: string; words: string; detail: string; public: boolean }[];
	files: { id: string; title: string; public: boolean }[];
	/** The agenda as it went out; null where it was not kept. */
	invited: { number: string; title: string; public: boolean }[] | null;
	closing: Said[];
	signers: { role: 'chair' | 'minuteTaker' | 'office' | 'member'; label: string; name: string; function: string }[];
}

export type Heading =
	| 'attendance'
	| 'quorum'
	| 'agenda'
	| 'public'
	| 'closed'
	| 'tasks'
	| 'review'
	| 'dates'
	| 'files'
	| 'end'
	| 'invited'
	| 'signatures'
	| 'vote'
	| 'task'
	| 'file';

/** A standard sentence; the key names it so that the office can say it otherwise. `publicText` is the one for strangers. */
export interface Said {
	key: string;
	text: string;
	publicText?: string;
}

export interface Group {
	key: string;
	heading: string;
	/** Heads of the columns: organisation, name, presence. */
	columns: [string, string, string];
	rows: Row[];
}

export interface Row {
	name: string;
	/** What strangers read instead: the name where it is public, else a function; never a guest's bare name (R8-12). */
	publicName: string;
	organisation: string;
	/** "entschuldigt, ab 17:30 Uhr"; strangers never read why somebody was away (R2-65). */
	presence: string;
	publicPresence: string;
	mark: 'present' | 'substituted' | 'absent' | 'unknown';
	voting: boolean;
}

export interface Item {
	id: string;
	number: string;
	title: string;
	/** What strangers read instead of a closed title (R2-08). */
	neutralTitle: string;
	public: boolean;
	closedReason: string;
	/** Taken off the agenda in the session. */
	removed: boolean;
	before: Said[];
	text: TextDocument;
	statements: { name: string; text: string }[];
	votes: {
		text: string;
		sentence: string;
		marks: { yes: number; no: number; abstained: number } | null;
		names: string;
	}[];
	resolutions: { label: string; text: string }[];
	after: Said[];
	tasks: Task[];
	files: { id: string; title: string; public: boolean }[];
	papers: string[];
	/** Closed, and seen by somebody who may not read it. */
	hidden?: true;
}

export interface Task {
	what: string;
	who: string;
	/** Offices by name, people only where they may be named. */
	publicWho: string;
	due: string;
	public: boolean;
}

const NO_TEXT: TextDocument = { version: 1, blocks: [] };

/**
 * What strangers get: closed items under their neutral title and without a word of content, people without a seat by
 * function, never why somebody was absent, nothing marked as not public (rulebook R2-08, R2-65, R8-12).
 */
export function publicContent(content: MinutesContent): MinutesContent {
	const said = (line: Said): Said => ({ key: line.key, text: line.publicText ?? line.text });
	const shownTask = (task: Task): Task[] => (task.public ? [{ ...task, who: task.publicWho }] : []);
	return {
		...content,
		facts: content.facts.map(({ term, detail, publicDetail }) => ({ term, detail: publicDetail ?? detail })),
		preamble: content.preamble.map(said),
		attendance: content.attendance.map(publicGroup).filter(({ rows }) => rows.length),
		items: content.items.map((item) => (item.public ? publicItem(item, said, shownTask) : hiddenItem(item))),
		tasks: content.tasks.flatMap(shownTask),
		review: content.review.map((row) => ({ ...row, who: row.publicWho })),
		dates: content.dates.filter((date) => date.public),
		files: content.files.filter((file) => file.public),
		invited: content.invited,
		closing: content.closing.map(said),
	};
}

function publicGroup(group: Group): Group {
	const rows = group.rows.flatMap((row): Row[] => {
		const name = row.publicName;
		if (!name && !row.organisation) return [];
		return [{ ...row, name, publicName: name, presence: row.publicPresence }];
	});
	return { ...group, rows };
}

function publicItem(item: Item, said: (line: Said) => Said, shown: (task: Task) => Task[]): Item {
	return {
		...item,
		before: item.before.map(said),
		after: item.after.map(said),
		tasks: item.tasks.flatMap(shown),
		files: item.files.filter((file) => file.public),
	};
}

function hiddenItem({ id, number, neutralTitle, closedReason, removed }: Item): Item {
	return {
		id,
		number,
		title: neutralTitle,
		neutralTitle,
		public: false,
		closedReason,
		removed,
		before: [],
		text: NO_TEXT,
		statements: [],
		votes: [],
		resolutions: [],
		after: [],
		tasks: [],
		files: [],
		papers: [],
		hidden: true,
	};
}

/** The closed part alone, for those who may read it: its own minutes (R2-43). */
export function closedContent(content: MinutesContent): MinutesContent {
	return {
		...content,
		preamble: [],
		items: content.items.filter((item) => !item.public),
		tasks: [],
		review: [],
		dates: [],
		files: [],
		invited: null,
	};
}

export function hasClosedItems(content: MinutesContent): boolean {
	return content.items.some((item) => !item.public);
}
