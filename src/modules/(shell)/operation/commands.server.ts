import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { dropJob, retryJob } from '#kernel/jobs/failed.ts';
import { retryMail } from '#kernel/mail/queue.ts';
import { write } from '#kernel/write.ts';

/** Lets a failed job run again. @throws NotFound when it is not (or no longer) a failed one of this town */
export function runAgain(ctx: Ctx, id: string): Promise<void> {
	return withJob(ctx, id, 'jobRetried', retryJob);
}

/** Gives a failed job up. @throws NotFound */
export function giveUp(ctx: Ctx, id: string): Promise<void> {
	return withJob(ctx, id, 'jobDropped', dropJob);
}

async function withJob(
	ctx: Ctx,
	id: string,
	act: 'jobRetried' | 'jobDropped',
	work: (tx: WriteCtx, id: number) => Promise<string | null>,
): Promise<void> {
	demand(ctx.actor, 'shell.operation');
	if (!/^\d{1,15}$/.test(id)) throw new NotFound('job');
	await write(ctx, async (tx) => {
		const job = await work(tx, Number(id));
		if (!job) throw new NotFound('job');
		tx.touch('shell.operation', tx.body.id, { act, fields: { job } });
	});
}

/** Sends a mail again that was given up. @throws NotFound when it was not */
export async function sendAgain(ctx: Ctx, id: string): Promise<void> {
	demand(ctx.actor, 'shell.operation');
	if (!isId(id)) throw new NotFound('mail');
	await write(ctx, async (tx) => {
		if (!(await retryMail(tx, id))) throw new NotFound('mail');
		tx.touch('shell.operation', tx.body.id, { act: 'mailRetried', fields: { mail: id } });
	});
}
