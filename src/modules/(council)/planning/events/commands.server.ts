import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { newId } from '#kernel/ids.ts';
import { calendarMessage } from '#kernel/mail/ics.ts';
import { write } from '#kernel/write.ts';
import { sendLetter } from '../letters.server.ts';
import { lockedMeeting, type PlanningMeeting } from '../meeting.server.ts';
import { peopleOfBody } from '../people.server.ts';
import { instantOf, meetingEvent } from '../planned-meeting.server.ts';
import type { NewEvent } from '../schema.ts';

/**
 * Turns a planned session into an event (rulebook R2-55, scenario SIT-17): the session is cancelled and keeps its history,
 * the event is published and linked, members get their calendar entry taken back. Doing it twice changes nothing.
 * @returns address of the event
 * @throws RuleViolation `council.eventOver` for a session that ran, was cancelled otherwise or is past; NotFound, Forbidden
 */
export async function convertToEvent(ctx: Ctx, slug: string, given: NewEvent, origin: string): Promise<string> {
	demand(ctx.actor, 'council.convene');
	return write(ctx, async (tx) => {
		const meeting = await lockedMeeting(tx, slug);
		const there = await tx.db
			.selectFrom('council.event')
			.select('slug')
			.where('meeting_id', '=', meeting.id)
			.executeTakeFirst();
		if (there) return there.slug;
		if (meeting.cancelled || !['planned', 'invited'].includes(meeting.state))
			throw new RuleViolation('council.eventOver');
		const id = newId();
		const eventSlug = await freeEventSlug(tx, given.title, given.date);
		await tx.db
			.insertInto('council.event')
			.values({
				id,
				council_body_id: meeting.councilBodyId,
				meeting_id: meeting.id,
				slug: eventSlug,
				title: given.title,
				text: given.text,
				place: given.place,
				date: Temporal.PlainDate.from(given.date),
				starts_at: given.from ? instantOf(tx, given.date, given.from) : null,
				ends_at: given.from && given.until ? instantOf(tx, given.date, given.until) : null,
				created_at: tx.now,
				modified_at: tx.now,
			})
			.execute();
		await tx.db
			.updateTable('council.meeting')
			.set({ cancelled: true, modified_at: tx.now })
			.where('id', '=', meeting.id)
			.execute();
		tx.touch('council.event', id, { act: 'created', fields: { slug: eventSlug, meeting: meeting.id } });
		tx.touch('council.meeting', meeting.id, { act: 'converted', fields: { cancelled: true, event: id } });
		await tellMembers(tx, meeting, { ...given, slug: eventSlug }, origin);
		return eventSlug;
	});
}

async function tellMembers(
	tx: WriteCtx,
	meeting: PlanningMeeting,
	event: NewEvent & { slug: string },
	origin: string,
): Promise<void> {
	for (const to of await peopleOfBody(tx, meeting.councilBodyId)) {
		if (to.kind === 'successor') continue;
		await sendLetter(tx, to, (locale) => {
			const date = formatDay(meeting.date, 'full', locale);
			const calendar = meetingEvent(tx, meeting, { bodyName: meeting.bodyName, origin });
			return {
				subject: m.council_planning_event_mail_subject({ date }),
				blocks: [
					{ kind: 'paragraph', text: m.council_planning_mail_greeting({ name: to.name }) },
					{
						kind: 'paragraph',
						text: m.council_planning_event_mail_text({ date, body: meeting.bodyName, title: event.title }),
					},
					{
						kind: 'button',
						label: m.council_planning_event_mail_button(),
						href: `${origin}${inLocale(`/veranstaltungen/${event.slug}`, locale)}`,
					},
				],
				calendar: { method: 'CANCEL', content: calendarMessage('CANCEL', calendar, tx.body.timeZone) },
			};
		});
	}
}

/** `2026-12-05-tag-der-vereine`; a second one of that day and name gets "-2". */
async function freeEventSlug(tx: WriteCtx, title: string, date: string): Promise<string> {
	const words = title
		.toLowerCase()
		.replace(/ß/g, 'ss')
		.replace(/ä/g, 'ae')
		.replace(/ö/g, 'oe')
		.replace(/ü/g, 'ue')
		.normalize('NFD')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '')
		.slice(0, 60);
	const base = [date, words].filter(Boolean).join('-');
	const rows = await tx.db.selectFrom('council.event').select('slug').where('slug', 'like', `${base}%`).execute();
	const taken = new Set(rows.map(({ slug }) => slug));
	if (!taken.has(base)) return base;
	for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}
