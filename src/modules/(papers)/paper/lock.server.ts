import { may } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound } from '#kernel/errors.ts';
import { mayWrite } from './rights.server.ts';

/**
 * The row of a paper, locked until the write ends, for who may change it: the office all, everybody else their own drafts
 * and those they were asked to write.
 * @param options `filed`: the caller does nothing to a filed paper but name it
 * @throws NotFound for what this actor may not know of, Forbidden for a filed one
 */
export async function lockPaper(tx: WriteCtx, slug: string, { filed = false }: { filed?: boolean } = {}) {
	const paper = await tx.db
		.selectFrom('papers.paper')
		.selectAll()
		.where('slug', '=', slug)
		.forUpdate()
		.executeTakeFirst();
	if (!paper) {
		// sent twice: the draft's address, when the number is there already
		const again = filed ? await lockById(tx, slug) : undefined;
		if (!again) throw new NotFound('paper');
		return again;
	}
	if (may(tx.actor, 'papers.edit')) return paper;
	const writer = await mayWrite(tx, { id: paper.id, createdBy: paper.created_by });
	if (paper.state === 'draft' && !writer) throw new NotFound('paper');
	if (paper.state !== 'draft' && !(filed && writer)) throw new Forbidden('papers.edit');
	return paper;
}

export type LockedPaper = Awaited<ReturnType<typeof lockedRow>>;

async function lockedRow(tx: WriteCtx, id: string) {
	return tx.db.selectFrom('papers.paper').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

async function lockById(tx: WriteCtx, id: string): Promise<LockedPaper | undefined> {
	const row = /^[0-9a-f-]{36}$/.test(id)
		? await tx.db.selectFrom('papers.paper').select(['id', 'created_by']).where('id', '=', id).executeTakeFirst()
		: undefined;
	if (!row || !(await mayWrite(tx, { id: row.id, createdBy: row.created_by }))) return undefined;
	return lockedRow(tx, row.id);
}
