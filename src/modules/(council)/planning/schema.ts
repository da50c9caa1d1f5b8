import { z } from 'zod';

/** Codes instead of sentences: the page has the words. */
export const title = z.string('title').trim().min(1, 'title').max(300, 'long');
export const longText = z.string().trim().max(5000, 'long').catch('');
export const day = z.iso.date('date');
export const time = z.string('time').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time');
export const maybeTime = z.union([z.literal(''), time]);
export const id = z.uuid('body');

export const MEETING_KINDS = ['constituting', 'regular', 'extraordinary', 'retreat', 'joint'] as const;

export const PollForm = z.object({
	councilBodyId: id,
	title,
	note: longText,
	kind: z.enum(MEETING_KINDS).catch('regular'),
	public: z.boolean(),
	place: z.string().trim().max(300, 'long').catch(''),
	answerBy: day,
	options: z.array(
		z
			.object({ date: day, from: time, until: maybeTime })
			.refine(({ from, until }) => until === '' || until > from, { message: 'end', path: ['until'] }),
	),
});
export type NewPoll = z.infer<typeof PollForm>;
