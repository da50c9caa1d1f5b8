import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { UnreadableFile } from '#kernel/files/unreadable.ts';
import { write } from '#kernel/write.ts';
import { withPublicity } from '../review/publicity.ts';
import { understand } from '../understand.server.ts';

/**
 * Reads one waiting document: text, understanding, or the reason why not. Runs as a job and may run twice: a document
 * that is no longer waiting is left alone. Reading happens outside the transaction, so that no connection waits for it.
 */
export async function readWaiting(ctx: Ctx, documentId: string): Promise<void> {
	demand(ctx.actor, 'import.review');
	const waiting = await ctx.db
		.selectFrom('import.document as d')
		.innerJoin('import.batch as b', 'b.id', 'd.batch_id')
		.select(['d.sha512', 'd.name', 'd.state', 'b.state as batch'])
		.where('d.id', '=', documentId)
		.executeTakeFirst();
	if (waiting?.state !== 'waiting' || waiting.batch === 'paused' || waiting.batch === 'cancelled') return;
	const found = await tryToRead(waiting.sha512, waiting.name);
	await write(ctx, async (tx) => {
		const { numUpdatedRows } = await tx.db
			.updateTable('import.document')
			.set({ ...found.row, modified_at: tx.now })
			.where('id', '=', documentId)
			.where('state', '=', 'waiting')
			.executeTakeFirst();
		if (!numUpdatedRows) return;
		if (found.pages)
			await tx.db.updateTable('kernel.file').set({ pages: found.pages }).where('sha512', '=', waiting.sha512).execute();
		tx.touch('import.document', documentId, { act: found.row.state === 'read' ? 'read' : 'unreadable' });
	});
}

interface Found {
	row: {
		state: 'read' | 'unreadable';
		error?: string;
		text?: string;
		reading?: string;
		corrected?: string;
		kind?: string;
	};
	pages?: number;
}

async function tryToRead(hash: string, name: string): Promise<Found> {
	try {
		if (!hash) throw new UnreadableFile('too-large');
		const { extracted, reading } = await understand(await fileStore().read(hash), name);
		// PostgreSQL's text holds no NUL; nothing readable is lost with it.
		const text = extracted.text.replaceAll('\0', ' ');
		const json = (value: unknown) => JSON.stringify(value).replaceAll('\\u0000', ' ');
		const corrected = json(withPublicity(extracted.text, reading));
		return {
			row: { state: 'read', text, reading: json(reading), corrected, kind: reading.kind },
			pages: extracted.pages.length,
		};
	} catch (error) {
		if (!(error instanceof UnreadableFile)) throw error;
		return { row: { state: 'unreadable', error: JSON.stringify({ code: error.code, params: error.params }) } };
	}
}

/** Pauses or cancels what still waits in a batch, or goes on with it. */
export async function steerBatch(ctx: Ctx, batchId: string, act: 'pause' | 'cancel' | 'resume'): Promise<void> {
	demand(ctx.actor, 'import.review');
	const state = { pause: 'paused', cancel: 'cancelled', resume: 'reading' }[act];
	await write(ctx, async (tx) => {
		await tx.db.updateTable('import.batch').set({ state }).where('id', '=', batchId).execute();
		tx.touch('import.batch', batchId, { act });
		if (act !== 'resume') return;
		const waiting = await tx.db
			.selectFrom('import.document')
			.select('id')
			.where('batch_id', '=', batchId)
			.where('state', '=', 'waiting')
			.execute();
		for (const { id } of waiting) await tx.enqueue('import.read', { documentId: id }, { key: `import.read ${id}` });
	});
}
