import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { sessionById } from './meetings.server.ts';
import { keepInvitations } from './recipients.server.ts';
import { findNotice } from './rules/notice.ts';
import { snapshotOf } from './snapshot.server.ts';

/** Who of the members has answered already, in the order of their seats; the others find it on their desk. */
const ANSWERS: readonly ('yes' | 'no' | 'late')[] = ['yes', 'yes', 'no', 'yes', 'yes', 'late', 'yes'];

/** Makes the demonstration's next session one that was really convened: notice kept, everybody asked, some have answered. */
export async function conveneNext(tx: WriteCtx, meetingId: string, sentOn: Temporal.PlainDate): Promise<void> {
	const session = await sessionById(tx, meetingId);
	const sentAt = sentOn.toZonedDateTime({ timeZone: tx.body.timeZone, plainTime: '10:00' }).toInstant();
	const profile = await profileFor(tx, session.councilBodyId, session.date);
	const notice = profile && findNotice(profile, session.date, sentAt, tx.body.timeZone, '');
	await tx.db
		.updateTable('council.meeting')
		.set({
			invited_at: sentAt,
			notice: notice ? JSON.stringify(notice) : null,
			agenda_invited: JSON.stringify(await snapshotOf(tx, meetingId)),
		})
		.where('id', '=', meetingId)
		.execute();
	await keepInvitations(tx, session);
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
			.values({ id: newId(), meeting_id: meetingId, invitation_id: id, purpose: 'invitation', key: 'v1', at: sentAt })
			.execute();
	}
}
