import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { keepAttachment, readAttachment, type Attachment } from '../agenda/attach.server.ts';
import { demandItem, writable } from './writing.server.ts';

/**
 * Attaches what was shown or handed out under an item to the minutes that are still written. Files of a closed item stay
 * closed whatever the form says.
 * @throws RuleViolation `council_agenda_fault_file…` (see `readAttachment`), `council.minutesFixed`; NotFound, Forbidden
 */
export async function attachToMinutes(
	ctx: Ctx,
	slug: string,
	{ itemId, ...given }: Attachment & { itemId: string },
): Promise<void> {
	demand(ctx.actor, 'council.edit');
	const kept = await readAttachment(given);
	await write(ctx, async (tx) => {
		const minutes = await writable(tx, slug);
		await demandItem(tx, minutes, itemId);
		await keepAttachment(tx, { id: minutes.meetingId }, itemId, kept);
	});
}

/** Takes an attachment off minutes that are still written; gone already, nothing happens. */
export async function detachFromMinutes(
	ctx: Ctx,
	slug: string,
	{ itemId, fileId }: { itemId: string; fileId: string },
): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const minutes = await writable(tx, slug);
		await demandItem(tx, minutes, itemId);
		if (!isId(fileId)) throw new NotFound('file');
		const gone = await tx.db
			.deleteFrom('council.meeting_file')
			.where('meeting_id', '=', minutes.meetingId)
			.where('agenda_item_id', '=', itemId)
			.where('file_id', '=', fileId)
			.where('kind', '=', 'attachment')
			.executeTakeFirst();
		if (gone.numDeletedRows)
			tx.touch('council.meeting', minutes.meetingId, { act: 'fileRemoved', fields: { file: fileId } });
	});
}
