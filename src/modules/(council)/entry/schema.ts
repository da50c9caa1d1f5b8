import { z } from 'zod';

/** An application as it comes from a form. Messages are codes; the page has the words. */
export const ApplicationForm = z.object({
	name: z.string().trim().min(1, 'name').max(200, 'name'),
	email: z.union([z.literal(''), z.email('email').max(254)]),
	phone: z.string().trim().max(50).catch(''),
	motivation: z.string().trim().max(3000, 'long').catch(''),
});
export type ApplicationInput = z.infer<typeof ApplicationForm>;

export const Declarations = z.array(z.object({ key: z.string(), text: z.string(), citation: z.string() }));
export const OnboardingList = z.array(z.object({ key: z.string(), text: z.string() }));
export const Confirmed = z.record(z.string(), z.string());

/** First and last day of a call; both or none. */
export const CallForm = z
	.object({ from: z.iso.date('date'), until: z.iso.date('date') })
	.refine(({ from, until }) => from <= until, { path: ['until'], message: 'order' });

export const StepForm = z.object({
	title: z.string().trim().min(1, 'title').max(200, 'title'),
	due: z.iso.date('date'),
});
