import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale, isLocale, type Locale } from '#kernel/i18n/locales.ts';
import { compose, type Block } from '#kernel/mail/compose.ts';
import { calendarMessage, eventUid } from '#kernel/mail/ics.ts';
import { meetingTitle, timeRange } from '../ui/labels.ts';
import { languageNames } from '../ui/language-help.ts';
import type { Purpose } from './invite.server.ts';
import type { LetterSession } from './letter-session.server.ts';
import { SECOND_CONVENING_SENTENCE } from './rules/items.ts';

/** Who reads a letter. */
export interface LetterReader {
	name: string;
	locale: string;
	role: 'member' | 'advisory' | 'reporter' | 'guest' | 'substitute';
	function: string;
	/** For whom a substitute is asked. */
	substituteFor: string;
	/** Address of the answer; empty in a preview. */
	answerUrl: string;
	email: string;
}

/** The language of a letter. */
export function localeOf(reader: Pick<LetterReader, 'locale'>): Locale {
	return isLocale(reader.locale) ? reader.locale : 'de';
}

/** Members read closed items; everybody else reads what strangers would. */
export function titleFor(item: LetterSession['items'][number], reader: LetterReader): string {
	return item.public || inside(reader) ? item.title : item.neutralTitle;
}

/** Whether a reader belongs to the body. */
export const inside = ({ role }: LetterReader) => role === 'member' || role === 'advisory' || role === 'substitute';

/** A letter of a session to somebody. */
export interface LetterGiven {
	session: LetterSession;
	reader: LetterReader;
	purpose: Purpose;
	origin: string;
	timeZone: string;
}

export interface Letter {
	locale: Locale;
	subject: string;
	blocks: Block[];
}

/** The mail in the reader's language; titles of items are German, as they stand in the record. */
export function letterFor(given: LetterGiven): Letter {
	const locale = localeOf(given.reader);
	return inLanguage(locale, () => {
		const { session, reader, purpose, origin } = given;
		const title = meetingTitle(session);
		const date = formatDay(session.date, 'full', locale);
		const page = `${origin}${inLocale(`/sitzungen/${session.slug}`, locale)}`;
		const gone = purpose === 'cancellation';
		const blocks: Block[] = [
			{ kind: 'heading', text: gone ? m.council_agenda_mail_cancelled({ title }) : title },
			{ kind: 'paragraph', text: m.council_agenda_mail_greeting({ name: reader.name }) },
			{ kind: 'paragraph', text: opening(given, title, date) },
			...(gone && session.cancelNote ? [{ kind: 'paragraph' as const, text: session.cancelNote }] : []),
			{ kind: 'facts', facts: factsOf(given, locale) },
			...(gone ? [] : agendaBlocks(given)),
			...(gone || !reader.answerUrl
				? []
				: [
						{ kind: 'paragraph' as const, text: m.council_agenda_mail_answer() },
						{ kind: 'button' as const, label: m.council_agenda_mail_button(), href: reader.answerUrl },
					]),
			{
				kind: 'footer',
				lines: [m.council_agenda_mail_footer({ body: session.bodyName })],
				link: { label: m.council_agenda_mail_page(), href: page },
			},
		];
		return { locale, subject: subjectOf(purpose, title, date), blocks };
	});
}

function subjectOf(purpose: Purpose, title: string, date: string): string {
	switch (purpose) {
		case 'cancellation':
			return m.council_agenda_mail_subject_cancelled({ title, date });
		case 'update':
			return m.council_agenda_mail_subject_update({ title, date });
		case 'reminder':
			return m.council_agenda_mail_subject_reminder({ title, date });
		case 'substitute':
			return m.council_agenda_mail_subject_substitute({ title, date });
		default:
			return m.council_agenda_mail_subject({ title, date });
	}
}

/** What the letter is about, in its first sentences. */
export function opening({ session, reader, purpose }: LetterGiven, title: string, date: string): string {
	const body = session.bodyName;
	// The session takes place, only the substitute is no longer needed.
	if (purpose === 'cancellation' && !session.cancelled)
		return m.council_agenda_mail_text_substitute_off({ name: reader.substituteFor, date });
	if (purpose === 'cancellation') return m.council_agenda_mail_text_cancelled({ title, date });
	if (purpose === 'update') return m.council_agenda_mail_text_update({ title });
	if (purpose === 'reminder') return m.council_agenda_mail_text_reminder({ title, date });
	if (reader.role === 'substitute') return m.council_agenda_mail_text_substitute({ name: reader.substituteFor, date });
	const urgent = session.urgentReason ? ` ${m.council_agenda_mail_urgent({ reason: session.urgentReason })}` : '';
	if (reader.role === 'reporter') return m.council_agenda_mail_text_reporter({ body, office: reader.function });
	if (reader.role === 'guest') return m.council_agenda_mail_text_guest({ body });
	return m.council_agenda_mail_text({ body }) + urgent;
}

