import { sql } from 'kysely';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { renderPdf, type TemplateData } from '#kernel/documents/render.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { formatDay, formatInstantDay } from '#kernel/i18n/format.ts';
import { inLocale, isLocale, languageTag, type Locale } from '#kernel/i18n/locales.ts';
import { compose, type Block } from '#kernel/mail/compose.ts';
import { calendarMessage, eventUid } from '#kernel/mail/ics.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import { wordsFor } from '../pdf/phrases.ts';
import { meetingTitle, timeRange } from '../ui/labels.ts';
import { languageNames } from '../ui/language-help.ts';
import { inviterLabel } from '../planning/guests/queries.server.ts';
import type { Purpose } from './invite.server.ts';
import type { NoticeFinding } from './rules/notice.ts';
import { SECOND_CONVENING_SENTENCE } from './rules/items.ts';

/** A session as its letters tell of it. Times are ISO strings. */
export interface LetterSession {
	id: string;
	slug: string;
	number: number | null;
	kind: 'constituting' | 'regular' | 'extraordinary' | 'retreat' | 'joint';
	public: boolean;
	cancelled: boolean;
	cancelNote: string;
	date: string;
	startsAt: string | null;
	endsAt: string | null;
	place: string;
	accessibility: string;
	mode: 'room' | 'hybrid' | 'video';
	joinUrl: string;
	languageHelp: string;
	bodyName: string;
	chair: string;
	/** Who invites and answers for the guest list (rulebook R2-09a); empty: the body itself. */
	inviter: string;
	version: number;
	urgentReason: string;
	notice: NoticeFinding | null;
	modifiedAt: string;
	items: {
		number: string;
		title: string;
		public: boolean;
		neutralTitle: string;
		secondConvening: boolean;
		reporter: string;
		papers: string[];
		nominations: string[];
	}[];
}

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

/** A session with its agenda, as letters need it. Two queries. */
export async function letterSession(ctx: Pick<Ctx, 'db' | 'body'>, meetingId: string): Promise<LetterSession> {
	const body = ctx.body.id;
	const { rows } = await sql<{
		view: Omit<LetterSession, 'inviter'>;
	}>`select json_build_object('id', m.id, 'slug', m.slug, 'number', m.number,
		'kind', m.kind, 'public', m.public, 'cancelled', m.cancelled, 'cancelNote', m.cancel_note, 'date', m.date,
		'startsAt', m.starts_at, 'endsAt', m.ends_at, 'place',
		coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, ''), nullif(p.street, '')), ''),
		'accessibility', coalesce(p.accessibility, ''), 'mode', m.mode, 'joinUrl', m.join_url, 'languageHelp', m.language_help,
		'bodyName', o.name, 'version', coalesce(c.version, 1), 'urgentReason', coalesce(c.urgent_reason, ''),
		'notice', m.notice, 'modifiedAt', m.modified_at,
		'chair', coalesce((select concat_ws(' ', nullif(q.affix, ''), q.given_name, q.family_name) from registry.membership s
			join registry.person q on q.body_id = s.body_id and q.id = s.person_id
			where s.body_id = ${body} and s.organisation_id = m.council_body_id and s.post = 'chair' and s.from_date <= m.date
			and (s.until_date is null or s.until_date > m.date) limit 1), ''),
		'items', coalesce((select json_agg(json_build_object('number', i.number, 'title', i.title, 'public', i.public,
			'neutralTitle', i.neutral_title, 'secondConvening', i.second_convening,
			'reporter', coalesce(nullif(i.reporter_text, ''), f.title, ''),
			'papers', coalesce((select json_agg(r.reference order by r.reference) from council.paper_mention r
				where r.body_id = ${body} and r.agenda_item_id = i.id), '[]'),
			'nominations', coalesce((select json_agg(n.name order by n.position) from council.nomination n
				where n.body_id = ${body} and n.agenda_item_id = i.id), '[]')) order by i.position)
			from council.agenda_item i left join registry.office f on f.body_id = i.body_id and f.id = i.reporter_office_id
			where i.body_id = ${body} and i.meeting_id = m.id and not i.removed), '[]')) as view
		from council.meeting m join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
		left join council.convening c on c.body_id = m.body_id and c.meeting_id = m.id
		left join registry.place p on p.body_id = m.body_id and p.id = m.place_id
		where m.body_id = ${body} and m.id = ${meetingId}`.execute(ctx.db);
	return { ...rows[0]!.view, inviter: await inviterLabel(ctx, meetingId) };
}

export function localeOf(reader: Pick<LetterReader, 'locale'>): Locale {
	return isLocale(reader.locale) ? reader.locale : 'de';
}

