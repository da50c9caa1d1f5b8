import { z } from 'zod';
import { LOCALES } from '#kernel/i18n/locales.ts';

/** Codes instead of sentences: the page has the words. */
const BodiesForm = z.array(z.uuid('newsBodies')).max(100);
/** Choices of further sources: "papers.topic:<id>", and what a reader asks for: "shell.search?q=…". */
const FurtherForm = z.array(z.string().max(2000)).max(200).default([]);
const atLeastOne = ({ bodies, further }: { bodies: string[]; further: string[] }) => bodies.length + further.length > 0;
const NOTHING = { message: 'newsBodies', path: ['bodies'] };

export const SubscribeForm = z
	.object({
		email: z.string('email').trim().pipe(z.email('email').max(254, 'long')),
		bodies: BodiesForm,
		further: FurtherForm,
	})
	.refine(atLeastOne, NOTHING);
export type Subscribe = z.infer<typeof SubscribeForm>;

export const SubscriptionForm = z
	.object({ bodies: BodiesForm, further: FurtherForm, locale: z.enum(LOCALES, 'newsLanguage') })
	.refine(atLeastOne, NOTHING);
export type SubscriptionChoice = z.infer<typeof SubscriptionForm>;
