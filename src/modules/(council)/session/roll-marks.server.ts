import { z } from 'zod';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { ownId } from './own-id.ts';
import { checkIn } from './presence.server.ts';
import { addToList } from './roll.server.ts';
import { lockSession } from './state.server.ts';

export const MARKS = ['present', 'remote', 'excused', 'unexcused', 'unknown'] as const;
export type Mark = (typeof MARKS)[number];

/**
 * What the roll says of somebody (rulebook R1-19). Before the opening a mark corrects the one before it; afterwards who was
 * there leaves, and a wrong check-in is taken back.
 * @throws RuleViolation `council_session_was_there`, and what `checkIn` throws
 */
export async function markInRoll(tx: WriteCtx, meetingId: string, attendanceId: string, mark: Mark): Promise<void> {
	const session = await lockSession(tx, meetingId);
	if (session.closedAt) throw new RuleViolation('council_session_over');
	const row = await tx.db
		.selectFrom('council.attendance')
		.select(['id', 'status', 'unexcused_since'])
		.where('id', '=', attendanceId)
		.where('meeting_id', '=', meetingId)
		.executeTakeFirst();
	if (!row) throw new NotFound('attendance');
	if (mark === 'present' || mark === 'remote')
		return checkIn(tx, attendanceId, { mode: mark === 'remote' ? 'remote' : 'room' });
	await demandNeverThere(tx, attendanceId, session.openedAt === null);
	await tx.db
		.updateTable('council.attendance')
		.set({
			status: mark === 'unexcused' ? 'absent' : mark,
			unexcused_since: mark === 'unexcused' ? session.date : null,
			present_from: null,
			present_until: null,
		})
		.where('id', '=', attendanceId)
		.execute();
	tx.touch('council.meeting', meetingId, { act: 'rollMarked', fields: { row: attendanceId } });
}

async function demandNeverThere(tx: WriteCtx, attendanceId: string, correct: boolean): Promise<void> {
	if (correct) {
		await tx.db.deleteFrom('council.presence').where('attendance_id', '=', attendanceId).execute();
		return;
	}
	const span = await tx.db
		.selectFrom('council.presence')
		.select('id')
		.where('attendance_id', '=', attendanceId)
		.limit(1)
		.executeTakeFirst();
	if (span) throw new RuleViolation('council_session_was_there');
}

export const NewGuest = z.object({
	row: ownId,
	name: z.string().trim().max(200).default(''),
	function: z.string().trim().max(200).default(''),
	organisation: z.string().trim().max(200).default(''),
});

/**
 * Somebody without a seat comes: recorded by function or name, never counted (GRE-06).
 * @returns the id of the new row
 * @throws RuleViolation `council_session_guest_unnamed`
 */
export async function guestArrives(tx: WriteCtx, meetingId: string, guest: z.infer<typeof NewGuest>): Promise<string> {
	const session = await lockSession(tx, meetingId);
	if (session.closedAt) throw new RuleViolation('council_session_over');
	if (!guest.name && !guest.function && !guest.organisation)
		throw new RuleViolation('council_session_guest_unnamed', {}, 'name');
	const { row: own, ...said } = guest;
	const row = { ...said, id: own, personId: null, seatId: null, voting: false, capacity: 'guest' as const };
	const id = await addToList(tx, meetingId, session.councilBodyId, row);
	await checkIn(tx, id);
	return id;
}
