import { z } from 'zod';

const day = z.iso.date().or(z.literal(''));
const id = z.uuid().or(z.literal(''));

/** Who brings a paper in: a group or body, a person, or a person who signs for a group (rulebook R3-10). */
export const OriginatorForm = z
	.object({ organisationId: id.default(''), personId: id.default('') })
	.refine(({ organisationId, personId }) => organisationId !== '' || personId !== '');
export type Originator = z.infer<typeof OriginatorForm>;

/** What is typed on the page of a new paper and of a draft. Texts are in the syntax of the house's text fields. */
export const PaperForm = z.object({
	typeId: z.uuid(),
	title: z.string().trim().min(1).max(200),
	longTitle: z.string().trim().max(1000).default(''),
	operative: z.string().max(200_000).default(''),
	reasons: z.string().max(500_000).default(''),
	costs: z.string().trim().max(500).default(''),
	date: day.default(''),
	dataDate: day.default(''),
	reportBy: day.default(''),
	departmentId: id.default(''),
	addresseeId: id.default(''),
	superordinatedId: id.default(''),
	/** An organisation's id alone stands for the organisation. */
	originators: z
		.array(z.union([z.uuid().transform((organisationId) => ({ organisationId, personId: '' })), OriginatorForm]))
		.max(40)
		.default([]),
	topics: z.array(z.uuid()).max(40).default([]),
	/** Districts it concerns, by id and in the order of ids; none: the whole town. */
	districts: z
		.array(z.uuid())
		.max(200)
		.transform((ids) => [...new Set(ids)].sort())
		.default([]),
	senderName: z.string().trim().max(200).default(''),
	receivedOn: day.default(''),
	relevance: z.enum(['', 'yes', 'no']).default(''),
	relevanceReason: z.string().trim().max(1000).default(''),
	closed: z.boolean().default(false),
	closedReason: z.string().trim().max(300).default(''),
});
export type NewPaper = z.infer<typeof PaperForm>;