/** Day, time, place and how one takes part, as a list. */
export function factsOf(
	{ session, reader, timeZone }: LetterGiven,
	locale: Locale,
): { label: string; value: string }[] {
	const help = languageNames(session.languageHelp, locale).text;
	const time = timeRange(session.startsAt, session.endsAt, { locale, timeZone });
	return [
		{ label: m.council_agenda_fact_day(), value: formatDay(session.date, 'full', locale) },
		{ label: m.council_fact_time(), value: time },
		{ label: m.council_fact_place(), value: session.place },
		{ label: m.council_fact_accessibility(), value: session.accessibility },
		{ label: m.council_agenda_fact_inviter(), value: session.inviter },
		{ label: m.council_fact_language_help(), value: help },
		...(inside(reader) || session.mode === 'video'
			? [{ label: m.council_agenda_fact_video(), value: session.mode === 'room' ? '' : session.joinUrl }]
			: []),
	].filter(({ value }) => value);
}

function agendaBlocks(given: LetterGiven): Block[] {
	const { session, reader } = given;
	const lines = session.items.map((item) => {
		const papers = item.papers.length && (item.public || inside(reader)) ? ` (${item.papers.join(', ')})` : '';
		const mark = item.secondConvening ? ' *' : '';
		return `${item.number}. ${titleFor(item, reader)}${papers}${mark}`;
	});
	const nominations = inside(reader)
		? session.items.flatMap((item) => item.nominations.map((name) => `${item.number}. ${item.title}: ${name}`))
		: [];
	return [
		{ kind: 'paragraph', text: m.council_agenda() },
		{ kind: 'list', items: lines },
		...(session.items.some((item) => item.secondConvening)
			? [{ kind: 'paragraph' as const, text: `* ${SECOND_CONVENING_SENTENCE}` }]
			: []),
		...(nominations.length
			? [
					{ kind: 'paragraph' as const, text: m.council_agenda_mail_nominations() },
					{ kind: 'list' as const, items: nominations },
				]
			: []),
	];
}

/** Both parts of the mail. */
export function mailOf(letter: Letter): { subject: string; text: string; html: string } {
	return { subject: letter.subject, ...compose(letter.blocks) };
}

/** The date for the reader's calendar; sent again after a change it moves what is there (same UID, higher SEQUENCE). */
export function calendarOf({ session, reader, purpose, origin, timeZone }: LetterGiven, ctx: Pick<Ctx, 'body'>) {
	if (!session.startsAt) return undefined;
	const locale = localeOf(reader);
	const method = purpose === 'cancellation' ? ('CANCEL' as const) : ('REQUEST' as const);
	return inLanguage(locale, () => {
		const zoned = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
		const contact = ctx.body.settings.contact?.email;
		const content = calendarMessage(
			method,
			{
				uid: eventUid(session.id, ctx.body.id),
				title: `${meetingTitle(session)}, ${session.bodyName}`,
				start: zoned(session.startsAt!),
				...(session.endsAt ? { end: zoned(session.endsAt) } : {}),
				place: session.place || session.joinUrl,
				description: [session.accessibility, inside(reader) ? session.joinUrl : ''].filter(Boolean).join('\n'),
				url: `${origin}${inLocale(`/sitzungen/${session.slug}`, locale)}`,
				// SEQUENCE counts seconds: two changes within one second still have to follow each other.
				modifiedAt: Temporal.Instant.from(session.modifiedAt).add({
					seconds: (session.version - 1) * 2 + (method === 'CANCEL' ? 1 : 0),
				}),
				...(contact ? { organizer: { name: session.bodyName, email: contact } } : {}),
				...(reader.email ? { attendees: [{ name: reader.name, email: reader.email }] } : {}),
			},
			timeZone,
		);
		return { method, content };
	});
}
