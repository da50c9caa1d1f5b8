import type { ItemView, TaskView, VoteView } from '../../view.ts';
import type { Item, Said, Task } from './content.ts';
import { day } from './day.ts';
import type { Source } from './record.ts';
import { sentence } from './sentence.ts';
import { say } from './style.ts';

export function itemOf(item: ItemView, source: Source, before: Said[]): Item {
	const { style } = source;
	const more = source.items[item.id];
	return {
		id: item.id,
		number: item.number,
		title: item.title,
		neutralTitle: more?.neutralTitle || say(style, 'closed.title'),
		public: item.public,
		closedReason: item.closedReason,
		removed: more?.removed ?? false,
		before: [...before, ...toldOf(item, source, 'before')],
		text: item.text,
		statements: source.statements
			.filter(({ itemId }) => itemId === item.id)
			.map(({ name, text }) => ({ name: say(style, 'statement', { name }), text })),
		votes: item.votes.map((vote) => voteOf(vote, source)),
		resolutions: item.resolutions.map(({ number, kind, text, bodyName: body }) => {
			const word = say(style, `resolution.${kind}`);
			const label = number ? say(style, 'resolution.numbered', { label: word, number }) : word;
			return { label: body ? say(style, 'resolution.ofBody', { label, body }) : label, text };
		}),
		after: [
			...announced(item, source),
			...objectionsOf(item, source),
			...toldOf(item, source, 'after'),
			...resultOf(item, source),
		],
		tasks: source.meeting.tasks
			.filter((task) => task.itemNumber === item.number && item.number)
			.map((task) => taskOf(task, source)),
		files: source.meeting.files
			.filter((file) => file.itemId === item.id && file.kind === 'attachment')
			.map((file) => ({ id: file.fileId, title: file.title, public: file.public })),
		papers: item.papers,
	};
}

function toldOf(item: ItemView, source: Source, place: 'before' | 'after'): Said[] {
	return source.told
		.filter((one) => one.itemId === item.id && one.place === place)
		.flatMap(({ key, template, values }) => sentence(source, key, template, values));
}

function resultOf(item: ItemView, source: Source): Said[] {
	if (!item.result) return [];
	const key = `result:${item.id}`;
	const confirms = source.confirms.find(({ itemId }) => itemId === item.id);
	if (item.result === 'confirmed' && confirms)
		return sentence(
			source,
			key,
			confirms.corrected ? 'result.confirmed.minutesCorrected' : 'result.confirmed.minutes',
			{
				date: day(confirms.date),
			},
		);
	const recommends =
		source.meeting.body.advisory && item.resolutions.some((resolution) => resolution.kind !== 'decision');
	if (recommends && (item.result === 'adopted' || item.result === 'adoptedChanged'))
		return sentence(source, key, `result.${item.result}.advisory`, {});
	if (item.resultNote && (item.result === 'postponed' || item.result === 'referred'))
		return sentence(source, key, `result.${item.result}.note`, { note: item.resultNote });
	return sentence(source, key, `result.${item.result}`, {});
}

function objectionsOf(item: ItemView, source: Source): Said[] {
	return source.confirms
		.filter(({ itemId }) => itemId === item.id)
		.flatMap(({ objections }) => objections)
		.flatMap(({ name, text, accepted }, at) => [
			...sentence(source, `objection:${item.id}:${at}:text`, 'objection.text', { name, text }),
			...sentence(source, `objection:${item.id}:${at}`, accepted ? 'objection.accepted' : 'objection.rejected', {
				name,
			}),
		]);
}

function announced(item: ItemView, source: Source): Said[] {
	return source.announcements
		.filter(({ itemId }) => itemId === item.id)
		.flatMap(({ number, date, text }, at) =>
			sentence(source, `announcement:${item.id}:${at}`, 'announcement.line', { number, date: day(date), text }),
		);
}

/** The figures of a vote in words; who voted how only where the vote was by name (R2-44, R2-46). */
export function voteOf(
	vote: VoteView,
	{ style, rollCalls }: Pick<Source, 'style' | 'rollCalls'>,
): Item['votes'][number] {
	const { yes, no, abstain, invalid, biased, bodyName: body } = vote;
	const counted = yes !== null;
	const values = { yes: yes ?? 0, no: no ?? 0, abstain: abstain ?? 0 };
	const parts = [
		counted
			? say(style, vote.unanimous && !no ? 'vote.unanimous' : 'vote', values)
			: vote.unanimous
				? say(style, 'vote.unanimousPlain')
				: '',
		invalid ? say(style, 'vote.invalid', { invalid }) : '',
		biased ? say(style, 'vote.biased', { biased }) : '',
		vote.adopted === null ? '' : say(style, vote.adopted ? 'vote.adopted' : 'vote.rejected'),
	];
	const sentence = parts.filter(Boolean).join(', ');
	const voices = rollCalls[vote.id] ?? [];
	const names = voices.map(({ name, vote: voice }) => say(style, `rollCall.${voice}`, { name })).join(', ');
	const few = counted && values.yes + values.no + values.abstain <= 200;
	return {
		text: vote.text,
		sentence: body ? say(style, 'vote.ofBody', { body, sentence }) : sentence,
		marks: few ? { yes: values.yes, no: values.no, abstained: values.abstain } : null,
		names: names ? say(style, 'vote.rollCall', { names }) : '',
	};
}

export function taskOf(task: TaskView, { tasks }: Source): Task {
	return {
		what: task.what,
		who: task.who,
		publicWho: tasks[task.id]?.publicWho ?? '',
		due: task.due ? day(task.due) : task.dueText,
		public: task.public,
	};
}
