import { formatDay, formatTime } from '#kernel/i18n/format.ts';
import { conveningState } from '../../agenda/rules/defect.ts';
import type { ItemView, TaskView, VoteView } from '../../view.ts';
import { attendanceGroups, presentAndAbsent } from './attendance.ts';
import type { Item, MinutesContent, Said, Task } from './content.ts';
import { eventSentences } from './events.ts';
import type { Source } from './record.ts';
import { sentence } from './sentence.ts';
import { say, type Sentence, type Style, type Values } from './style.ts';

/** Everything in minutes is said in German: they are the official record. */
const day = (date: string) => formatDay(date, 'long', 'de');

/**
 * Minutes from the structure of a session: the same records give the same content, byte for byte. Sentences come from the
 * house style; one that the office said otherwise for this session stands instead, an emptied one is left out.
 */
export function buildContent(source: Source): MinutesContent {
	const { meeting, style } = source;
	const opening = meeting.items.find((item) => item.kind === 'opening' && item.public);
	const events = eventSentences(source);
	const lead = openingSentences(source);
	const items = meeting.items.map((item) =>
		itemOf(item, source, [...(item === opening ? lead : []), ...(events.byItem.get(item.id) ?? [])]),
	);
	const word = (key: Sentence) => say(style, key);
	return {
		format: 1,
		style: style.name,
		town: source.town,
		body: [meeting.body.name, ...meeting.furtherBodies].join(', '),
		kind: word('kind'),
		title: titleOf(source),
		when: whenOf(source),
		date: meeting.date,
		slug: meeting.slug,
		number: meeting.number,
		public: meeting.public,
		facts: factsOf(source),
		headings: {
			attendance: word('heading.attendance'),
			quorum: word('heading.quorum'),
			agenda: word('heading.agenda'),
			public: word('heading.public'),
			closed: word('heading.closed'),
			tasks: word('heading.tasks'),
			review: word('heading.review'),
			dates: word('heading.dates'),
			files: word('heading.files'),
			end: word('heading.end'),
			invited: word('heading.invited'),
			signatures: word('heading.signatures'),
			vote: word('heading.vote'),
			task: word('heading.task'),
			file: word('heading.file'),
		},
		preamble: opening ? events.before : [...lead, ...events.before],
		attendance: style.name === 'results' ? attendanceGroups(source) : [],
		quorum: quorumOf(source),
		items,
		tasks: meeting.tasks.filter((task) => !hasItem(task, source)).map((task) => taskOf(task, source)),
		taskColumns: [word('column.task'), word('column.who'), word('column.due'), word('column.state')],
		review: source.review.map(({ what, who, publicWho, outcome, due }) => ({
			what,
			who,
			publicWho,
			state: reviewWord(style, outcome, due),
		})),
		dates: meeting.dates.map(({ id, date, start, end, title, place }) => ({
			date,
			words: [day(date), [start, end].flatMap((time) => time?.slice(0, 5) ?? []).join('–')].filter(Boolean).join(', '),
			detail: [title, place].filter(Boolean).join(', '),
			public: source.publicDates.includes(id),
		})),
		files: meeting.files
			.filter((file) => file.kind === 'attachment' && !file.itemId)
			.map((file) => ({ id: file.fileId, title: file.title, public: file.public })),
		invited: source.invited,
		closing: [...events.after, ...endSentence(source)],
		signers: source.signers.map((role) => ({
			role,
			label: say(style, `signer.${role}`),
			...(role === 'chair'
				? source.chair
				: role === 'minuteTaker' || role === 'office'
					? source.minuteTaker
					: { name: '', function: '' }),
		})),
	};
}

/** "Ergebnisprotokoll der 2. öffentlichen Sitzung": the title in the house style (SIT-01). */
export function titleOf({ meeting, style }: Pick<Source, 'meeting' | 'style'>): string {
	const { number, kind } = meeting;
	const session =
		kind !== 'regular'
			? say(style, `session.${kind}`)
			: number === null
				? say(style, 'session.plain')
				: say(style, meeting.public ? 'session.numberedPublic' : 'session.numberedClosed', { number });
	return say(style, 'title', { kind: say(style, 'kind'), session });
}

