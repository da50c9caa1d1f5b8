import { z } from 'zod';
import { LOCALES } from '#kernel/i18n/locales.ts';

/** Codes instead of sentences: the page has the words. */
export const BodiesForm = z.array(z.uuid('newsBodies')).min(1, 'newsBodies').max(100);

export const SubscribeForm = z.object({
	email: z.string('email').trim().pipe(z.email('email').max(254, 'long')),
	bodies: BodiesForm,
});
export type Subscribe = z.infer<typeof SubscribeForm>;

export const SubscriptionForm = z.object({ bodies: BodiesForm, locale: z.enum(LOCALES, 'newsLanguage') });
export type SubscriptionChoice = z.infer<typeof SubscriptionForm>;
