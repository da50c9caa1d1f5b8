import { parseCronItems, type ParsedCronItem, type Task } from 'graphile-worker';
import { allTowns } from '../towns.ts';
import type { Schedule } from './handlers.ts';

/** Name of the one task that cron lines start; it queues the job itself once for every town. */
export const FOR_EVERY_TOWN = 'kernel.forEveryTown';

/** A machine that was off at night makes up for what it missed during the last day and a bit. */
const BACKFILL_MS = 26 * 60 * 60 * 1000;

/** Cron lines (in UTC) as graphile-worker wants them. @throws Error on a line that is no cron line */
export function scheduleTasks(schedules: Schedule[]): ParsedCronItem[] {
	return parseCronItems(
		schedules.map(({ job, cron }) => ({
			task: FOR_EVERY_TOWN,
			match: cron,
			identifier: `${job} ${cron}`,
			payload: { job },
			options: { backfillPeriod: BACKFILL_MS, maxAttempts: 12 },
		})),
	);
}

export const forEveryTown: Task = async (payload, { addJob }) => {
	const { job } = payload as { job: string };
	for (const { id } of await allTowns()) {
		// The key keeps a town's missed runs from piling up: one makes up for all.
		await addJob(job, { body_id: id, data: null }, { jobKey: `${id} ${job} scheduled`, maxAttempts: 12 });
	}
};
