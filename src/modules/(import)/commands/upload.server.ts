import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { detectFormat } from '#kernel/files/detect.ts';
import { DEFAULT_LIMITS } from '#kernel/files/limits.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';

export interface Upload {
	name: string;
	bytes: Uint8Array;
}

export interface Uploaded {
	batchId: string;
	/** Documents new in this batch. */
	documents: { id: string; name: string }[];
	/** Files that are here already, with the document they are. */
	known: { id: string; name: string }[];
}

/**
 * Keeps uploaded files and queues their reading. A file is known by its bytes: the same one again leads to the document
 * that it is. The bytes are stored first, so that a row never points to nothing.
 * @throws NotFound | Forbidden
 */
export async function uploadDocuments(ctx: Ctx, uploads: Upload[]): Promise<Uploaded> {
	demand(ctx.actor, 'import.review');
	const stored: (Upload & { hash: string })[] = [];
	for (const upload of uploads) {
		const tooLarge = upload.bytes.length > DEFAULT_LIMITS.fileBytes;
		// What is larger than any document is not kept; its row says why.
		const { hash } = tooLarge ? { hash: '' } : await fileStore().put(upload.bytes);
		stored.push({ ...upload, hash });
	}
	return write(ctx, async (tx) => {
		const batchId = newId();
		await tx.db.insertInto('import.batch').values({ id: batchId, created_by: tx.actor.personId }).execute();
		const result: Uploaded = { batchId, documents: [], known: [] };
		for (const upload of stored) {
			const known = await tx.db
				.selectFrom('import.document')
				.select(['id', 'name'])
				.where('sha512', '=', upload.hash)
				.where('state', '!=', 'discarded')
				.executeTakeFirst();
			if (known) result.known.push(known);
			else result.documents.push(await addDocument(tx, batchId, upload));
		}
		tx.touch('import.batch', batchId, {
			act: 'uploaded',
			fields: { documents: result.documents.length, known: result.known.length },
		});
		return result;
	});
}

async function addDocument(
	tx: WriteCtx,
	batchId: string,
	upload: Upload & { hash: string },
): Promise<{ id: string; name: string }> {
	const fileId = newId();
	const id = newId();
	const detected = detectFormat(upload.bytes, upload.name);
	const name = upload.name.replace(/^.*[\\/]/, '').slice(0, 200);
	await tx.db
		.insertInto('kernel.file')
		.values({
			id: fileId,
			sha512: upload.hash,
			size: upload.bytes.length,
			media_type: detected.mediaType,
			format: detected.format,
			name,
		})
		.execute();
	await tx.db
		.insertInto('import.document')
		.values({ id, batch_id: batchId, file_id: fileId, sha512: upload.hash, name, state: 'waiting' })
		.execute();
	await tx.enqueue('import.read', { documentId: id }, { key: `import.read ${id}` });
	return { id, name };
}
