import type { Ctx } from '#kernel/ctx.ts';
import { demand } from '#kernel/access/actor.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { detectFormat } from '#kernel/files/detect.ts';
import { formatFacts } from '#kernel/files/formats.ts';
import { DEFAULT_LIMITS } from '#kernel/files/limits.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { lockedSession } from './meetings.server.ts';

export interface AttachedFile {
	slug: string;
	itemId: string;
	name: string;
	bytes: Uint8Array;
	title: string;
	public: boolean;
}

/**
 * Attaches a file to an agenda item; `public` decides whether strangers may load it, and a closed item's files are closed
 * whatever it says (SIT-22).
 * @throws RuleViolation `council_agenda_fault_file` (nothing chosen), `…_file_large`, `…_file_active`; NotFound, Forbidden
 */
export async function attachFile(ctx: Ctx, given: AttachedFile): Promise<void> {
	demand(ctx.actor, 'council.convene');
	if (!given.bytes.length) throw new RuleViolation('council_agenda_fault_file', {}, 'datei');
	if (given.bytes.length > DEFAULT_LIMITS.fileBytes)
		throw new RuleViolation('council_agenda_fault_file_large', {}, 'datei');
	const detected = detectFormat(given.bytes, given.name);
	if (formatFacts(detected.format).active) throw new RuleViolation('council_agenda_fault_file_active', {}, 'datei');
	// The bytes first, so that a row never points to nothing.
	const { hash } = await fileStore().put(given.bytes);
	const name = given.name.replace(/^.*[\\/]/, '').slice(0, 200);
	await write(ctx, async (tx) => {
		const session = await lockedSession(tx, { slug: given.slug });
		const item = await tx.db
			.selectFrom('council.agenda_item')
			.select('public')
			.where('id', '=', given.itemId)
			.where('meeting_id', '=', session.id)
			.executeTakeFirst();
		if (!item) throw new NotFound('agenda item');
		const twice = await tx.db
			.selectFrom('council.meeting_file as f')
			.innerJoin('kernel.file as k', (join) =>
				join.onRef('k.id', '=', 'f.file_id').onRef('k.body_id', '=', 'f.body_id'),
			)
			.select('f.id')
			.where('f.agenda_item_id', '=', given.itemId)
			.where('k.sha512', '=', hash)
			.executeTakeFirst();
		if (twice) return;
		const fileId = newId();
		await tx.db
			.insertInto('kernel.file')
			.values({
				id: fileId,
				sha512: hash,
				size: given.bytes.length,
				media_type: detected.mediaType,
				format: detected.format,
				name,
			})
			.execute();
		await tx.db
			.insertInto('council.meeting_file')
			.values({
				id: newId(),
				meeting_id: session.id,
				agenda_item_id: given.itemId,
				file_id: fileId,
				kind: 'attachment',
				title: given.title || name,
				public: given.public && item.public,
			})
			.execute();
		tx.touch('council.meeting', session.id, {
			act: 'fileAttached',
			fields: { item: given.itemId, public: given.public && item.public },
		});
	});
}

/** Takes an attachment off, or says who may load it. The bytes stay as long as anything else refers to them. */
export async function changeFile(
	ctx: Ctx,
	slug: string,
	id: string,
	change: 'remove' | { public: boolean },
): Promise<void> {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const session = await lockedSession(tx, { slug });
		const file = await tx.db
			.selectFrom('council.meeting_file as f')
			.leftJoin('council.agenda_item as i', (join) =>
				join.onRef('i.id', '=', 'f.agenda_item_id').onRef('i.body_id', '=', 'f.body_id'),
			)
			.select(['f.id', 'i.public as itemPublic'])
			.where('f.id', '=', id)
			.where('f.meeting_id', '=', session.id)
			.where('f.kind', '=', 'attachment')
			.executeTakeFirst();
		// Gone already: a second press does nothing.
		if (!file) return;
		if (change === 'remove') await tx.db.deleteFrom('council.meeting_file').where('id', '=', id).execute();
		else
			await tx.db
				.updateTable('council.meeting_file')
				.set({ public: change.public && file.itemPublic !== false })
				.where('id', '=', id)
				.execute();
		tx.touch('council.meeting', session.id, {
			act: change === 'remove' ? 'fileRemoved' : 'fileShown',
			fields: { file: id, ...(change === 'remove' ? {} : change) },
		});
	});
}
