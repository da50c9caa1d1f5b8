import * as m from '#messages';
import { formatDay } from '#kernel/i18n/format.ts';
import { direction } from '#kernel/i18n/locales.ts';
import type { TemplateData } from '#kernel/documents/render.ts';
import type { MeetingView, TaskView } from '../view.ts';
import { quorumRows } from '../ui/seat-plan.ts';
import type { Words } from './phrases.ts';

type Minutes = TemplateData<'minutes'>;

/** The sum of those present, as stated and as computed, with its sources. */
export function quorumOf({ quorum }: MeetingView, { locale }: Words): Minutes['quorum'] {
	// A sign before a figure would stand behind it in a line from right to left.
	const figure = (value: string) => (direction(locale) === 'rtl' ? value.replace(/^\+\s*/, '') : value);
	if (!quorum) return undefined;
	const { computed, statedPresent } = quorum;
	const { outcome, citations } = computed;
	const { present, base, needed } = outcome;
	const verdict = outcome.quorate ? m.council_quorate() : m.council_not_quorate();
	const source = [
		statedPresent !== null ? m.council_quorum_stated({ count: statedPresent }) : '',
		statedPresent !== null && statedPresent !== present
			? m.council_quorum_differs({ stated: statedPresent, counted: present })
			: '',
		outcome.because === 'secondConvening' ? m.council_quorum_second() : '',
		citations.length ? m.council_quorum_source({ source: citations.map(({ text }) => text).join('; ') }) : '',
	].filter(Boolean);
	return {
		heading: m.council_pdf_quorum(),
		sentence: `${verdict}: ${m.council_quorum_sum({ present, base, needed })}`,
		columns: [m.council_quorum_how(), m.council_pdf_count()],
		steps: quorumRows(quorum).map(({ label, value, total }) => ({
			label,
			value: figure(value),
			result: total === true,
		})),
		...(source.length ? { source: source.join(' ') } : {}),
	};
}

/** Tasks stand with their items; these are the ones that belong to none. */
export function tasksOf(meeting: MeetingView, words: Words): Minutes['tasks'] {
	const apart = meeting.tasks.filter(
		(task) => !meeting.items.some((item) => !item.hidden && item.number && item.number === task.itemNumber),
	);
	if (!apart.length) return undefined;
	const columns = [
		{ label: m.council_task_what(), share: 4.5 },
		{ label: m.council_task_who(), share: 2.5 },
		{ label: m.council_task_until(), share: 2.5 },
		{ label: m.council_task_state(), share: 2.5 },
	];
	const rows = apart.map((task) => [
		words.german(task.what),
		words.german(task.who),
		task.due ? formatDay(task.due, 'short', words.locale) : words.german(task.dueText),
		taskState(task, words),
	]);
	return { heading: m.council_tasks(), table: { columns, rows } };
}

function taskState(task: TaskView, words: Words): string {
	if (task.state === 'open') return m.council_tasks_open();
	return task.doneOn
		? m.council_task_done_on({ date: formatDay(task.doneOn, 'short', words.locale) })
		: m.council_tasks_done();
}

/** Dates that were named in the session. */
export function dateSection(meeting: MeetingView, words: Words): NonNullable<Minutes['sections']> {
	if (!meeting.dates.length) return [];
	const facts = meeting.dates.map(({ date, start, title, place }) => ({
		term: [formatDay(date, 'short', words.locale), start?.slice(0, 5)].filter(Boolean).join(', '),
		detail: words.german([title, place].filter(Boolean).join(', ') || '–'),
	}));
	return [{ heading: m.council_dates(), facts }];
}

/** What is attached, by title and kind. */
export function fileSection(meeting: MeetingView, words: Words): NonNullable<Minutes['sections']> {
	if (!meeting.files.length) return [];
	const columns = [
		{ label: m.council_documents(), share: 4 },
		{ label: m.council_pdf_file_kind(), share: 1.5 },
	];
	const rows = meeting.files.map(({ kind, title, format, pages }) => [
		kind === 'original'
			? words.foreign
				? m.council_file_original()
				: `${m.council_file_original()}: ${title}`
			: words.german(title),
		[format.toUpperCase(), pages ? m.council_file_pages({ count: pages }) : ''].filter(Boolean).join(', '),
	]);
	return [{ heading: m.council_documents(), table: { columns, rows } }];
}
