import { z } from 'zod';
import { LOCALES } from '#kernel/i18n/locales.ts';

export const LONGEST = 200;
const text = z.string().trim().max(LONGEST, 'long').optional();

/** What a form may correct of a person; what it does not name stays. Messages are codes; the page has the words. */
export const CorrectionForm = z.object({
	affix: text,
	given_name: text,
	family_name: z.string().trim().min(1, 'name').max(LONGEST, 'long').optional(),
	form_of_address: text,
	email: z.union([z.literal(''), z.email('email').max(254)]).optional(),
	phone: text,
	locale: z.enum(LOCALES).optional(),
});
export type Corrections = z.infer<typeof CorrectionForm>;
