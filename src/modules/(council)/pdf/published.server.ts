import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import type { PublishedDocument } from '#kernel/documents/published.ts';
import { Gone, NotFound } from '#kernel/errors.ts';
import { minutesView, type MinutesView } from '../minutes/queries.server.ts';
import { minutesSetting, partOf } from '../minutes/output/render.server.ts';
import { meetingView } from '../queries/meeting.server.ts';
import { agendaSetting } from './render.server.ts';

/**
 * Documents of a session as this reader gets them, not set yet: the agenda once it was invited to, the minutes once they are published, and of
 * these an extract of each item that something was resolved on. For a stranger nothing is in them that is not public.
 * @returns none for a session that this reader may not know of
 */
export async function publishedDocuments(ctx: Ctx, slug: string, origin: string): Promise<PublishedDocument[]> {
	return [...(await agenda(ctx, slug, origin)), ...(await minutes(ctx, slug, origin))];
}

async function agenda(ctx: Ctx, slug: string, origin: string): Promise<PublishedDocument[]> {
	const meeting = await orNull(() => meetingView(ctx, slug));
	if (!meeting || meeting.state === 'planned' || meeting.state === 'takenOver' || !meeting.items.length) return [];
	const name = { title: m.council_agenda(), fileName: `tagesordnung-${slug}.pdf` };
	return [{ part: 'invitation', itemId: null, ...name, ...agendaSetting(ctx, meeting, origin) }];
}

async function minutes(ctx: Ctx, slug: string, origin: string): Promise<PublishedDocument[]> {
	const view = await orNull(() => minutesView(ctx, slug));
	const { content } = view ?? {};
	if (!view || !content || view.draft || !view.shown) return [];
	const whole: PublishedDocument = {
		part: 'minutes',
		itemId: null,
		title: content.kind,
		fileName: `niederschrift-${slug}.pdf`,
		...minutesSetting(ctx, view, content, origin),
	};
	return [whole, ...extracts(ctx, view, origin)];
}

function extracts(ctx: Ctx, view: MinutesView, origin: string): PublishedDocument[] {
	const resolved = view.content!.items.filter(({ hidden, resolutions }) => !hidden && resolutions.length);
	return resolved.map(({ id, number, title, resolutions }) => ({
		part: 'resolution',
		itemId: id,
		title: `${resolutions[0]!.label}: ${title}`,
		fileName: `beschluss-${view.slug}-${number.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')}.pdf`,
		...minutesSetting(ctx, view, partOf(view, { itemId: id }), origin),
	}));
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
	try {
		return await read();
	} catch (error) {
		if (error instanceof NotFound || error instanceof Gone) return null;
		throw error;
	}
}
