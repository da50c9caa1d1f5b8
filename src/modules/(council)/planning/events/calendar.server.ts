import type { Ctx } from '#kernel/ctx.ts';
import { eventUid, type IcsEvent } from '#kernel/mail/ics.ts';
import type { EventView } from './queries.server.ts';

/** An event as calendars take it. */
export function icsOfEvent(ctx: Pick<Ctx, 'body'>, event: EventView, origin: string): IcsEvent {
	const zoned = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(ctx.body.timeZone);
	return {
		uid: eventUid(event.id, ctx.body.id),
		title: event.title,
		start: event.startsAt ? zoned(event.startsAt) : Temporal.PlainDate.from(event.date),
		...(event.endsAt && { end: zoned(event.endsAt) }),
		place: event.place,
		description: event.text,
		url: `${origin}/veranstaltungen/${event.slug}`,
		modifiedAt: Temporal.Instant.from(event.modifiedAt),
	};
}
