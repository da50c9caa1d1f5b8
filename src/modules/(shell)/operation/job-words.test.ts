import { expect, test } from 'vitest';
import '../../../modules.server.ts';
import { allHandlers } from '#kernel/jobs/handlers.ts';
import { jobWords } from './job-words.ts';

test('each job that can be left undone says in words what it does, none like another', () => {
	const jobs = [...allHandlers().keys()];
	expect(jobs.length).toBeGreaterThan(20);
	expect(jobs.filter((job) => jobWords(job) === job)).toEqual([]);
	expect(new Set(jobs.map(jobWords)).size).toBe(jobs.length);
	expect(jobWords('some.earlierJob')).toBe('some.earlierJob');
});
