import type { JobHandler } from '../module.ts';
import type { Schedule } from './handlers.ts';

/** Jobs of the kernel's own rooms. */
export const kernelJobs: Record<string, JobHandler> = {};

/** When they run in every town, in UTC. */
export const kernelSchedule: Schedule[] = [];
