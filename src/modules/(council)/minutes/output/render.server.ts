import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { contentKey } from '#kernel/documents/published.ts';
import { renderPdf, type RenderOptions } from '#kernel/documents/render.ts';
import { NotFound } from '#kernel/errors.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale, languageTag } from '#kernel/i18n/locales.ts';
import { wordsFor } from '../../pdf/phrases.ts';
import { minutesView, type MinutesView } from '../queries.server.ts';
import { closedContent, type MinutesContent } from '../rules/content.ts';
import { docxOf } from '#kernel/documents/office/docx.ts';
import { odtOf } from '#kernel/documents/office/odt.ts';
import { outlineOf } from './outline.ts';
import { pdfData, type Imprint } from './pdf-data.ts';

export type Part = 'all' | 'closed' | { itemId: string };

const kept = new Map<string, Promise<Uint8Array>>();
const MOST_KEPT = 60;

/**
 * Minutes as an accessible PDF, with what this reader may know: the whole, the closed part alone, or the extract of one item.
 * Equal input gives equal bytes, so what was set lately is kept and two who ask at once wait for one typesetting.
 * @throws NotFound while there is nothing for this reader, Gone where it was taken back
 */
export async function minutesDocument(
	ctx: Ctx,
	slug: string,
	origin: string,
	part: Part = 'all',
	standard: RenderOptions['standard'] = 'ua-1',
): Promise<Uint8Array> {
	const view = await minutesView(ctx, slug);
	return typesetMinutes(ctx, view, partOf(view, part), origin, standard);
}

/** Sets content of minutes that was read already. */
export function typesetMinutes(
	ctx: Pick<Ctx, 'body' | 'locale'>,
	view: MinutesView,
	content: MinutesContent,
	origin: string,
	standard: RenderOptions['standard'] = 'ua-1',
): Promise<Uint8Array> {
	return minutesSetting(ctx, view, content, origin, standard).pdf();
}

/** The same, not set yet. @returns a key of everything that will stand in it, and what sets it */
export function minutesSetting(
	ctx: Pick<Ctx, 'body' | 'locale'>,
	view: MinutesView,
	content: MinutesContent,
	origin: string,
	standard: RenderOptions['standard'] = 'ua-1',
): { key: string; pdf: () => Promise<Uint8Array> } {
	const words = wordsFor({ locale: ctx.locale, timeZone: ctx.body.timeZone });
	const data = pdfData(content, imprintOf(ctx, view, origin), words);
	const options: RenderOptions = {
		locale: languageTag(ctx.locale),
		title: `${content.title}, ${content.when}`,
		author: ctx.body.name,
		standard,
		date: Temporal.PlainDate.from(view.signatures.at(-1)?.signedOn ?? content.date),
	};
	const key = contentKey(data, options);
	return { key, pdf: () => setOnce(key, () => renderPdf('minutes', data, options)) };
}

function setOnce(key: string, render: () => Promise<Uint8Array>): Promise<Uint8Array> {
	const known = kept.get(key);
	if (known) return known;
	const setting = render();
	kept.set(key, setting);
	setting.catch(() => kept.delete(key));
	for (const oldest of kept.keys()) {
		if (kept.size <= MOST_KEPT) break;
		kept.delete(oldest);
	}
	return setting;
}

/** An editable file: Word or OpenDocument, of what this reader may know. */
export async function editableMinutes(ctx: Ctx, slug: string, format: 'odt' | 'docx'): Promise<Uint8Array> {
	const view = await minutesView(ctx, slug);
	const outline = outlineOf(partOf(view, 'all'), {
		draft: view.draft ? m.council_pdf_draft_note() : '',
		signatures: view.signatures.map((one) => ({ ...one, signedOn: formatDay(one.signedOn, 'long', 'de') })),
	});
	return format === 'odt' ? odtOf(outline) : docxOf(outline);
}

export function partOf(view: MinutesView, part: Part): MinutesContent {
	const { content } = view;
	if (!content) throw new NotFound('minutes');
	if (part === 'all') return content;
	if (part === 'closed') {
		const closed = closedContent(content);
		if (!view.may.inside || !closed.items.length) throw new NotFound('closed minutes');
		return closed;
	}
	const item = content.items.find(({ id }) => id === part.itemId);
	if (!item || item.hidden) throw new NotFound('item');
	return {
		...content,
		attendance: [],
		quorum: null,
		preamble: [],
		items: [item],
		tasks: [],
		review: [],
		dates: [],
		files: [],
		invited: null,
		closing: [],
	};
}

function imprintOf(ctx: Pick<Ctx, 'body' | 'locale'>, view: MinutesView, origin: string): Imprint {
	const day = (iso: string) => formatDay(iso.slice(0, 10), 'long', ctx.locale);
	const version = view.version
		? `${m.council_minutes_version({ number: view.version.number, date: day(view.version.fixedAt) })} · SHA-512 ${view.version.sha512.slice(0, 16)}…`
		: '';
	const standing =
		view.sessionState === 'takenOver'
			? m.council_life_taken_over_note()
			: view.approvedPublicOn
				? m.council_minutes_approved({ date: day(view.approvedPublicOn) })
				: view.draft || view.legacy
					? ''
					: m.council_minutes_preliminary();
	return {
		town: ctx.body,
		draft: view.draft,
		standing,
		signatures: view.signatures.map(({ name, role, function: post, signedOn }) => ({
			name,
			label: role,
			function: post,
			signedOn: day(signedOn),
		})),
		footnote: view.content?.items.some((item) => !item.public && !item.hidden) ? m.council_pdf_internal() : version,
		address: `${origin}${inLocale(`/sitzungen/${view.slug}/niederschrift`, ctx.locale)}`,
	};
}
