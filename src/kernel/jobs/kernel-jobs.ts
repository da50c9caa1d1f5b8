import { sealPastDays } from '../audit/seal.ts';
import { sendMail } from '../mail/send.ts';
import { SEND_JOB } from '../mail/queue.ts';
import type { JobHandler } from '../module.ts';
import { retentionRun } from '../privacy/retention-run.ts';
import { reindex, sweepWords } from '../search/reindex.ts';
import { spreadTown } from '../search/spread.ts';
import type { Schedule } from './handlers.ts';

/** Jobs of the kernel's own rooms. */
export const kernelJobs: Record<string, JobHandler> = {
	[SEND_JOB]: sendMail,
	'kernel.audit.seal': async (ctx) => void (await sealPastDays(ctx)),
	'kernel.privacy.retention': async (ctx) => void (await retentionRun(ctx, ctx.today)),
	'kernel.search.sweep': async (ctx) => {
		await sweepWords(ctx);
		// should the job that an update left for it have failed
		await spreadTown(ctx);
	},
	'kernel.search.spread': spreadTown,
	'kernel.search.reindex': async (ctx) => void (await reindex(ctx)),
};

/** When they run in every town, in UTC. */
export const kernelSchedule: Schedule[] = [
	{ job: 'kernel.audit.seal', cron: '7 1 * * *' },
	{ job: 'kernel.privacy.retention', cron: '22 1 * * *' },
	{ job: 'kernel.search.sweep', cron: '37 1 * * *' },
];
