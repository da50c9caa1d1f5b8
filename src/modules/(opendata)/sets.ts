import type { Column } from '#kernel/http/open-table.ts';

/** Tables that the town gives away, as they stand in addresses: /offene-daten/<id>.csv. Rows are in rows/, words in messages. */
export const SETS = ['sitzungen', 'anwesenheit', 'abstimmungen', 'vorlagen'] as const;
export type SetId = (typeof SETS)[number];

export const FORMATS = ['csv', 'json', 'ods'] as const;
export type Format = (typeof FORMATS)[number];

export const MEDIA: Record<Format, string> = {
	csv: 'text/csv; charset=utf-8',
	json: 'application/json',
	ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

/** Columns of several tables mean the same wherever they stand. */
const SESSION: Column[] = [
	{ name: 'session', type: 'text' },
	{ name: 'date', type: 'date' },
	{ name: 'body', type: 'text' },
];

export const COLUMNS: Record<SetId, readonly Column[]> = {
	sitzungen: [
		...SESSION,
		{ name: 'number', type: 'integer' },
		{ name: 'kind', type: 'text' },
		{ name: 'state', type: 'text' },
		{ name: 'cancelled', type: 'boolean' },
		{ name: 'start', type: 'datetime' },
		{ name: 'end', type: 'datetime' },
		{ name: 'place', type: 'text' },
		{ name: 'present', type: 'integer' },
		{ name: 'needed', type: 'integer' },
		{ name: 'quorate', type: 'boolean' },
		{ name: 'items', type: 'integer' },
		{ name: 'url', type: 'uri' },
	],
	anwesenheit: [
		...SESSION,
		{ name: 'name', type: 'text' },
		{ name: 'group', type: 'text' },
		{ name: 'present', type: 'boolean' },
		{ name: 'remote', type: 'boolean' },
		{ name: 'substituteFor', type: 'text' },
		{ name: 'url', type: 'uri' },
	],
	abstimmungen: [
		...SESSION,
		{ name: 'item', type: 'text' },
		{ name: 'title', type: 'text' },
		{ name: 'votingBody', type: 'text' },
		{ name: 'text', type: 'text' },
		{ name: 'method', type: 'text' },
		{ name: 'yes', type: 'integer' },
		{ name: 'no', type: 'integer' },
		{ name: 'abstain', type: 'integer' },
		{ name: 'invalid', type: 'integer' },
		{ name: 'biased', type: 'integer' },
		{ name: 'unanimous', type: 'boolean' },
		{ name: 'adopted', type: 'boolean' },
		{ name: 'papers', type: 'text' },
		{ name: 'url', type: 'uri' },
	],
	vorlagen: [
		{ name: 'number', type: 'text' },
		{ name: 'date', type: 'date' },
		{ name: 'type', type: 'text' },
		{ name: 'title', type: 'text' },
		{ name: 'state', type: 'text' },
		{ name: 'originators', type: 'text' },
		{ name: 'department', type: 'text' },
		{ name: 'topics', type: 'text' },
		{ name: 'districts', type: 'text' },
		{ name: 'result', type: 'text' },
		{ name: 'decided', type: 'date' },
		{ name: 'url', type: 'uri' },
	],
};

/** "sitzungen.csv" */
export function readFileName(name: string): { set: SetId; format: Format } | null {
	const [set, format, ...rest] = name.split('.');
	const known = SETS.find((id) => id === set);
	const form = FORMATS.find((one) => one === format);
	return known && form && !rest.length ? { set: known, format: form } : null;
}
