import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { eventUid, type IcsEvent } from '#kernel/mail/ics.ts';
import { freeSlug } from '../commands/slug.server.ts';
import { meetingTitle } from '../ui/labels.ts';
import type { MeetingView } from '../view.ts';

export interface PlannedMeeting {
	councilBodyId: string;
	kind: MeetingView['kind'];
	date: Temporal.PlainDate;
	startsAt: Temporal.Instant | null;
	endsAt: Temporal.Instant | null;
	place: string;
	public: boolean;
	published: boolean;
}

/**
 * Plans a session: it has a date and nothing else yet. A retreat is never public (scenario SIT-14).
 * @returns its id and address
 */
export async function planMeeting(tx: WriteCtx, given: PlannedMeeting): Promise<{ id: string; slug: string }> {
	demand(tx.actor, 'council.edit', given.councilBodyId);
	// Two sessions planned at once must not take the same address.
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.body.id} meeting slug`}, 0))`.execute(tx.db);
	const id = newId();
	const slug = await freeSlug(tx, given.date);
	const open = given.public && given.kind !== 'retreat';
	await tx.db
		.insertInto('council.meeting')
		.values({
			id,
			slug,
			council_body_id: given.councilBodyId,
			kind: given.kind,
			state: 'planned',
			date: given.date,
			starts_at: given.startsAt,
			ends_at: given.endsAt,
			place_text: given.place,
			public: open,
			published: given.published && open,
		})
		.execute();
	tx.touch('council.meeting', id, {
		act: 'planned',
		fields: { date: given.date.toString(), kind: given.kind, public: open },
	});
	return { id, slug };
}

/** A clock time of the town on a day. A time that the change of clocks leaves out is moved on by an hour. */
export function instantOf(ctx: Pick<Ctx, 'body'>, date: string, time: string): Temporal.Instant {
	return Temporal.PlainDate.from(date)
		.toZonedDateTime({ timeZone: ctx.body.timeZone, plainTime: Temporal.PlainTime.from(time) })
		.toInstant();
}

/** What calendars need of a session; the words are those of the running language. */
export function meetingEvent(
	ctx: Pick<Ctx, 'body' | 'now'>,
	meeting: Pick<MeetingView, 'id' | 'slug' | 'number' | 'kind' | 'public' | 'date' | 'startsAt' | 'endsAt' | 'place'>,
	{ bodyName, origin }: { bodyName: string; origin: string },
): IcsEvent {
	const zoned = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(ctx.body.timeZone);
	return {
		uid: eventUid(meeting.id, ctx.body.id),
		title: `${meetingTitle(meeting)}, ${bodyName}`,
		start: meeting.startsAt ? zoned(meeting.startsAt) : Temporal.PlainDate.from(meeting.date),
		...(meeting.endsAt && { end: zoned(meeting.endsAt) }),
		place: meeting.place,
		url: `${origin}/sitzungen/${meeting.slug}`,
		modifiedAt: ctx.now,
	};
}
