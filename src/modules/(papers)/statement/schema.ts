import { z } from 'zod';

export const RECOMMENDATIONS = ['adopt', 'adoptChanged', 'reject', 'alreadyDone', 'counterProposal'] as const;
export type Recommendation = (typeof RECOMMENDATIONS)[number];

/** The statement as it is written; texts in the syntax of the house's text fields. Everything may still be empty: it is a draft. */
export const DraftForm = z.object({
	title: z.string().trim().min(1, 'title').max(200, 'long'),
	recommendation: z
		.enum([...RECOMMENDATIONS, ''])
		.default('')
		.transform((value) => value || null),
	summary: z.string().trim().max(600, 'long').default(''),
	text: z.string().max(200_000, 'long').default(''),
	counterProposal: z.string().max(100_000, 'long').default(''),
	closed: z.boolean().default(false),
	/** The saving that the form was loaded from; 0 before the first. Without it, what is saved is overwritten. */
	revision: z.coerce.number().int().optional(),
});
export type StatementDraft = z.infer<typeof DraftForm>;

const day = z.iso.date('day');

export const CoSignAnswer = z.object({
	id: z.uuid(),
	answer: z.enum(['agreed', 'agreedWithRemarks', 'refused', 'notAffected'], 'answer'),
	remarks: z.string().trim().max(5000, 'long').default(''),
});

export const RuleForm = z.object({
	validFrom: day,
	beforeCommittee: z.coerce.number('number').int('number').min(0, 'number').max(90, 'number'),
	countedIn: z.enum(['days', 'workingDays'], 'number'),
	approvalDays: z.coerce.number('number').int('number').min(0, 'number').max(60, 'number'),
	inquiryDays: z.coerce.number('number').int('number').min(1, 'number').max(365, 'number'),
	coSignDays: z.coerce.number('number').int('number').min(1, 'number').max(60, 'number'),
	treatmentDays: z.coerce.number('number').int('number').min(1, 'number').max(730, 'number'),
	reminderDays: z
		.string()
		.regex(/^\s*\d{1,3}(\s*[,; ]\s*\d{1,3}){0,9}\s*$|^\s*$/, 'reminders')
		.transform((typed) => (typed.match(/\d+/g) ?? []).map(Number)),
	citation: z.string().trim().min(1, 'citation').max(300, 'long'),
});

export const TREATMENT_KINDS = ['received', 'forwarded', 'dealtWith', 'answered'] as const;
export const TREATMENT_RESULTS = ['adopted', 'adoptedChanged', 'rejected', 'noted', 'postponed', 'noAction'] as const;

export const TreatmentStepForm = z
	.object({
		treatmentId: z.uuid(),
		kind: z.enum(TREATMENT_KINDS, 'kind'),
		happenedOn: day,
		organisationId: z.uuid().or(z.literal('')).default(''),
		place: z.string().trim().max(300, 'long').default(''),
		result: z
			.enum([...TREATMENT_RESULTS, ''])
			.default('')
			.transform((value) => value || null),
		note: z.string().trim().max(5000, 'long').default(''),
		answerReference: z.string().trim().max(60, 'long').default(''),
	})
	.refine(({ kind, result }) => kind !== 'dealtWith' || result, { path: ['result'], message: 'result' })
	.refine(({ kind, organisationId }) => kind !== 'forwarded' || organisationId, {
		path: ['organisationId'],
		message: 'organisation',
	})
	.refine(({ kind, note, answerReference }) => kind !== 'answered' || note || answerReference, {
		path: ['note'],
		message: 'answerText',
	});
export type TreatmentStep = z.infer<typeof TreatmentStepForm>;
