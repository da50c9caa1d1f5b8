import { z } from 'zod';
import { LONGEST_NAME, LONGEST_SHORT_NAME } from './rules/list.ts';

const line = z.string().transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim());

/** A district as the office changes it. */
export const DistrictForm = z.object({
	name: line.pipe(z.string().min(1).max(LONGEST_NAME)),
	shortName: line.pipe(z.string().max(LONGEST_SHORT_NAME)).default(''),
	position: z.coerce.number().int().min(1).max(999),
});
export type DistrictForm = z.infer<typeof DistrictForm>;
