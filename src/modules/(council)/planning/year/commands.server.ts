import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { instantOf, planMeeting } from '../planned-meeting.server.ts';
import type { NewDayOff, YearDates } from '../schema.ts';

/**
 * Plans sessions of a year at once, unpublished, and remembers the rhythm for the next year. A day on which this body
 * meets already is left out, so sending the form twice plans nothing twice.
 * @returns how many were planned
 */
export async function planYear(
	ctx: Ctx,
	councilBodyId: string,
	given: YearDates,
	rhythm: object | null,
): Promise<number> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	if (!given.dates.length) throw new RuleViolation('council.yearNone', {}, 'dates');
	return write(ctx, async (tx) => {
		await sql`select from council.council_body where body_id = ${tx.body.id} and id = ${councilBodyId} for update`.execute(
			tx.db,
		);
		const there = await tx.db
			.selectFrom('council.meeting')
			.select('date')
			.where('council_body_id', '=', councilBodyId)
			.where('cancelled', '=', false)
			.execute();
		const taken = new Set(there.map(({ date }) => date.toString()));
		let count = 0;
		for (const date of given.dates) {
			if (taken.has(date)) continue;
			taken.add(date);
			await planMeeting(tx, {
				councilBodyId,
				kind: 'regular',
				date: Temporal.PlainDate.from(date),
				startsAt: instantOf(tx, date, given.from),
				endsAt: given.until ? instantOf(tx, date, given.until) : null,
				place: given.place,
				public: given.public,
				published: false,
			});
			count++;
		}
		if (rhythm) {
			const rules = JSON.stringify(rhythm);
			await tx.db
				.insertInto('council.meeting_rhythm')
				.values({ council_body_id: councilBodyId, rules })
				.onConflict((conflict) => conflict.columns(['body_id', 'council_body_id']).doUpdateSet({ rules }))
				.execute();
		}
		tx.touch('council.yearPlan', councilBodyId, { act: 'planned', fields: { count } });
		return count;
	});
}

/** Publishes all planned public sessions of a body in a year. @returns how many */
export async function publishYear(ctx: Ctx, councilBodyId: string, year: number): Promise<number> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	return write(ctx, async (tx) => {
		const rows = await tx.db
			.updateTable('council.meeting')
			.set({ published: true, modified_at: tx.now })
			.where('council_body_id', '=', councilBodyId)
			.where('state', '=', 'planned')
			.where('public', '=', true)
			.where('published', '=', false)
			.where('date', '>=', Temporal.PlainDate.from({ year, month: 1, day: 1 }))
			.where('date', '<', Temporal.PlainDate.from({ year: year + 1, month: 1, day: 1 }))
			.returning('id')
			.execute();
		for (const { id } of rows) tx.touch('council.meeting', id, { act: 'published', fields: { published: true } });
		return rows.length;
	});
}

/**
 * Moves a planned session to another day, or takes it away (`date` null), as long as nothing hangs on it.
 * @throws RuleViolation `council.yearStuck` once it has an agenda, a poll or an announcement; `council.past`
 */
export async function changeDate(ctx: Ctx, meetingId: string, date: string | null): Promise<void> {
	demand(ctx.actor, 'council.edit');
	if (!isId(meetingId)) throw new RuleViolation('date', {}, 'h1');
	if (date !== null && date < ctx.today.toString()) throw new RuleViolation('council.past', {}, `date-${meetingId}`);
	await write(ctx, async (tx) => {
		const { rows } = await sql<{ councilBodyId: string; loose: boolean; starts: string | null; ends: string | null }>`
select m.council_body_id as "councilBodyId", to_char(m.starts_at at time zone ${tx.body.timeZone}, 'HH24:MI') as starts,
	to_char(m.ends_at at time zone ${tx.body.timeZone}, 'HH24:MI') as ends, m.state = 'planned' and not m.cancelled and not exists (
	select from council.agenda_item i where i.body_id = m.body_id and i.meeting_id = m.id) and not exists (select from council.date_poll d
	where d.body_id = m.body_id and d.meeting_id = m.id) and not exists (select from council.save_the_date s
	where s.body_id = m.body_id and s.meeting_id = m.id) as loose
from council.meeting m where m.body_id = ${tx.body.id} and m.id = ${meetingId} for update of m`.execute(tx.db);
		const meeting = rows[0];
		if (!meeting) throw new NotFound('session');
		demand(tx.actor, 'council.edit', meeting.councilBodyId);
		if (!meeting.loose) throw new RuleViolation('council.yearStuck', {}, `date-${meetingId}`);
		if (date === null) {
			await tx.db.deleteFrom('council.meeting').where('id', '=', meetingId).execute();
			tx.touch('council.meeting', meetingId, { act: 'deleted', deleted: true });
			return;
		}
		await tx.db
			.updateTable('council.meeting')
			.set({
				date: Temporal.PlainDate.from(date),
				starts_at: meeting.starts ? instantOf(tx, date, meeting.starts) : null,
				ends_at: meeting.ends ? instantOf(tx, date, meeting.ends) : null,
				modified_at: tx.now,
			})
			.where('id', '=', meetingId)
			.execute();
		tx.touch('council.meeting', meetingId, { act: 'moved', fields: { date } });
	});
}

/** Enters a holiday or school holidays. Entering it twice changes nothing. */
export async function addDayOff(ctx: Ctx, given: NewDayOff): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const id = newId();
		await tx.db
			.insertInto('council.day_off')
			.values({
				id,
				name: given.name,
				kind: given.kind,
				from_date: Temporal.PlainDate.from(given.from),
				last_date: Temporal.PlainDate.from(given.last || given.from),
			})
			.onConflict((conflict) => conflict.columns(['body_id', 'kind', 'from_date', 'name']).doNothing())
			.execute();
		tx.touch('council.yearPlan', id, { act: 'dayOffAdded', fields: { from: given.from } });
	});
}

/** Takes a day off away again. */
export async function removeDayOff(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'council.edit');
	if (!isId(id)) throw new RuleViolation('date', {}, 'h1');
	await write(ctx, async (tx) => {
		await tx.db.deleteFrom('council.day_off').where('id', '=', id).execute();
		tx.touch('council.yearPlan', id, { act: 'dayOffRemoved' });
	});
}
