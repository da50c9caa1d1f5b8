import { z } from 'zod';

/** A proposal as it is written: the whole operative text as it shall be. */
export const ProposalForm = z.object({
	title: z.string().trim().min(1).max(200),
	operative: z.string().trim().min(1).max(200_000),
	reasons: z.string().max(500_000).default(''),
	/** Slug of the draft that is written on; empty for a new one. */
	draft: z.string().max(100).default(''),
});
export type Proposal = z.infer<typeof ProposalForm>;

const change = z.string().regex(/^[0-9a-f]{16}$/);
/** How many decisions stood on the page: who has not seen the last one decides nothing. */
const seen = z.coerce.number().int().min(0);

export const DecideForm = z.object({ change, kind: z.enum(['accept', 'take', 'reject']), seen });
export const OwnForm = z.object({ change, wording: z.string().max(200_000), seen });
export const AllForm = z.object({ amendment: z.string().max(100), seen });
export const SeenForm = z.object({ seen });
