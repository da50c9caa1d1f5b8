import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { renderPdf, type TemplateData } from '#kernel/documents/render.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { formatDay, formatInstantDay } from '#kernel/i18n/format.ts';
import { languageTag } from '#kernel/i18n/locales.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import { wordsFor } from '../pdf/phrases.ts';
import { meetingTitle } from '../ui/labels.ts';
import { factsOf, inside, letterFor, localeOf, opening, titleFor, type LetterGiven } from './letter.server.ts';
import { SECOND_CONVENING_SENTENCE } from './rules/items.ts';

/** The letter as PDF/UA-1, for the mail and for those who get it by post. */
export async function letterPdf(given: LetterGiven, ctx: Pick<Ctx, 'body' | 'today'>): Promise<Uint8Array> {
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

function pdfData(given: LetterGiven, { body }: Pick<Ctx, 'body' | 'today'>): TemplateData<'invitation'> {
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
