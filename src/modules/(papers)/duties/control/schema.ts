import { z } from 'zod';
import { missingIn, STATES } from '../rules/control.ts';

const line = (max: number) => z.string().trim().max(max, 'long').default('');
const CODES = {
	note: 'controlNote',
	due: 'date',
	delayReason: 'controlDelay',
	departmentId: 'controlDepartment',
} as const;

/** What a department or the office reports on a resolution; what the state needs is asked for at its field. */
export const StandingForm = z
	.object({
		state: z.enum(STATES, 'controlState'),
		note: line(2000),
		due: z.iso.date('date').or(z.literal('')).default(''),
		delayReason: line(1000),
		departmentId: z.uuid().or(z.literal('')).default(''),
	})
	.superRefine((given, refinement) => {
		for (const field of missingIn(given)) refinement.addIssue({ code: 'custom', path: [field], message: CODES[field] });
	});
export type NewStanding = z.infer<typeof StandingForm>;

/** A resolution that is offered for control. */
export const Offered = z.object({
	kind: z.enum(['resolution', 'station']),
	id: z.uuid(),
});
export type Offered = z.infer<typeof Offered>;
