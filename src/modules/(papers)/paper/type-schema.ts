import { z } from 'zod';
import { CODES } from './rules/codes.ts';

const ticked = z.literal('on').optional().transform(Boolean);

export const SchemeForm = z.object({
	name: z.string().trim().min(1).max(80),
	// letters, as they stand before the figures; none for numbers alone
	prefix: z
		.string()
		.trim()
		.max(8)
		.regex(/^\p{L}*$/u)
		.transform((text) => text.toUpperCase()),
	digits: z.coerce.number().int().min(1).max(9),
	yearDigits: z.coerce.number().pipe(z.union([z.literal(0), z.literal(2), z.literal(4)])),
	separator: z.enum(['/', '-', '.', ' ']),
	suffixSeparator: z.enum(['/', '-', '.']),
	organisationId: z.uuid().or(z.literal('')).default(''),
});
export type SchemeForm = z.infer<typeof SchemeForm>;

export const TypeForm = z.object({
	name: z.string().trim().min(1).max(80),
	namePlural: z.string().trim().min(1).max(80),
	code: z.enum(CODES),
	schemeId: z.uuid(),
	publicByDefault: ticked,
	asksStatement: ticked,
	below: ticked,
	retired: ticked,
	writtenBy: z.enum(['all', 'administration']).default('all'),
	position: z.coerce.number().int().min(0).max(999).default(0),
	templateOperative: z.string().max(20_000).default(''),
	templateReasons: z.string().max(20_000).default(''),
});
export type TypeForm = z.infer<typeof TypeForm>;