function whenOf({ meeting, style, timeZone }: Source): string {
	const from = meeting.openedAt ?? meeting.startsAt;
	const until = meeting.openedAt ? meeting.closedAt : meeting.endsAt;
	const date = day(meeting.date);
	const time = (instant: string) => formatTime(instant, 'de', timeZone);
	if (!from) return say(style, 'whenDay', { date });
	return until
		? say(style, 'when', { date, from: time(from), until: time(until) })
		: say(style, 'whenOpen', { date, from: time(from) });
}

function factsOf(source: Source): MinutesContent['facts'] {
	const { meeting, style } = source;
	const person = ({ name, function: post }: { name: string; function: string }) =>
		[name, post].filter(Boolean).join(', ');
	const facts: MinutesContent['facts'] = [
		{ term: say(style, 'fact.place'), detail: meeting.place },
		{ term: say(style, 'fact.chair'), detail: person(source.chair) },
		{ term: say(style, 'fact.minuteTaker'), detail: person(source.minuteTaker) },
	];
	if (style.name === 'roundTable') {
		const { present, absent } = presentAndAbsent(source);
		const shown = (rows: typeof present, key: 'name' | 'publicName') =>
			rows
				.map((row) => row[key] || row.organisation)
				.filter(Boolean)
				.join(', ');
		const list = (term: Sentence, rows: typeof present) => ({
			term: say(style, term),
			detail: shown(rows, 'name'),
			publicDetail: shown(rows, 'publicName'),
		});
		facts.push(list('fact.present', present), list('fact.absent', absent));
	}
	return facts.filter(({ detail }) => detail);
}

/** Opening, convening, quorum with its sum, agenda: in the order in which they happen (rulebook R2-20). */
function openingSentences(source: Source): Said[] {
	const { meeting, style, timeZone } = source;
	const said: [Sentence, Values][] = [];
	if (!meeting.openedAt && !meeting.closedAt) return [];
	const chair = source.opener || source.chair.name;
	if (chair && meeting.openedAt) said.push(['opening', { chair, time: formatTime(meeting.openedAt, 'de', timeZone) }]);
	else if (chair) said.push(['openingPlain', { chair }]);
	if (meeting.invitedOn) said.push(['convened', { date: day(meeting.invitedOn) }]);
	if (meeting.quorum) {
		const { present, base, needed, quorate, because } = meeting.quorum.computed.outcome;
		const key = !quorate ? 'quorumLacking' : because === 'secondConvening' ? 'quorumSecond' : 'quorum';
		said.push([key, { present, base, needed }]);
	}
	const lines = said.flatMap(([key, values]) => sentence(source, key, key, values));
	const before = lines.findIndex(({ key }) => key.startsWith('quorum'));
	lines.splice(before < 0 ? lines.length : before, 0, ...conveningDefects(source));
	return [...lines, ...furtherQuorums(source), ...agendaSentence(source, style)];
}

/**
 * Defects of the convening: a period that was not kept, as it was found when the invitation went out, and what the chair said
 * at the opening. It heals if all voting members are there and nobody objects (rulebook R2-06).
 */
function conveningDefects(source: Source): Said[] {
	const { meeting, convening } = source;
	const said: Said[] = [];
	const notice = meeting.notice;
	if (notice && !notice.outcome.kept)
		said.push(
			...(notice.outcome.urgent
				? sentence(source, 'conveningUrgent', 'conveningUrgent', { last: day(notice.outcome.lastDay) })
				: sentence(source, 'conveningLate', 'conveningLate', {
						sent: day(notice.inputs.sentOn),
						last: day(notice.outcome.lastDay),
					})),
		);
	if (!convening || convening.proper) return said;
	const note = convening.note.trim().replace(/\.$/, '');
	said.push(
		...sentence(source, 'conveningDefect', 'conveningDefect', { note: note && `: ${note}` }, { note: '' }),
		...conveningEffect(source, convening.objectedBy ?? ''),
	);
	return said;
}

