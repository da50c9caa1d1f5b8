import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { lockItem } from './items.server.ts';
import { demandRunning, lockSession } from './state.server.ts';

/** Somebody wants to speak to the item: at the end of its list. Asking twice waits once. */
export async function askForFloor(
	tx: WriteCtx,
	meetingId: string,
	itemId: string,
	attendanceId: string,
): Promise<void> {
	await demandOpen(tx, meetingId, itemId);
	await demandHere(tx, meetingId, attendanceId);
	if (await waitingId(tx, itemId, attendanceId)) return;
	await add(tx, { meetingId, itemId, attendanceId, from: null });
	tx.touch('council.meeting', meetingId, { act: 'floorAsked', fields: { item: itemId, row: attendanceId } });
}

/** The chair gives somebody the floor, a guest too (SIT-10); who spoke before has ended. */
export async function giveFloor(tx: WriteCtx, meetingId: string, itemId: string, attendanceId: string): Promise<void> {
	await demandOpen(tx, meetingId, itemId);
	await demandHere(tx, meetingId, attendanceId);
	await endSpeech(tx, meetingId);
	const waiting = await waitingId(tx, itemId, attendanceId);
	if (waiting) await tx.db.updateTable('council.speaker').set({ from_at: tx.now }).where('id', '=', waiting).execute();
	else await add(tx, { meetingId, itemId, attendanceId, from: tx.now });
	tx.touch('council.meeting', meetingId, { act: 'floorGiven', fields: { item: itemId, row: attendanceId } });
}

export async function endFloor(tx: WriteCtx, meetingId: string): Promise<void> {
	demandRunning(await lockSession(tx, meetingId));
	await endSpeech(tx, meetingId);
	tx.touch('council.meeting', meetingId, { act: 'floorEnded' });
}

/** Somebody who waits does not want to speak any more: named by the line of the list, or by item and person. */
export async function leaveList(
	tx: WriteCtx,
	meetingId: string,
	meant: { speaker: string } | { item: string; row: string },
): Promise<void> {
	demandRunning(await lockSession(tx, meetingId));
	const speaker = 'speaker' in meant ? meant.speaker : await waitingId(tx, meant.item, meant.row);
	if (!speaker) return;
	await tx.db
		.deleteFrom('council.speaker')
		.where('id', '=', speaker)
		.where('meeting_id', '=', meetingId)
		.where('from_at', 'is', null)
		.execute();
	tx.touch('council.meeting', meetingId, { act: 'floorWithdrawn' });
}

async function demandOpen(tx: WriteCtx, meetingId: string, itemId: string): Promise<void> {
	demandRunning(await lockSession(tx, meetingId));
	await lockItem(tx, meetingId, itemId);
}

async function demandHere(tx: WriteCtx, meetingId: string, attendanceId: string): Promise<void> {
	if (!isId(attendanceId)) throw new NotFound('attendance');
	const there = await tx.db
		.selectFrom('council.presence')
		.select('id')
		.where('meeting_id', '=', meetingId)
		.where('attendance_id', '=', attendanceId)
		.where('until_at', 'is', null)
		.executeTakeFirst();
	if (!there) throw new RuleViolation('council_session_not_here', {}, 'row');
}

async function waitingId(tx: WriteCtx, itemId: string, attendanceId: string): Promise<string | undefined> {
	const row = await tx.db
		.selectFrom('council.speaker')
		.select('id')
		.where('agenda_item_id', '=', itemId)
		.where('attendance_id', '=', attendanceId)
		.where('from_at', 'is', null)
		.executeTakeFirst();
	return row?.id;
}

async function endSpeech(tx: WriteCtx, meetingId: string): Promise<void> {
	await tx.db
		.updateTable('council.speaker')
		.set({ until_at: tx.now })
		.where('meeting_id', '=', meetingId)
		.where('from_at', 'is not', null)
		.where('until_at', 'is', null)
		.execute();
}

async function add(
	tx: WriteCtx,
	row: { meetingId: string; itemId: string; attendanceId: string; from: Temporal.Instant | null },
): Promise<void> {
	await tx.db
		.insertInto('council.speaker')
		.values({
			id: newId(),
			meeting_id: row.meetingId,
			agenda_item_id: row.itemId,
			attendance_id: row.attendanceId,
			asked_at: tx.now,
			from_at: row.from,
		})
		.execute();
}
