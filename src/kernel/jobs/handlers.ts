import { installedModules, type JobHandler } from '../module.ts';
import { kernelJobs, kernelSchedule } from './kernel-jobs.ts';

export interface Schedule {
	job: string;
	cron: string;
}

/** Every job by its name: the kernel's own and those that modules declare. @throws Error when two carry one name */
export function allHandlers(): Map<string, JobHandler> {
	const handlers = new Map<string, JobHandler>();
	for (const jobs of [kernelJobs, ...installedModules().servers.map((server) => server.jobs ?? {})]) {
		for (const [name, handler] of Object.entries(jobs)) {
			if (handlers.has(name)) throw new Error(`two jobs are called ${name}`);
			handlers.set(name, handler);
		}
	}
	return handlers;
}

/** What runs by the clock in every town. @throws Error when a line names a job that nobody declares */
export function allSchedules(): Schedule[] {
	const schedules = [...kernelSchedule, ...installedModules().servers.flatMap((server) => server.schedule ?? [])];
	const known = allHandlers();
	for (const { job } of schedules)
		if (!known.has(job)) throw new Error(`the schedule names ${job}, a job nobody declares`);
	return schedules;
}
