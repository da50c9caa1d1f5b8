import * as m from '#messages';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { TemplateData } from '#kernel/documents/render.ts';
import type { Town } from '#kernel/town.ts';
import type { MeetingView } from '../view.ts';
import { day, meetingTitle, timeRange } from '../ui/labels.ts';
import { languageNames } from '../ui/language-help.ts';
import { agendaOf } from './agenda.ts';
import type { Phrase, Words } from './phrases.ts';

/** Where a document of a session comes from: the view its page shows, the town, the site's address (`https://…`). */
export interface Source {
	meeting: MeetingView;
	town: Town;
	origin: string;
}

/** The agenda of a session as it is announced. */
export function agendaData(source: Source, words: Words): TemplateData<'agenda'> {
	const { meeting } = source;
	return {
		...frame(source, words),
		kind: m.council_agenda(),
		...(meeting.cancelled
			? { lead: m.council_meeting_cancelled() }
			: meeting.public
				? { lead: m.council_pdf_public() }
				: {}),
		facts: headFacts(source, words),
		agenda: agendaOf(meeting, words),
	};
}

/** Title of the file in a reader's window: "5. öffentliche Sitzung, 28. Oktober 2026". */
export function titleOf(meeting: MeetingView, words: Words): string {
	return words.list([meetingTitle(meeting), day(meeting.date, 'long', words)]);
}

function frame({ meeting, town }: Source, words: Words) {
	const accent = town.settings.accent?.light;
	const internal = !meeting.public || !meeting.published || meeting.items.some((item) => !item.public && !item.hidden);
	const footnote = internal ? m.council_pdf_internal() : '';
	return {
		letterhead: {
			town: words.german(town.name),
			body: words.german(meeting.body.name),
			mark: firstLetter(town.shortName),
			...(accent && /^#[0-9a-f]{6}$/i.test(accent) ? { accent } : {}),
		},
		pageLabel: m.council_pdf_page({ page: '{page}', pages: '{pages}' }),
		heading: meetingTitle(meeting),
		subtitle: words.list([day(meeting.date, 'full', words), timesOf(meeting, words)]),
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

type Fact = { term: Phrase; detail: Phrase };

function headFacts({ meeting, origin }: Source, words: Words): Fact[] {
	const help = languageNames(meeting.languageHelp, words.locale);
	const facts: [string, Phrase][] = [
		[
			m.council_fact_place(),
			words.german(
				meeting.place && meeting.accessibility ? `${meeting.place} (${meeting.accessibility})` : meeting.place,
			),
		],
		[m.council_fact_chair(), words.german(meeting.chair)],
		[m.council_fact_language_help(), help.translated ? help.text : words.german(help.text)],
		[m.council_life_invited(), meeting.invitedOn ? day(meeting.invitedOn, 'long', words) : ''],
		[m.council_pdf_online(), `${origin}${inLocale(`/sitzungen/${meeting.slug}`, words.locale)}`],
	];
	const filled = facts.filter(([, detail]) => (typeof detail === 'string' ? detail : detail.text) !== '');
	return filled.map(([term, detail]) => ({ term, detail }));
}
