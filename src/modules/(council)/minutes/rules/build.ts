import { formatTime } from '#kernel/i18n/format.ts';
import type { TaskView } from '../../view.ts';
import { attendanceGroups, presentAndAbsent } from './attendance.ts';
import { itemOf, taskOf } from './build-item.ts';
import { endSentence, openingSentences, quorumOf } from './build-opening.ts';
import type { MinutesContent } from './content.ts';
import { day } from './day.ts';
import { eventSentences } from './events.ts';
import type { Source } from './record.ts';
import { say, type Sentence, type Style } from './style.ts';

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

function hasItem(task: TaskView, { meeting }: Source): boolean {
	return meeting.items.some((item) => item.number !== '' && item.number === task.itemNumber);
}

function reviewWord(style: Style, outcome: 'done' | 'continued' | 'dropped' | null, due: string | null): string {
	if (outcome === null) return say(style, 'review.open');
	if (outcome === 'continued' && due) return say(style, 'review.continuedUntil', { due: day(due) });
	return say(style, `review.${outcome}`);
}
