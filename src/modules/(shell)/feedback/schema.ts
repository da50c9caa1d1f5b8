import { z } from 'zod';

/** What a reader may tell: the message alone is enough. Messages are codes; the page has the words. */
export const FeedbackForm = z.object({
	message: z.string().trim().min(1, 'message').max(5000, 'long'),
	page: z.string().trim().max(500).catch(''),
	name: z.string().trim().max(200).catch(''),
	email: z.union([z.literal(''), z.email('email').max(254)]),
});
export type Feedback = z.infer<typeof FeedbackForm>;
