import type { Content, NoteKey, Reading } from '../reading/types.ts';
import { headFields, LISTS, listsOf, toTyped, type FieldSpec, type ListKey } from './fields.ts';

export type Decision = 'accepted' | 'changed' | 'left';

/** One thing the program understood and a person decides on: a single value, or an entry of a list. */
export interface Finding {
	/** JSON pointer: "/date" or "/attendance/3". */
	path: string;
	list: ListKey | null;
	/** Label message key of a single value. */
	key: string;
	inputs: { path: string; spec: FieldSpec; value: string }[];
	/** The entry in one line, as understood. */
	summary: string;
	doubtful: boolean;
	/** Why it is doubtful: keys of notes and codes of warnings with their parameters. */
	notes: NoteKey[];
	warnings: { code: string; params: Record<string, string | number> }[];
	/** Where it was read; null for what was typed by a person or derived. */
	span: { start: number; end: number } | null;
	decision: Decision | null;
}

/**
 * Everything to review, in the order of the document's page: single values first, then lists. `content` holds the values
 * as corrected so far, `reading` where they came from.
 */
export function findingsOf(reading: Reading, content: Content, decisions: Record<string, Decision>): Finding[] {
	const head = headFields(content.kind)
		.filter(
			({ key, always }) =>
				always ||
				key === 'kind' ||
				hasValue(content[key as keyof Content]) ||
				key === 'date' ||
				key === 'title' ||
				key === 'body',
		)
		.map((spec) =>
			finding(reading, decisions, `/${spec.key}`, null, [
				{ path: `/${spec.key}`, spec, value: toTyped(content[spec.key as keyof Content]) },
			]),
		);
	const lists = listsOf(content.kind).flatMap((list) =>
		(content[list] as unknown as Record<string, unknown>[]).map((entry, index) => {
			const inputs = LISTS[list].map((spec) => ({
				path: `/${list}/${index}/${spec.key}`,
				spec,
				value: toTyped(entry[spec.key]),
			}));
			return finding(reading, decisions, `/${list}/${index}`, list, inputs);
		}),
	);
	const quorum = content.kind === 'minutes' ? [quorumFinding(reading, content, decisions)] : [];
	return [...head, ...quorum, ...lists];
}

function hasValue(value: unknown): boolean {
	return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function quorumFinding(reading: Reading, content: Content, decisions: Record<string, Decision>): Finding {
	return finding(reading, decisions, '/quorum', null, [
		{ path: '/quorum/stated', spec: { key: 'quorumStated', type: 'yesNo' }, value: toTyped(content.quorum.stated) },
		{
			path: '/quorum/votingPresent',
			spec: { key: 'quorumPresent', type: 'number' },
			value: toTyped(content.quorum.votingPresent),
		},
	]);
}

function finding(
	reading: Reading,
	decisions: Record<string, Decision>,
	path: string,
	list: ListKey | null,
	inputs: Finding['inputs'],
): Finding {
	const spans = Object.entries(reading.spans).filter(([pointer]) => pointer === path || pointer.startsWith(`${path}/`));
	const start = Math.min(...spans.map(([, span]) => span.start));
	const end = Math.max(...spans.map(([, span]) => span.end));
	const warnings = spans.length
		? reading.warnings.filter(
				(warning) =>
					warning.start !== null &&
					warning.end !== null &&
					spans.some(([, s]) => warning.start! < s.end && s.start < warning.end!),
			)
		: [];
	// What follows from a heading (a vote, a group) is said once by the heading; it makes no row doubtful by itself.
	const doubts = spans.filter(([, span]) => span.confidence === 'doubtful' && span.note !== 'derived');
	// What stays inside is shown first: publishing it by oversight could not be taken back.
	const closed = list === 'agenda' && inputs.some(({ spec, value }) => spec.key === 'public' && value === 'no');
	const notes = [...new Set(doubts.flatMap(([, span]) => (span.note ? [span.note] : [])))];
	return {
		path,
		list,
		key: path.slice(1).split('/')[0]!,
		inputs,
		summary: summarise(list, inputs),
		doubtful: closed || doubts.length > 0 || (list !== 'agenda' && warnings.length > 0),
		notes,
		warnings: [
			...(closed ? [{ code: 'closed-part', params: {} }] : []),
			...warnings.map(({ code, params }) => ({ code, params })),
		],
		span: spans.length ? { start, end } : null,
		decision: decisions[path] ?? null,
	};
}

function summarise(list: ListKey | null, inputs: Finding['inputs']): string {
	const value = (key: string) => inputs.find(({ spec }) => spec.key === key)?.value ?? '';
	if (list === null)
		return inputs
			.map((input) => input.value)
			.filter(Boolean)
			.join(', ');
	const shown: Record<ListKey, string[]> = {
		attendance: [value('name'), value('org')],
		agenda: [value('number'), value('title')],
		votes: [
			value('item'),
			value('text').slice(0, 80),
			[value('yes'), value('no'), value('abstain')].filter(Boolean).join(':'),
		],
		tasks: [value('who'), value('what'), value('due')],
		nextDates: [value('date'), value('title')],
		consultations: [value('body'), value('date')],
		fields: [value('number'), value('title')],
	};
	return shown[list].filter(Boolean).join(' · ');
}
