import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { isId } from '#kernel/ids.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { acted, typedOf, type Typed } from '../../../agenda/forms.server.ts';
import { invitedRows, letterOf, noticePreview } from '../../../agenda/invitation.server.ts';
import {
	cancelMeeting,
	changeMeeting,
	invite,
	inviteAgain,
	remindNow,
	reviveMeeting,
} from '../../../agenda/invite.server.ts';
import { calendarOf, letterFor, mailOf } from '../../../agenda/letter.server.ts';
import { sessionBySlug } from '../../../agenda/meetings.server.ts';
import { agendaInWork, placeChoices } from '../../../agenda/queries.server.ts';
import { ChangedMeeting } from '../../../agenda/schema.ts';
import { guestStanding } from '../../../planning/guests/log.server.ts';
import { modeDoubt } from '../../../agenda/rules/mode.ts';
import { profileFor } from '../../../structure/profiles.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const session = await sessionBySlug(ctx, params.slug);
	const [notice, rows, work, places, guests] = await Promise.all([
		noticePreview(ctx, session),
		invitedRows(ctx, session),
		agendaInWork(ctx, session),
		placeChoices(ctx),
		guestStanding(ctx, session.id),
	]);
	const zoned = (at: Temporal.Instant | null) =>
		at?.toZonedDateTimeISO(ctx.body.timeZone).toPlainTime().toString({ smallestUnit: 'minute' }) ?? '';
	return {
		session: {
			slug: session.slug,
			title: session.title,
			bodyName: session.bodyName,
			state: session.state,
			cancelled: session.cancelled,
			date: session.date.toString(),
			invitedAt: session.invitedAt?.toString() ?? null,
			hasStart: session.startsAt !== null,
			items: work.items.filter(({ removed }) => !removed).length,
			hasSecond: work.items.some(({ secondConvening }) => secondConvening),
			reminderDays: session.reminderDays,
			version: session.version,
		},
		values: {
			title: session.title,
			date: session.date.toString(),
			start: zoned(session.startsAt),
			end: zoned(session.endsAt),
			place: work.place.id ?? '',
			placeName: work.place.text,
			mode: session.mode,
			joinUrl: work.place.joinUrl,
			languageHelp: work.place.languageHelp,
		} as Record<string, string>,
		places,
		notice,
		rows,
		guests,
		office: may(ctx.actor, 'council.edit', session.councilBodyId),
		preview: await previewOf(ctx, session, url),
		doubt: modeDoubt(await profileFor(ctx, session.councilBodyId, session.date), session.mode),
		said: url.searchParams.get('gesagt'),
	};
};

async function previewOf(ctx: Ctx, session: Parameters<typeof letterOf>[1], url: URL) {
	const key = url.searchParams.get('vorschau') ?? '';
	if (!isId(key)) return null;
	const given = await letterOf(ctx, session, key, url.origin);
	const letter = letterFor(given);
	const { subject, text } = mailOf(letter);
	return {
		key,
		name: given.reader.name,
		locale: letter.locale,
		subject,
		text,
		calendar: calendarOf(given, ctx) !== undefined,
	};
}

const Reason = z.object({ grund: z.string().trim().max(500).default('') });

export const actions: Actions = {
	senden: (event) =>
		act(event, 'senden', Reason, 'eingeladen', ({ ctx, slug, origin }, { grund }) =>
			invite(ctx, slug, { urgentReason: grund, origin }),
		),
	nochmal: (event) =>
		act(event, 'nochmal', z.object({ an: z.string().default('') }), 'nochmal', ({ ctx, slug, origin }, { an }) =>
			inviteAgain(ctx, slug, isId(an) ? an : null, origin),
		),
	erinnern: (event) =>
		act(event, 'erinnern', z.object({}), 'nochmal', ({ ctx, slug, origin }) => remindNow(ctx, slug, origin)),
	aendern: (event) =>
		act(event, 'aendern', ChangedMeeting, 'umgezogen', ({ ctx, slug, origin }, form, typed) =>
			changeMeeting(ctx, slug, form, { urgentReason: typed.grund ?? '', origin }),
		),
	absagen: (event) =>
		act(event, 'absagen', Reason, 'abgesagt', ({ ctx, slug, origin }, { grund }) =>
			cancelMeeting(ctx, slug, grund, origin),
		),
	doch: (event) =>
		act(event, 'doch', z.object({}), 'umgezogen', ({ ctx, slug, origin }) => reviveMeeting(ctx, slug, origin)),
};

type Event = RequestEvent;
interface Where {
	ctx: Ctx;
	slug: string;
	origin: string;
}

async function act<Schema extends z.ZodType>(
	event: Event,
	of: string,
	schema: Schema,
	said: string,
	work: (where: Where, given: z.output<Schema>, typed: Typed) => Promise<void>,
) {
	const { ctx } = event.locals;
	demand(ctx.actor, 'council.convene');
	const { slug } = event.params;
	await sessionBySlug(ctx, slug);
	const typed = typedOf(await event.request.formData());
	const refused = await acted(of, schema, typed, (given) =>
		work({ ctx, slug, origin: event.url.origin }, given, typed),
	);
	return refused ?? redirect(303, inLocale(`/sitzungen/${slug}/einladung?gesagt=${said}`, ctx.locale));
}
