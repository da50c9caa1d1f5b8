import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { inviteGuest } from './guests.server.ts';
import { convene } from './invite.server.ts';
import { lockedSession } from './meetings.server.ts';

/** Who of the members has answered already, in the order of their seats; the others find it on their desk. */
const ANSWERS: readonly ('yes' | 'no' | 'late')[] = ['yes', 'yes', 'no', 'yes', 'yes', 'late', 'yes'];

/** Convenes the demonstration's next session by letter, the day before yesterday; some have answered since. */
export async function conveneNext(tx: WriteCtx, meetingId: string): Promise<void> {
	const then = { ...tx, now: tx.now.subtract({ hours: 48 }), today: tx.today.subtract({ days: 2 }) };
	await convene(then, await lockedSession(tx, { id: meetingId }));
	await addGuests(tx, meetingId);
	const { rows } = await sql<{ id: string }>`select i.id from council.invitation i left join council.seat s
		on s.body_id = i.body_id and s.id = i.seat_id where i.body_id = ${tx.body.id} and i.meeting_id = ${meetingId}
		order by s.number nulls last, i.name`.execute(tx.db);
	for (const [index, { id }] of rows.entries()) {
		const answer = ANSWERS[index];
		if (answer)
			await tx.db
				.updateTable('council.invitation')
				.set({
					answer,
					arrives_at: answer === 'late' ? Temporal.PlainTime.from('17:30') : null,
					answered_at: tx.now,
					answered_by: 'link',
					answered_version: 1,
				})
				.where('id', '=', id)
				.execute();
		await tx.db
			.insertInto('council.invitation_mail')
			.values({ id: newId(), meeting_id: meetingId, invitation_id: id, purpose: 'invitation', key: 'v1', at: then.now })
			.execute();
	}
}

/** Two guests: by function, and an organisation that has promised to come; the office invites and has confirmed the list. */
async function addGuests(tx: WriteCtx, meetingId: string): Promise<void> {
	const { rows } = await sql<{ kind: 'office' | 'organisation'; id: string }>`
		(select 'office' as kind, f.id from registry.office f join registry.organisation o on o.body_id = f.body_id and o.id = f.organisation_id
			where f.body_id = ${tx.body.id} and o.organisation_type = 'department' order by f.title limit 1)
		union all
		(select 'organisation', o.id from registry.organisation o where o.body_id = ${tx.body.id}
			and o.organisation_type in ('external', 'institution') and o.until_date is null order by o.name limit 1)`.execute(
		tx.db,
	);
	const guests = [];
	for (const { kind, id } of rows) guests.push(await inviteGuest(tx, meetingId, { [kind]: id }));
	if (guests[1])
		await tx.db
			.updateTable('council.meeting_guest')
			.set({ commitment: 'committed', committed_on: tx.today })
			.where('id', '=', guests[1])
			.execute();
	const { rows: inviters } = await sql<{ id: string }>`select id from registry.organisation
		where body_id = ${tx.body.id} and organisation_type = 'department' order by name ilike 'integration%' desc, name limit 1`.execute(
		tx.db,
	);
	await tx.db
		.insertInto('council.guest_list')
		.values({
			meeting_id: meetingId,
			inviter_organisation_id: inviters[0]?.id ?? null,
			confirmed_at: inviters[0] ? tx.now : null,
		})
		.execute();
}
