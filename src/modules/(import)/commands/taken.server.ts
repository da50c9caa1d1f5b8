import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';

/** The row of a document that was read, locked until the write ends. @throws NotFound, RuleViolation `documentTaken` */
export async function lockDocument(tx: WriteCtx, id: string) {
	const document = await tx.db
		.selectFrom('import.document')
		.select(['corrected', 'decisions', 'state', 'file_id', 'name', 'text', 'reading'])
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
	if (!document?.corrected) throw new NotFound('document');
	if (document.state === 'taken') throw new RuleViolation('documentTaken');
	return document;
}

/** The document became this record. */
export async function markTaken(
	tx: WriteCtx,
	documentId: string,
	record: { kind: 'council.meeting' | 'papers.paper'; id: string; name: string },
): Promise<void> {
	await tx.db
		.updateTable('import.document')
		.set({
			state: 'taken',
			taken_kind: record.kind,
			taken_id: record.id,
			reviewed_at: tx.now,
			reviewed_by: tx.actor.personId,
			modified_at: tx.now,
		})
		.where('id', '=', documentId)
		.execute();
	tx.touch('import.document', documentId, { act: 'taken', fields: { kind: record.kind, name: record.name } });
}
