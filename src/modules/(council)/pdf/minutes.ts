import * as m from '#messages';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { TemplateData } from '#kernel/documents/render.ts';
import type { Town } from '#kernel/town.ts';
import type { MeetingView, TaskView } from '../view.ts';
import { day, inShort, meetingTitle, timeRange } from '../ui/labels.ts';
import { languageNames } from '../ui/language-help.ts';
import { quorumRows } from '../ui/seat-plan.ts';
import { agendaOf } from './agenda.ts';
import { attendanceOf } from './attendance.ts';
import type { Phrase, Words } from './phrases.ts';

type Minutes = TemplateData<'minutes'>;

/** Where a document of a session comes from: the view its page shows, the town, the site's address (`https://…`). */
export interface Source {
	meeting: MeetingView;
	town: Town;
	origin: string;
}

/** The record of a session that took place, from what its page shows to this reader. */
export function minutesData({ meeting, town, origin }: Source, words: Words): Minutes {
	const draft = meeting.state === 'held';
	const attendance = attendanceOf(meeting, words);
	const quorum = quorumOf(meeting);
	const tasks = tasksOf(meeting, words);
	return {
		...frame({ meeting, town, origin }, words),
		kind: m.council_pdf_minutes(),
		...(draft ? { watermark: m.council_pdf_draft().slice(0, 30) } : {}),
		lead: [standing(meeting), ...inShort(meeting)].filter(Boolean).join(' '),
		facts: [...stateFact(meeting, words), ...headFacts({ meeting, town, origin }, words)],
		...(attendance ? { attendance } : {}),
		...(quorum ? { quorum } : {}),
		agenda: agendaOf(meeting, words, true),
		...(tasks ? { tasks } : {}),
		sections: [...dateSection(meeting, words), ...fileSection(meeting, words)],
	};
}

/** The agenda of a session as it is announced. */
export function agendaData(source: Source, words: Words): TemplateData<'agenda'> {
	const { meeting } = source;
	return {
		...frame(source, words),
		kind: m.council_agenda(),
		...(meeting.cancelled ? { lead: m.council_meeting_cancelled() } : meeting.public ? { lead: m.council_pdf_public() } : {}),
		facts: headFacts(source, words),
		agenda: agendaOf(meeting, words, false),
	};
}

/** Title of the file in a reader's window: "5. öffentliche Sitzung, 28. Oktober 2026". */
export function titleOf(meeting: MeetingView, words: Words): string {
	return `${meetingTitle(meeting)}, ${day(meeting.date, 'long', words)}`;
}