/** Members read closed items; everybody else reads what strangers would. */
function titleFor(item: LetterSession['items'][number], reader: LetterReader): string {
	const inside = reader.role === 'member' || reader.role === 'advisory' || reader.role === 'substitute';
	return item.public || inside ? item.title : item.neutralTitle;
}

const inside = ({ role }: LetterReader) => role === 'member' || role === 'advisory' || role === 'substitute';

interface Given {
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
export function letterFor(given: Given): Letter {
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

function opening({ session, reader, purpose }: Given, title: string, date: string): string {
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

function factsOf({ session, reader, timeZone }: Given, locale: Locale): { label: string; value: string }[] {
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

function agendaBlocks(given: Given): Block[] {
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
export function calendarOf({ session, reader, purpose, origin, timeZone }: Given, ctx: Pick<Ctx, 'body'>) {
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

/** The letter as PDF/UA-1, for the mail and for those who get it by post. */
export async function letterPdf(given: Given, ctx: Pick<Ctx, 'body' | 'today'>): Promise<Uint8Array> {
	const { session, reader, timeZone } = given;
	const locale = localeOf(reader);
	const data = inLanguage(locale, () => pdfData(given, ctx));
	return renderPdf('invitation', data, {
		locale: languageTag(locale),
		title: inLanguage(locale, () => `${meetingTitle(session)}, ${formatDay(session.date, 'long', locale)}`),
		author: ctx.body.name,
		standard: 'ua-1',
		date: Temporal.Instant.from(session.modifiedAt).toZonedDateTimeISO(timeZone).toPlainDate(),
	});
}

function pdfData(given: Given, { body }: Pick<Ctx, 'body' | 'today'>): TemplateData<'invitation'> {
	const { session, reader, timeZone } = given;
	const locale = localeOf(reader);
	const words = wordsFor({ locale, timeZone });
	const letter = letterFor(given);
	const items = (open: boolean) =>
		session.items
			.filter((item) => item.public === open)
			.map((item) => {
				const lines = [
					...(item.reporter ? [{ label: m.council_agenda_fact_reporter(), text: words.german(item.reporter) }] : []),
					...(item.papers.length && (item.public || inside(reader))
						? [{ label: m.council_item_papers(), text: words.german(item.papers.join(', ')) }]
						: []),
				];
				return {
					number: item.number.slice(0, 12),
					title: words.german(titleFor(item, reader) + (item.secondConvening ? ' *' : '')),
					lines,
				};
			});
	const [open, closed] = [items(true), items(false)];
	const accent = body.settings.accent?.light;
	const { contact } = body.settings;
	const notes = [
		...(session.items.some((item) => item.secondConvening) ? [`* ${SECOND_CONVENING_SENTENCE}`] : []),
		m.council_agenda_mail_answer(),
	];
	const greeting = letter.blocks.find((block) => block.kind === 'paragraph')!;
	return {
		letterhead: {
			town: words.german(body.name),
			body: words.german(session.bodyName),
			...(accent && /^#[0-9a-f]{6}$/i.test(accent) ? { accent } : {}),
		},
		pageLabel: m.council_pdf_page({ page: '{page}', pages: '{pages}' }),
		...(contact
			? {
					sender: words.german(
						`${body.name} · ${session.bodyName} · ${contact.street} · ${contact.postcode} ${contact.city}`,
					),
				}
			: {}),
		recipient: [words.german(reader.name), ...(reader.function ? [words.german(reader.function)] : [])],
		facts: [
			{
				term: m.council_agenda_fact_written(),
				detail: formatInstantDay(session.modifiedAt, 'long', locale, timeZone),
			},
		],
		subject: letter.subject,
		text: fromPlainText(
			[
				greeting.kind === 'paragraph' ? greeting.text : '',
				opening(given, meetingTitle(session), formatDay(session.date, 'full', locale)),
			].join('\n\n'),
		),
		meeting: factsOf(given, locale).map(({ label, value }) => ({ term: label, detail: value })),
		agenda: {
			heading: m.council_agenda(),
			parts: [
				...(open.length ? [{ heading: m.council_agenda_public(), items: open }] : []),
				...(closed.length ? [{ heading: m.council_agenda_closed(), items: closed }] : []),
			],
		},
		notes: fromPlainText(notes.join('\n\n')),
		...(session.chair
			? {
					closing: {
						formula: m.council_agenda_mail_closing(),
						name: words.german(session.chair),
						role: m.council_agenda_mail_chair(),
					},
				}
			: {}),
	};
}
