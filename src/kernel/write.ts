import { AsyncLocalStorage } from 'node:async_hooks';
import { recordAudits } from './audit/record.ts';
import { appendChanges, type PendingChange } from './changes/log.ts';
import { lockObjects } from './changes/object-locks.ts';
import type { Ctx, Touch, WriteCtx } from './ctx.ts';
import { BodyScope } from './db/scope.ts';
import { enqueueJob } from './jobs/queue.ts';
import { installedModules, kindOf, type TouchedObject } from './module.ts';
import { runtime } from './runtime.ts';
import { indexDocuments, type PendingDocument } from './search/index-document.ts';

const running = new AsyncLocalStorage<true>();

/**
 * One command, one transaction: what `work` writes, its audit entries, search documents, changes, jobs and the reactions
 * of other modules are all there or none of them. The reads of the request end first, so that one request never holds
 * two connections; afterwards they start anew and see what was written.
 * @throws Error when called inside another write, or when `work` uses the outer `ctx.db` (it would wait for itself)
 */
export async function write<T>(ctx: Ctx, work: (tx: WriteCtx) => Promise<T>): Promise<T> {
	if (running.getStore()) throw new Error('a write inside a write: pass the running one on');
	await ctx.scope.commit();
	ctx.scope.shut('the outer database was used inside a write: use the one the write hands over');
	const scope = new BodyScope(runtime().pool, ctx.body.id, 'read write');
	const touched: { kind: string; id: string; what: Touch }[] = [];
	const tx = writeContext(ctx, scope, touched);
	try {
		const result = await running.run(true, async () => {
			const value = await work(tx);
			await finish(tx, touched);
			return value;
		});
		await scope.commit();
		return result;
	} catch (error) {
		await scope.rollback().catch(() => undefined);
		throw error;
	} finally {
		ctx.scope.reopen();
	}
}

function writeContext(ctx: Ctx, scope: BodyScope, touched: { kind: string; id: string; what: Touch }[]): WriteCtx {
	const tx: WriteCtx = {
		...ctx,
		scope,
		db: scope.db,
		touch: (kind, id, what) => void touched.push({ kind, id, what }),
		emit: async (name, event) => {
			for (const module of installedModules().servers) await module.on?.[name]?.(tx, event);
		},
		enqueue: (job, payload, options) => enqueueJob(tx, job, payload, options),
	};
	return tx;
}

/**
 * What follows from a write, in an order that can't deadlock: locks of the touched objects, words of the search, then the
 * clock row, for which writers of a town wait only during this moment; under it what modules make of other modules' records.
 */
async function finish(tx: WriteCtx, touched: { kind: string; id: string; what: Touch }[]): Promise<void> {
	await recordAudits(tx, touched);
	const changes = new Map<string, PendingChange>();
	for (const { kind, id, what } of touched) changes.set(`${kind} ${id}`, { kind, id, deleted: what.deleted ?? false });
	if (!changes.size) return;
	const found = new Map<string, TouchedObject>(changes);
	for (const module of installedModules().servers)
		for (const one of (await module.findAnew?.(tx.db, [...changes.values()])) ?? [])
			found.set(`${one.kind} ${one.id}`, one);
	await lockObjects(tx, [...found.keys()]);
	await indexDocuments(tx, await documentsOf(tx, [...found.values()]));
	await appendChanges(tx, [...changes.values()]);
	for (const module of installedModules().servers) await module.follow?.(tx, [...changes.values()]);
}

async function documentsOf(tx: WriteCtx, changes: readonly TouchedObject[]): Promise<PendingDocument[]> {
	const documents: PendingDocument[] = [];
	for (const [kind, some] of Map.groupBy(changes, (change) => change.kind)) {
		const { searchDocument, searchDocuments } = kindOf(kind);
		if (searchDocuments && some.length > 1) {
			const ids = some.map(({ id }) => id);
			const found = await searchDocuments(tx.db, ids);
			for (const id of ids) documents.push({ kind, id, document: found.get(id) ?? null });
		} else if (searchDocument)
			for (const { id } of some) documents.push({ kind, id, document: await searchDocument(tx.db, id) });
	}
	return documents;
}