function frame({ meeting, town }: Source, words: Words) {
	const accent = town.settings.accent?.light;
	const internal = !meeting.public || !meeting.published || meeting.items.some((item) => !item.public && !item.hidden);
	const counts = meeting.state === 'takenOver' ? m.council_life_taken_over_note() : meeting.state === 'minutesSigned' ? m.council_pdf_signed_counts() : '';
	const footnote = internal ? m.council_pdf_internal() : counts;
	return {
		letterhead: {
			town: words.german(town.name),
			body: words.german(meeting.body.name),
			mark: firstLetter(town.shortName),
			...(accent && /^#[0-9a-f]{6}$/i.test(accent) ? { accent } : {}),
		},
		pageLabel: m.council_pdf_page({ page: '{page}', pages: '{pages}' }),
		heading: meetingTitle(meeting),
		subtitle: [day(meeting.date, 'full', words), timesOf(meeting, words)].filter(Boolean).join(', '),
		...(footnote ? { footnote } : {}),
	};
}

function firstLetter(name: string): string {
	return [...new Intl.Segmenter().segment(name)][0]?.segment ?? '';
}

function timesOf(meeting: MeetingView, words: Words): string {
	const opened = meeting.openedAt !== null;
	return timeRange(opened ? meeting.openedAt : meeting.startsAt, opened ? meeting.closedAt : meeting.endsAt, words);
}

/** What this record is worth, said first: a draft, or a taking over beside which the original counts. */
function standing(meeting: MeetingView): string {
	if (meeting.state === 'takenOver') return `${m.council_life_taken_over()}. ${m.council_life_taken_over_note()}`;
	return meeting.state === 'held' ? m.council_pdf_draft_note() : '';
}

type Fact = { term: Phrase; detail: Phrase };

function stateFact(meeting: MeetingView, words: Words): Fact[] {
	if (meeting.state === 'held') return [{ term: m.council_pdf_state(), detail: m.council_pdf_draft() }];
	if (!meeting.minutesSignedOn) return [];
	return [{ term: m.council_pdf_state(), detail: m.council_pdf_signed({ date: day(meeting.minutesSignedOn, 'long', words) }) }];
}

function headFacts({ meeting, origin }: Source, words: Words): Fact[] {
	const help = languageNames(meeting.languageHelp, words.locale);
	const facts: [string, Phrase][] = [
		[m.council_fact_place(), words.german(meeting.place && meeting.accessibility ? `${meeting.place} (${meeting.accessibility})` : meeting.place)],
		[m.council_fact_chair(), words.german(meeting.chair)],
		[m.council_fact_language_help(), help.translated ? help.text : words.german(help.text)],
		[m.council_life_invited(), meeting.invitedOn ? day(meeting.invitedOn, 'long', words) : ''],
		[m.council_pdf_online(), `${origin}${inLocale(`/sitzungen/${meeting.slug}`, words.locale)}`],
	];
	const filled = facts.filter(([, detail]) => (typeof detail === 'string' ? detail : detail.text) !== '');
	return filled.map(([term, detail]) => ({ term, detail }));
}

function quorumOf({ quorum }: MeetingView): Minutes['quorum'] {
	if (!quorum) return undefined;
	const { computed, statedPresent } = quorum;
	const { outcome, citations } = computed;
	const { present, base, needed } = outcome;
	const verdict = outcome.quorate ? m.council_quorate() : m.council_not_quorate();
	const source = [
		statedPresent !== null ? m.council_quorum_stated({ count: statedPresent }) : '',
		statedPresent !== null && statedPresent !== present ? m.council_quorum_differs({ stated: statedPresent, counted: present }) : '',
		outcome.because === 'secondConvening' ? m.council_quorum_second() : '',
		citations.length ? m.council_quorum_source({ source: citations.map(({ text }) => text).join('; ') }) : '',
	].filter(Boolean);
	return {
		heading: m.council_pdf_quorum(),
		sentence: `${verdict}: ${m.council_quorum_sum({ present, base, needed })}`,
		columns: [m.council_quorum_how(), m.council_pdf_count()],
		steps: quorumRows(quorum).map(({ label, value, total }) => ({ label, value, result: total === true })),
		...(source.length ? { source: source.join(' ') } : {}),
	};
}

/** Tasks stand with their items; these are the ones that belong to none. */
function tasksOf(meeting: MeetingView, words: Words): Minutes['tasks'] {
	const apart = meeting.tasks.filter((task) => !meeting.items.some((item) => !item.hidden && item.number && item.number === task.itemNumber));
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
	return task.doneOn ? m.council_task_done_on({ date: formatDay(task.doneOn, 'short', words.locale) }) : m.council_tasks_done();
}

function dateSection(meeting: MeetingView, words: Words): NonNullable<Minutes['sections']> {
	if (!meeting.dates.length) return [];
	const facts = meeting.dates.map(({ date, start, title, place }) => ({
		term: [formatDay(date, 'short', words.locale), start?.slice(0, 5)].filter(Boolean).join(', '),
		detail: words.german([title, place].filter(Boolean).join(', ') || '–'),
	}));
	return [{ heading: m.council_dates(), facts }];
}

function fileSection(meeting: MeetingView, words: Words): NonNullable<Minutes['sections']> {
	if (!meeting.files.length) return [];
	const columns = [{ label: m.council_documents(), share: 4 }, { label: m.council_pdf_file_kind(), share: 1.5 }];
	const rows = meeting.files.map(({ kind, title, format, pages }) => [
		kind === 'original' ? (words.foreign ? m.council_file_original() : `${m.council_file_original()}: ${title}`) : words.german(title),
		[format.toUpperCase(), pages ? m.council_file_pages({ count: pages }) : ''].filter(Boolean).join(', '),
	]);
	return [{ heading: m.council_documents(), table: { columns, rows } }];
}
