import type { Ctx } from '#kernel/ctx.ts';
import { contentKey } from '#kernel/documents/published.ts';
import { renderPdf, type RenderOptions } from '#kernel/documents/render.ts';
import { NotFound } from '#kernel/errors.ts';
import { languageTag } from '#kernel/i18n/locales.ts';
import { meetingView } from '../queries/meeting.server.ts';
import type { MeetingView } from '../view.ts';
import { agendaData, titleOf } from './sheet.ts';
import { wordsFor } from './phrases.ts';

const MOST_BYTES = 24 * 1024 * 1024;
const kept = new Map<string, Uint8Array>();
const underWay = new Map<string, Promise<Uint8Array>>();
let bytes = 0;

/**
 * The agenda of a session as PDF/UA-1. Links in invitations outlive the session, so it stays; old records have none.
 * @throws NotFound for a session that this reader may not know of or without an agenda
 */
export async function agendaPdf(ctx: Ctx, slug: string, origin: string): Promise<Uint8Array> {
	return agendaSetting(ctx, await meetingView(ctx, slug), origin).pdf();
}

/** The agenda of a session that was read already, not set yet. @returns a key of all that will stand in it, and what sets it @throws NotFound */
export function agendaSetting(
	ctx: Ctx,
	meeting: MeetingView,
	origin: string,
): { key: string; pdf: () => Promise<Uint8Array> } {
	if (meeting.state === 'takenOver' || !meeting.items.length) throw new NotFound('agenda');
	const words = wordsFor({ locale: ctx.locale, timeZone: ctx.body.timeZone });
	const data = agendaData({ meeting, town: ctx.body, origin }, words);
	const options: RenderOptions = {
		locale: languageTag(ctx.locale),
		title: titleOf(meeting, words),
		author: ctx.body.name,
		standard: 'ua-1',
		date: Temporal.PlainDate.from(meeting.date),
	};
	const key = contentKey(data, options);
	return { key, pdf: () => setOnce(key, () => renderPdf('agenda', data, options)) };
}

/** Equal input gives equal bytes: what was set lately is kept, and two who ask at once wait for one typesetting. */
async function setOnce(key: string, render: () => Promise<Uint8Array>): Promise<Uint8Array> {
	const known = kept.get(key) ?? underWay.get(key);
	if (known) return known;
	const setting = render();
	underWay.set(key, setting);
	try {
		const file = await setting;
		keep(key, file);
		return file;
	} finally {
		underWay.delete(key);
	}
}

function keep(key: string, file: Uint8Array): void {
	kept.set(key, file);
	bytes += file.length;
	for (const [oldest, old] of kept) {
		if (bytes <= MOST_BYTES || oldest === key) return;
		kept.delete(oldest);
		bytes -= old.length;
	}
}
