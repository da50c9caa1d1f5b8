import type { WriteCtx } from '#kernel/ctx.ts';
import { guardFiling } from './approval.server.ts';
import { refreshDues } from './due.server.ts';
import { requestOnFiling, resumeAfterWithdrawal, stopOnWithdrawal } from './request.server.ts';
import { openOnFiling } from './treatment/commands.server.ts';

/** What papers tell each other of: the id of the paper that something happened to. */
function paperOf(event: unknown): string {
	return (event as { paperId: string }).paperId;
}

/** A filed paper asks for a statement, or is one (then only what was approved is filed), or goes to somebody who owes an answer. */
export async function afterFiling(tx: WriteCtx, event: unknown): Promise<void> {
	await guardFiling(tx, paperOf(event));
	await requestOnFiling(tx, paperOf(event));
	await openOnFiling(tx, paperOf(event));
}

/** Withdrawn by mistake: what stopped with it goes on. */
export async function afterWithdrawalUndone(tx: WriteCtx, event: unknown): Promise<void> {
	await resumeAfterWithdrawal(tx, paperOf(event));
}

/** Stations were added, moved or removed: the day may be another one. */
export async function afterWayChanged(tx: WriteCtx, event: unknown): Promise<void> {
	await refreshDues(tx, paperOf(event));
}

export async function afterWithdrawal(tx: WriteCtx, event: unknown): Promise<void> {
	await stopOnWithdrawal(tx, paperOf(event));
}
