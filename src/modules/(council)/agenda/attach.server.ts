import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { demand } from '#kernel/access/actor.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { detectFormat } from '#kernel/files/detect.ts';
import { formatFacts } from '#kernel/files/formats.ts';
import { DEFAULT_LIMITS } from '#kernel/files/limits.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { lockedSession } from './meetings.server.ts';

export interface Attachment {
	name: string;
	bytes: Uint8Array;
	title: string;
	public: boolean;
}

interface AttachedFile extends Attachment {
	slug: string;
	itemId: string;
}

/** What is known of a file whose bytes are kept already. */
interface KeptAttachment {
	hash: string;
	size: number;
	mediaType: string;
	format: string;
	name: string;
	title: string;
	public: boolean;
}

/**
 * Looks at a file by its content and keeps its bytes, before any row points to them.
 * @throws RuleViolation `council_agenda_fault_file` (nothing chosen), `…_file_large`, `…_file_active`
 */
export async function readAttachment({ name: given, bytes, title, public: open }: Attachment): Promise<KeptAttachment> {
	if (!bytes.length) throw new RuleViolation('council_agenda_fault_file', {}, 'datei');
	if (bytes.length > DEFAULT_LIMITS.fileBytes) throw new RuleViolation('council_agenda_fault_file_large', {}, 'datei');
	const { format, mediaType } = detectFormat(bytes, given);
	if (formatFacts(format).active) throw new RuleViolation('council_agenda_fault_file_active', {}, 'datei');
	const { hash } = await fileStore().put(bytes);
	const name = given.replace(/^.*[\\/]/, '').slice(0, 200);
	return { hash, size: bytes.length, mediaType, format, name, title: title || name, public: open };
}

/**
 * Lays a kept file under an item. A closed item's files are closed whatever they say (SIT-22); the same file twice is one.
 * @throws NotFound for an item of another session
 */
export async function keepAttachment(
	tx: WriteCtx,
	session: { id: string },
	itemId: string,
	kept: KeptAttachment,
): Promise<void> {
	const item = await tx.db
		.selectFrom('council.agenda_item')
		.select('public')
		.where('id', '=', itemId)
		.where('meeting_id', '=', session.id)
		.executeTakeFirst();
	if (!item) throw new NotFound('agenda item');
	const twice = await tx.db
		.selectFrom('council.meeting_file as f')
		.innerJoin('kernel.file as k', (join) => join.onRef('k.id', '=', 'f.file_id').onRef('k.body_id', '=', 'f.body_id'))
		.select('f.id')
		.where('f.agenda_item_id', '=', itemId)
		.where('k.sha512', '=', kept.hash)
		.executeTakeFirst();
	if (twice) return;
	const fileId = newId();
	const open = kept.public && item.public;
	await tx.db
		.insertInto('kernel.file')
		.values({
			id: fileId,
			sha512: kept.hash,
			size: kept.size,
			media_type: kept.mediaType,
			format: kept.format,
			name: kept.name,
		})
		.execute();
	await tx.db
		.insertInto('council.meeting_file')
		.values({
			id: newId(),
			meeting_id: session.id,
			agenda_item_id: itemId,
			file_id: fileId,
			kind: 'attachment',
			title: kept.title,
			public: open,
		})
		.execute();
	tx.touch('council.meeting', session.id, { act: 'fileAttached', fields: { item: itemId, public: open } });
}

/**
 * Attaches a file to an agenda item; `public` decides whether strangers may load it (SIT-22).
 * @throws RuleViolation (see `readAttachment`); NotFound, Forbidden
 */
export async function attachFile(ctx: Ctx, { slug, itemId, ...given }: AttachedFile): Promise<void> {
	demand(ctx.actor, 'council.convene');
	const kept = await readAttachment(given);
	await write(ctx, async (tx) => keepAttachment(tx, await lockedSession(tx, { slug }), itemId, kept));
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
