import type { Content, Kind } from '../reading/types.ts';

/** How a value is typed on the review page, and how what was typed becomes a value again. */
export type FieldType = 'text' | 'long' | 'number' | 'date' | 'due' | 'time' | 'yesNo' | 'status' | 'kind' | 'list';

export interface FieldSpec {
	/** Last part of the JSON pointer; also picks the label message `import_field_<key>`. */
	key: string;
	type: FieldType;
	/** Shown although nothing was found, because whoever reviews may know it. */
	always?: true;
}

export const ATTENDEE: readonly FieldSpec[] = [
	{ key: 'name', type: 'text' },
	{ key: 'status', type: 'status' },
	{ key: 'substituteFor', type: 'text' },
	{ key: 'voting', type: 'yesNo' },
	{ key: 'org', type: 'text' },
	{ key: 'role', type: 'text' },
	{ key: 'group', type: 'text' },
	{ key: 'from', type: 'text' },
	{ key: 'until', type: 'text' },
];
const ITEM: readonly FieldSpec[] = [
	{ key: 'number', type: 'text' },
	{ key: 'title', type: 'text' },
	{ key: 'public', type: 'yesNo' },
	{ key: 'text', type: 'long' },
];
const VOTE: readonly FieldSpec[] = [
	{ key: 'item', type: 'text' },
	{ key: 'text', type: 'text' },
	{ key: 'yes', type: 'number' },
	{ key: 'no', type: 'number' },
	{ key: 'abstain', type: 'number' },
	{ key: 'unanimous', type: 'yesNo' },
];
const TASK: readonly FieldSpec[] = [
	{ key: 'what', type: 'text' },
	{ key: 'who', type: 'text' },
	{ key: 'due', type: 'due' },
	{ key: 'item', type: 'text' },
];
const DATE: readonly FieldSpec[] = [
	{ key: 'date', type: 'date' },
	{ key: 'start', type: 'time' },
	{ key: 'end', type: 'time' },
	{ key: 'title', type: 'text' },
	{ key: 'location', type: 'text' },
];
const STATION: readonly FieldSpec[] = [
	{ key: 'body', type: 'text' },
	{ key: 'date', type: 'date' },
	{ key: 'role', type: 'text' },
];
const ACTION_FIELD: readonly FieldSpec[] = [
	{ key: 'number', type: 'text' },
	{ key: 'title', type: 'text' },
	{ key: 'guidelines', type: 'list' },
	{ key: 'approaches', type: 'list' },
	{ key: 'cards', type: 'list' },
];

/** Lists of a reading whose entries are reviewed one by one. */
export const LISTS = {
	attendance: ATTENDEE,
	agenda: ITEM,
	votes: VOTE,
	tasks: TASK,
	nextDates: DATE,
	consultations: STATION,
	fields: ACTION_FIELD,
} satisfies Partial<Record<keyof Content, readonly FieldSpec[]>>;
export type ListKey = keyof typeof LISTS;

const SESSION: readonly FieldSpec[] = [
	{ key: 'body', type: 'text' },
	{ key: 'sessionNumber', type: 'number' },
	{ key: 'date', type: 'date' },
	{ key: 'start', type: 'time' },
	{ key: 'end', type: 'time' },
	{ key: 'location', type: 'text' },
	{ key: 'public', type: 'yesNo' },
	{ key: 'chair', type: 'text' },
	{ key: 'minutesTaker', type: 'text' },
];
const PAPER: readonly FieldSpec[] = [
	{ key: 'number', type: 'text', always: true },
	{ key: 'paperType', type: 'text' },
	{ key: 'date', type: 'date' },
	{ key: 'department', type: 'text', always: true },
	{ key: 'originator', type: 'text', always: true },
	{ key: 'signatory', type: 'text', always: true },
	{ key: 'refersTo', type: 'list' },
	// divided by the program (paper-text.ts), so that a person looks at what will be public
	{ key: 'operative', type: 'long' },
	{ key: 'reasons', type: 'long' },
];
const COMMON: readonly FieldSpec[] = [
	{ key: 'kind', type: 'kind' },
	{ key: 'title', type: 'text' },
	{ key: 'municipality', type: 'text' },
];

/** Single values worth reviewing for a kind of document. */
export function headFields(kind: Kind): readonly FieldSpec[] {
	const own =
		kind === 'minutes' || kind === 'invitation'
			? SESSION
			: kind === 'documentation' || kind === 'unknown'
				? [{ key: 'date', type: 'date' } as const]
				: PAPER;
	return [...COMMON, ...own, { key: 'paperReferences', type: 'list' }];
}

/** Lists worth reviewing for a kind of document, in the order of the page. */
export function listsOf(kind: Kind): ListKey[] {
	if (kind === 'minutes' || kind === 'invitation') return ['attendance', 'agenda', 'votes', 'tasks', 'nextDates'];
	if (kind === 'documentation') return ['fields'];
	return ['consultations', 'votes'];
}

/** A value as the form shows it; nothing known is an empty field. */
export function toTyped(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (Array.isArray(value)) return value.join('\n');
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	return String(value);
}

/** What was typed as a value; `undefined` says that it can't be one ("25:99" as a time). */
export function fromTyped(type: FieldType, typed: string): unknown {
	const text = typed.replace(/\r\n?/g, '\n').trim();
	if (type === 'list')
		return text
			? text
					.split('\n')
					.map((line) => line.trim())
					.filter(Boolean)
			: [];
	if (text === '') return type === 'kind' || type === 'status' ? undefined : null;
	switch (type) {
		case 'number':
			return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
		case 'date':
			return isDay(text) ? text : undefined;
		case 'time':
			return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? text : undefined;
		case 'yesNo':
			return text === 'yes' ? true : text === 'no' ? false : undefined;
		case 'status':
			return ['present', 'excused', 'absent', 'unknown'].includes(text) ? text : undefined;
		case 'kind':
			return ['minutes', 'invitation', 'paper', 'information', 'documentation', 'unknown'].includes(text)
				? text
				: undefined;
		default:
			return text;
	}
}

/** True for an existing day written as 2023-04-19. */
export function isDay(text: string): boolean {
	const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
	if (!match) return false;
	const date = new Date(`${text}T12:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}
