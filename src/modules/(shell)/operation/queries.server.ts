import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { failedJobs } from '#kernel/jobs/failed.ts';
import { mailLog } from '#kernel/mail/outbox.ts';

export interface OperationView {
	jobs: { id: number; job: string; since: string; attempts: number; error: string }[];
	/** failed: given up after many tries, can be sent again; bounced: the other side knows no such address. */
	mails: { id: string; state: 'failed' | 'bounced'; at: string; to: string; subject: string; response: string }[];
}

/** What went wrong in the background and needs a person: jobs without an attempt left, mails that did not arrive. */
export async function operationView(ctx: Ctx): Promise<OperationView> {
	demand(ctx.actor, 'shell.operation');
	const jobs = await failedJobs(ctx);
	const mails = [...(await undelivered(ctx, 'failed')), ...(await undelivered(ctx, 'bounced'))];
	return {
		jobs: jobs.map(({ since, ...job }) => ({ ...job, since: since.toString() })),
		mails: mails.toSorted((a, b) => b.at.localeCompare(a.at)),
	};
}

async function undelivered(ctx: Ctx, state: 'failed' | 'bounced'): Promise<OperationView['mails']> {
	const entries = await mailLog(ctx, { state, limit: 100 });
	return entries.map(({ id, queuedAt, toAddress, subject, deliveries }) => {
		const last = deliveries.at(-1);
		return { id, state, at: queuedAt.toString(), to: toAddress, subject, response: last?.response ?? '' };
	});
}
