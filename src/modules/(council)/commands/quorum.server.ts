import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { countPresent, findQuorum, type Presence } from '../rules/quorum.ts';

/**
 * Computes the quorum of a session from its attendance, its body's seats and the profile of that day, and stores profile,
 * inputs and outcome beside what the chair stated. Without a profile for the day nothing is stored.
 */
export async function stateQuorum(
	tx: WriteCtx,
	meetingId: string,
	stated: { present: number | null } | null,
): Promise<void> {
	const body = tx.body.id;
	const meeting = await tx.db
		.selectFrom('council.meeting')
		.select(['council_body_id', 'date'])
		.where('id', '=', meetingId)
		.executeTakeFirstOrThrow();
	const profile = await profileFor(tx, meeting.council_body_id, meeting.date);
	if (!profile) return;
	const rows = await tx.db
		.selectFrom('council.attendance')
		.select(['seat_id as seat', 'voting', 'status', 'substitute_for_name', 'substitute_for_person_id'])
		.where('meeting_id', '=', meetingId)
		.execute();
	const presences = rows.map(({ seat, voting, status, ...row }): Presence => ({
		seat,
		voting,
		status: status as Presence['status'],
		substitute: row.substitute_for_name !== '' || row.substitute_for_person_id !== null,
	}));
	const seats = await sql<{ statutory: number; filled: number }>`
		select count(*)::int as statutory, count(*) filter (where exists (select from council.seat_filling f
			where f.body_id = ${body} and f.seat_id = s.id and f.from_date <= ${meeting.date}::date
			and (f.until_date is null or f.until_date > ${meeting.date}::date)))::int as filled
		from council.seat s where s.body_id = ${body} and s.council_body_id = ${meeting.council_body_id} and s.voting
		and s.from_date <= ${meeting.date}::date and (s.until_date is null or s.until_date > ${meeting.date}::date)`.execute(
		tx.db,
	);
	const { statutory, filled } = seats.rows[0]!;
	const computed = findQuorum(profile, {
		statutorySeats: statutory,
		filledSeats: filled,
		...countPresent(presences),
		secondConvening: false,
	});
	await tx.db
		.insertInto('council.quorum_finding')
		.values({
			id: newId(),
			meeting_id: meetingId,
			stated: stated !== null,
			stated_present: stated?.present ?? null,
			computed: JSON.stringify(computed),
		})
		.execute();
}
