import { sql } from 'kysely';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound } from '#kernel/errors.ts';
import { hashToken } from '#kernel/identity/token.ts';
import { calendarFeed, eventUid } from '#kernel/mail/ics.ts';
import { write } from '#kernel/write.ts';
import { linkToken } from '../planning/links.server.ts';
import { meetingTitle } from '../ui/labels.ts';
import type { MeetingRow } from '../view.ts';

/** Path of the actor's own calendar, or null while there is none. One query. */
export async function myCalendarPath(ctx: Ctx): Promise<string | null> {
	demand(ctx.actor, 'council.members');
	if (!ctx.actor.personId) return null;
	const row = await ctx.db
		.selectFrom('council.personal_calendar')
		.select('number')
		.where('person_id', '=', ctx.actor.personId)
		.executeTakeFirst();
	return row ? `/kalender/${tokenOf(ctx.actor.personId, row.number)}.ics` : null;
}

/** Gives the actor a calendar address; the one before, if there was one, ends with it. */
export async function renewCalendar(ctx: Ctx): Promise<void> {
	demand(ctx.actor, 'council.members');
	const { personId } = ctx.actor;
	if (!personId) throw new Forbidden('council.members');
	await write(ctx, async (tx) => {
		if (await replaceCalendar(tx, personId)) return;
		await tx.db
			.insertInto('council.personal_calendar')
			.values({ person_id: personId, ...calendarRow(tx, personId, 1) })
			// Two clicks at once: either address is fine, and both tell it.
			.onConflict((conflict) => conflict.columns(['body_id', 'person_id']).doNothing())
			.execute();
	});
}

/** Gives a calendar another address, which nobody has been told yet. @returns whether there was one */
export async function replaceCalendar(tx: WriteCtx, personId: string): Promise<boolean> {
	const before = await tx.db
		.selectFrom('council.personal_calendar')
		.select('number')
		.where('person_id', '=', personId)
		.forUpdate()
		.executeTakeFirst();
	if (!before) return false;
	await tx.db
		.updateTable('council.personal_calendar')
		.set(calendarRow(tx, personId, before.number + 1))
		.where('person_id', '=', personId)
		.execute();
	return true;
}

function calendarRow(tx: WriteCtx, personId: string, number: number) {
	return { number, token_hash: hashToken(tokenOf(personId, number)), renewed_at: tx.now };
}

function tokenOf(personId: string, number: number): string {
	return linkToken('calendar', `${personId} ${number}`);
}

type Entry = Pick<
	MeetingRow,
	'id' | 'slug' | 'number' | 'kind' | 'public' | 'cancelled' | 'date' | 'startsAt' | 'endsAt' | 'place' | 'bodyName'
> & {
	modifiedAt: string;
};

interface DueTask {
	id: string;
	what: string;
	due: string;
	slug: string;
	modifiedAt: string;
}

/**
 * The owner's open tasks with a day. They travel as days of their own that take up no time, not as VTODO: calendars of phones
 * and Google leave tasks out of calendars that one subscribes to. A task that is done is gone with the next look.
 */
async function dueTasks(ctx: Ctx, personId: string): Promise<DueTask[]> {
	const { rows } = await sql<DueTask>`
select t.id, t.what, t.due::text as due, m.slug, to_json(coalesce(c.last, m.modified_at))#>>'{}' as "modifiedAt"
from council.task t join council.meeting m on m.body_id = t.body_id and m.id = t.meeting_id
cross join lateral (select max(at) as last from kernel.change where body_id = t.body_id and kind = 'council.task' and object_id = t.id) c
where t.body_id = ${ctx.body.id} and t.person_id = ${personId} and t.state = 'open' and t.due is not null
order by t.due, t.id`.execute(ctx.db);
	return rows;
}

/**
 * The sessions of all bodies in which the owner of this address sits on their day, closed ones among them, from last year
 * on, and the days on which the owner's tasks are due. @throws NotFound for an address that nobody has (any more)
 */
export async function personalCalendar(ctx: Ctx, token: string, url: URL): Promise<string> {
	const owner = await ctx.db
		.selectFrom('council.personal_calendar')
		.select('person_id')
		.where('token_hash', '=', hashToken(token))
		.executeTakeFirst();
	if (!owner) throw new NotFound('calendar');
	const { rows } = await sql<Entry>`
select m.id, m.slug, m.number, m.kind, m.public, m.cancelled, m.date::text as date, to_json(m.starts_at)#>>'{}' as "startsAt",
	to_json(m.ends_at)#>>'{}' as "endsAt", o.name as "bodyName", to_json(m.modified_at)#>>'{}' as "modifiedAt",
	coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, ''), nullif(p.street, '')), '') as place
from council.meeting m join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
left join registry.place p on p.body_id = m.body_id and p.id = m.place_id
where m.body_id = ${ctx.body.id} and m.date >= ${ctx.today.subtract({ years: 1 })}::date and exists (select from registry.membership s
	where s.body_id = m.body_id and s.person_id = ${owner.person_id} and s.organisation_id = m.council_body_id
	and s.kind in ('member', 'substitute', 'advisory') and s.from_date <= m.date and (s.until_date is null or s.until_date > m.date))
order by m.date, m.starts_at, m.id`.execute(ctx.db);
	const tasks = await dueTasks(ctx, owner.person_id);
	const zoned = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(ctx.body.timeZone);
	return calendarFeed({
		name: ctx.body.settings.councilName ?? ctx.body.name,
		url: url.href,
		timeZone: ctx.body.timeZone,
		events: [
			...rows.map((row) => ({
				uid: eventUid(row.id, ctx.body.id),
				title: `${meetingTitle(row)}, ${row.bodyName}`,
				start: row.startsAt ? zoned(row.startsAt) : Temporal.PlainDate.from(row.date),
				...(row.endsAt && { end: zoned(row.endsAt) }),
				place: row.place,
				url: `${url.origin}/sitzungen/${row.slug}`,
				cancelled: row.cancelled,
				modifiedAt: Temporal.Instant.from(row.modifiedAt),
			})),
			...tasks.map((task) => ({
				uid: eventUid(task.id, ctx.body.id),
				title: m.council_member_calendar_task({ what: task.what }),
				start: Temporal.PlainDate.from(task.due),
				url: `${url.origin}/sitzungen/${task.slug}`,
				free: true,
				modifiedAt: Temporal.Instant.from(task.modifiedAt),
			})),
		],
	});
}
