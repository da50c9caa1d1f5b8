import { z } from 'zod';

const ticked = z
	.string()
	.nullish()
	.transform((value) => value === 'ja');
const words = (max: number, missing = 'unreadable') => z.string(missing).trim().max(max, 'long');

/** What the chair or the office puts to the members in writing. */
export const NewWritten = z.object({
	id: z.uuid('unreadable'),
	title: words(300, 'title').min(1, 'title'),
	text: words(5000, 'text').min(1, 'text'),
	reason: words(2000).default(''),
	lastDay: z.iso.date('day'),
});
export type NewWritten = z.output<typeof NewWritten>;

export const VOICES = ['yes', 'no', 'abstain', 'objection', 'biased'] as const;
export type WrittenVoiceName = (typeof VOICES)[number];

/** An answer; an objection ends the procedure, so it is said twice. */
export const WrittenAnswer = z.object({
	voice: z.enum(VOICES, 'choose'),
	consents: ticked,
	sure: ticked,
	remark: words(1000).default(''),
});
export type WrittenAnswer = z.output<typeof WrittenAnswer>;
