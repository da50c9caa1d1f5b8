import { z } from 'zod';

const day = z.iso.date().or(z.literal(''));
const id = z.uuid().or(z.literal(''));

/** What is typed on the page of a new paper and of a draft. Texts are in the syntax of the house's text fields. */
export const PaperForm = z.object({
	typeId: z.uuid(),
	title: z.string().trim().min(1).max(200),
	longTitle: z.string().trim().max(1000).default(''),
	operative: z.string().max(200_000).default(''),
	reasons: z.string().max(500_000).default(''),
	costs: z.string().trim().max(500).default(''),
	date: day.default(''),
	dataDate: day.default(''),
	reportBy: day.default(''),
	departmentId: id.default(''),
	addresseeId: id.default(''),
	superordinatedId: id.default(''),
	originators: z.array(z.uuid()).max(40).default([]),
	relevance: z.enum(['', 'yes', 'no']).default(''),
	relevanceReason: z.string().trim().max(1000).default(''),
	closed: z.boolean().default(false),
	closedReason: z.string().trim().max(300).default(''),
});
export type NewPaper = z.infer<typeof PaperForm>;
