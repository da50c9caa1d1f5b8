import * as m from '#messages';
import { formatDay } from '#kernel/i18n/format.ts';
import type { TemplateData } from '#kernel/documents/render.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { ItemView, MeetingView, TaskView, VoteView } from '../view.ts';
import { resultOf, voteFigures } from '../ui/labels.ts';
import type { Words } from './phrases.ts';

type Agenda = TemplateData<'agenda'>['agenda'];
type Item = Agenda['parts'][number]['items'][number];
type Vote = NonNullable<Item['vote']>;
type Line = NonNullable<Item['lines']>[number];

/** The agenda in its public and its closed part; with what came of each item where `results` is asked for. */
export function agendaOf(meeting: MeetingView, words: Words, results: boolean): Agenda {
	const part = (heading: string, items: ItemView[]) => ({
		heading,
		items: items.map((item) => (results ? resultItem(item, meeting, words) : plainItem(item, words))),
	});
	// Without results it is the agenda as it stands; with them it also says what was taken off.
	const shown = meeting.items.filter((item) => results || !item.removed);
	const open = shown.filter((item) => item.public);
	const closed = shown.filter((item) => !item.public);
	return {
		heading: results ? m.council_agenda_results() : m.council_agenda(),
		parts: [
			...(open.length ? [part(m.council_agenda_public(), open)] : []),
			...(closed.length ? [part(m.council_agenda_closed(), closed)] : []),
		],
	};
}

function plainItem(item: ItemView, words: Words): Item {
	return {
		number: item.number.slice(0, 12),
		title: item.title ? words.german(item.title) : m.council_item_closed(),
		lines: item.papers.length ? [{ label: m.council_item_papers(), text: words.german(item.papers.join(', ')) }] : [],
	};
}

function resultItem(item: ItemView, meeting: MeetingView, words: Words): Item {
	const plain = plainItem(item, words);
	if (item.hidden) return { ...plain, note: m.council_item_closed_why(), lines: closedReason(item, words) };
	const text = words.text(item.text);
	return {
		...plain,
		...outcomeOf(item, meeting, words),
		...(text ? { text } : {}),
		resolutions: item.resolutions.map(({ number, text: wording }) => ({
			label: [m.council_item_resolution(), number].filter(Boolean).join(' '),
			text: words.plain(wording),
		})),
		lines: [
			...votesInWords(item, words),
			...tasksOf(item, meeting).map((task) => taskLine(task, words)),
			...(plain.lines ?? []),
		],
	};
}

/** The reason is German, its label is not: the message is asked for the label alone. */
function closedReason({ closedReason: reason }: ItemView, words: Words): Line[] {
	const label = m.council_item_closed_reason({ reason: '' }).replace(/[\s:：\u2066-\u2069]+$/u, '');
	return reason ? [{ label, text: words.german(reason) }] : [];
}

/** The word of the result, its note in the language of the record, the figures of the first vote. */
function outcomeOf(item: ItemView, meeting: MeetingView, words: Words): Pick<Item, 'result' | 'vote' | 'note'> {
	const word = resultOf(item, meeting.body.advisory)?.word;
	const vote = voteOf(item.votes[0], words);
	if (!word) return { ...(item.resultNote ? { note: words.german(item.resultNote) } : {}), ...(vote ? { vote } : {}) };
	if (!words.foreign) return { result: [word, item.resultNote].filter(Boolean).join(', '), ...(vote ? { vote } : {}) };
	if (vote) return { result: word, vote, ...(item.resultNote ? { note: words.german(item.resultNote) } : {}) };
	return { result: word, ...(item.resultNote ? { vote: { sentence: words.german(item.resultNote) } } : {}) };
}

function voteOf(vote: VoteView | undefined, words: Words): Vote | undefined {
	const sentence = vote && voteFigures(vote, words.locale);
	if (!sentence) return undefined;
	const counted = vote.yes !== null && vote.yes + (vote.no ?? 0) + (vote.abstain ?? 0) <= 200;
	return {
		sentence,
		...(counted ? { marks: { yes: vote.yes!, no: vote.no ?? 0, abstained: vote.abstain ?? 0 } } : {}),
	};
}

/** Further votes, and the wording of the first one where neither text nor resolution holds it. */
function votesInWords(item: ItemView, words: Words): Line[] {
	const said = `${toPlainText(item.text)}\n${item.resolutions.map(({ text }) => text).join('\n')}`.replace(/\s+/g, ' ');
	return item.votes.flatMap((vote, index) => {
		const wording = said.includes(vote.text.replace(/\s+/g, ' ').trim()) ? '' : vote.text;
		const line = [wording, index ? voteFigures(vote, words.locale) : ''].filter(Boolean).join(' ');
		return line ? [{ label: m.council_pdf_vote(), text: wording ? words.german(line) : line }] : [];
	});
}

function tasksOf(item: ItemView, meeting: MeetingView): TaskView[] {
	return item.number ? meeting.tasks.filter((task) => task.itemNumber === item.number) : [];
}

/** Until when and whether it is done is said in the reader's language, what it is in that of the record. */
function taskLine({ who, what, due, dueText, state, doneOn }: TaskView, words: Words): Line {
	const date = (iso: string) => formatDay(iso, 'long', words.locale);
	const done = doneOn ? m.council_task_done_on({ date: date(doneOn) }) : m.council_tasks_done();
	const until = state === 'done' ? done : due ? m.council_task_due({ date: date(due) }) : '';
	const open = state === 'open' && !due && dueText ? ` (${dueText})` : '';
	return {
		label: words.list([m.council_item_task(), until]),
		text: words.german(`${who ? `${who}: ` : ''}${what}${open}`),
	};
}