function conveningEffect(source: Source, name: string): Said[] {
	if (name) return sentence(source, 'conveningObjected', 'conveningObjected', { name });
	const outcome = source.meeting.quorum?.computed.outcome;
	if (!outcome) return [];
	const { state } = conveningState({
		noticeOk: false,
		allInvited: true,
		votingMembers: Array.from({ length: outcome.base }, (_, seat) => String(seat)),
		present: Array.from({ length: outcome.present }, (_, seat) => String(seat)),
		objecting: [],
	});
	const key = state === 'healed' ? 'conveningHealed' : 'conveningUnhealed';
	return sentence(source, key, key, {});
}

/** In a joint session each body is quorate or not by itself. */
function furtherQuorums(source: Source): Said[] {
	return source.meeting.furtherQuorums.flatMap(({ bodyName: body, computed }) => {
		const { present, base, needed, quorate } = computed.outcome;
		const key = quorate ? 'quorumOf' : 'quorumOfLacking';
		return sentence(source, `${key}:${body}`, key, { body, present, base, needed });
	});
}

function agendaSentence(source: Source, style: Style): Said[] {
	const { changes } = source;
	if (!changes.length) return source.agendaConfirmed ? sentence(source, 'agenda', 'agendaUnchanged', {}) : [];
	const words = (shown: typeof changes) =>
		shown
			.map(({ act, title, reason }) => {
				const change = say(style, `change.${act}`, { title });
				return reason ? say(style, 'change.because', { change, reason }) : change;
			})
			.join('; ');
	const [line] = sentence(source, 'agenda', 'agendaChanged', { changes: words(changes) });
	const open = changes.filter((change) => change.public);
	if (!line || open.length === changes.length) return line ? [line] : [];
	const publicText = open.length
		? say(style, 'agendaChanged', { changes: words(open) })
		: say(style, 'agendaUnchanged');
	return [{ ...line, publicText }];
}

function endSentence(source: Source): Said[] {
	const { meeting, timeZone } = source;
	const chair = source.chair.name;
	if (!meeting.closedAt || !chair) return [];
	const time = formatTime(meeting.closedAt, 'de', timeZone);
	return sentence(source, 'end', source.closedWithoutQuorum ? 'endNoQuorum' : 'end', { chair, time });
}

function itemOf(item: ItemView, source: Source, before: Said[]): Item {
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

function hasItem(task: TaskView, { meeting }: Source): boolean {
	return meeting.items.some((item) => item.number !== '' && item.number === task.itemNumber);
}

function taskOf(task: TaskView, { tasks }: Source): Task {
	return {
		what: task.what,
		who: task.who,
		publicWho: tasks[task.id]?.publicWho ?? '',
		due: task.due ? day(task.due) : task.dueText,
		public: task.public,
	};
}

function reviewWord(style: Style, outcome: 'done' | 'continued' | 'dropped' | null, due: string | null): string {
	if (outcome === null) return say(style, 'review.open');
	if (outcome === 'continued' && due) return say(style, 'review.continuedUntil', { due: day(due) });
	return say(style, `review.${outcome}`);
}

function quorumOf({ meeting, style }: Source): MinutesContent['quorum'] {
	if (!meeting.quorum || style.name !== 'results') return null;
	const { inputs, outcome, citations } = meeting.quorum.computed;
	const { present, base, needed, quorate, because } = outcome;
	const key: Sentence = !quorate ? 'quorumLacking' : because === 'secondConvening' ? 'quorumSecond' : 'quorum';
	const step = (label: Sentence, value: number, result = false) => ({
		label: say(style, label),
		value: String(value),
		result,
	});
	return {
		sentence: say(style, key, { present, base, needed }),
		steps: [
			step('quorum.base', base),
			step('quorum.needed', needed),
			step('quorum.members', inputs.members),
			step('quorum.substitutes', inputs.substitutes),
			step('quorum.present', present, true),
		],
		source: citations.map(({ text }) => text).join('; '),
	};
}
