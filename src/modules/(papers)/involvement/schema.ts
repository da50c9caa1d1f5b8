import { z } from 'zod';

/** Codes instead of sentences: the pages have the words (fault-words.server.ts). */
const title = z.string('title').trim().min(1, 'title').max(300, 'long');
const text = z.string().trim().max(5000, 'long').catch('');
const day = z.iso.date('date');
const maybeDay = z.union([z.literal(''), day], { error: 'date' }).default('');
const maybeId = z.union([z.literal(''), z.uuid()], { error: 'choice' }).default('');
const days = z.coerce.number('days').int('days').min(1, 'days').max(60, 'days');

export const OMISSIONS = ['notRelevant', 'urgent', 'forgotten', 'technical', 'other'] as const;
export const ANSWERS = ['agreed', 'agreedWithRemarks', 'refused', 'notAffected', 'abstainedBias'] as const;

export const InstructionForm = z
	.object({
		reference: z.string('reference').trim().min(1, 'reference').max(60, 'long'),
		title,
		note: text,
		from: day,
		until: maybeDay,
	})
	.refine(({ from, until }) => until === '' || until > from, { message: 'period', path: ['until'] });
export type NewInstruction = z.infer<typeof InstructionForm>;

export const RuleForm = z.object({
	/** `office:<id>` or `body:<id>` */
	who: z.string('who').regex(/^(office|body):[0-9a-f-]{36}$/, 'who'),
	form: z.enum(['inform', 'consult', 'coSign'], 'choice'),
	relevance: z.enum(['relevant', 'always']).catch('relevant'),
	departmentId: maybeId,
	paperTypeId: maybeId,
	topics: z.array(z.uuid()).catch([]),
	answerDays: days,
	urgentDays: days,
	citation: z.string().trim().max(200, 'long').catch(''),
});
export type NewRule = z.infer<typeof RuleForm>;

/** The same question for everybody, with a reason for either answer (MIT-11). */
const relevance = {
	relevant: z.enum(['yes', 'no'], 'relevant'),
	reason: z.string('relevanceReason').trim().min(1, 'relevanceReason').max(2000, 'long'),
};

export const MatterForm = z
	.object({
		title,
		note: text,
		departmentId: z.uuid('department'),
		paperTypeId: maybeId,
		topics: z.array(z.uuid()).catch([]),
		...relevance,
		firstInformedOn: maybeDay,
		draftFinalOn: maybeDay,
	})
	.refine(({ relevant, firstInformedOn }) => relevant === 'no' || firstInformedOn !== '', {
		message: 'firstInformed',
		path: ['firstInformedOn'],
	});
export type NewMatter = z.infer<typeof MatterForm>;

export const RelevanceForm = z.object({ ...relevance, firstInformedOn: maybeDay });
export type RelevanceAnswer = z.infer<typeof RelevanceForm>;

export const MilestonesForm = z.object({
	firstInformedOn: maybeDay,
	draftSentOn: maybeDay,
	draftFinalOn: maybeDay,
});
export type MilestoneDays = z.infer<typeof MilestonesForm>;

export const AskForm = z
	.object({
		/** Place in the order by involvement: equal numbers at the same time; who is not named is not asked. */
		steps: z.array(z.object({ involvementId: z.uuid(), step: z.int().min(1).max(20) })).min(1, 'nobody'),
		urgent: z.boolean(),
		urgentReason: z.string().trim().max(1000, 'long').catch(''),
	})
	.refine(({ urgent, urgentReason }) => !urgent || urgentReason !== '', {
		message: 'urgentReason',
		path: ['urgentReason'],
	});
export type Asking = z.infer<typeof AskForm>;

export const AnswerForm = z
	.object({
		answer: z.enum(ANSWERS, 'answer'),
		reasons: z.string().trim().max(10_000, 'long').catch(''),
		forCouncil: z.boolean(),
		/** Of the text that was read; another one in the meantime refuses the answer. */
		hash: z.string().max(128),
	})
	.refine(({ answer, reasons }) => (answer !== 'refused' && answer !== 'agreedWithRemarks') || reasons !== '', {
		message: 'reasons',
		path: ['reasons'],
	});
export type GivenAnswer = z.infer<typeof AnswerForm>;

export const OmissionForm = z.object({
	code: z.enum(OMISSIONS, 'omission'),
	reason: z.string('omissionReason').trim().min(1, 'omissionReason').max(2000, 'long'),
});
export type Omission = z.infer<typeof OmissionForm>;

export const TakeUpForm = z
	.object({
		takenUp: z.enum(['yes', 'partly', 'no'], 'choice'),
		reason: z.string().trim().max(2000, 'long').catch(''),
	})
	.refine(({ takenUp, reason }) => takenUp === 'yes' || reason !== '', { message: 'takeUpReason', path: ['reason'] });
export type TakeUp = z.infer<typeof TakeUpForm>;

export const CHANNELS = ['phone', 'mail', 'letter', 'inPerson', 'video'] as const;

/** A contact in one line: with whom (a function of the register, or a name), about what, when, how. */
export const ContactForm = z
	.object({
		on: day,
		channel: z.enum(CHANNELS).catch('phone'),
		officeId: maybeId,
		name: z.string().trim().max(200, 'long').catch(''),
		topic: z.string('topic').trim().min(1, 'topic').max(300, 'long'),
		eventId: maybeId,
	})
	.refine(({ officeId, name }) => officeId !== '' || name !== '', { message: 'contact', path: ['name'] });
export type NewContact = z.infer<typeof ContactForm>;

export const RoundForm = z
	.object({ title, text, from: day, last: maybeDay })
	.refine(({ from, last }) => last === '' || last >= from, { message: 'period', path: ['last'] });
export type NewRound = z.infer<typeof RoundForm>;

export const StatementForm = z.object({
	statement: z.string('statement').trim().min(1, 'statement').max(20_000, 'long'),
});

export const DeputyForm = z
	.object({ officeId: z.uuid('choice'), personId: z.uuid('choice'), from: day, until: maybeDay })
	.refine(({ from, until }) => until === '' || until > from, { message: 'period', path: ['until'] });
export type NewDeputy = z.infer<typeof DeputyForm>;

export const AwayForm = z
	.object({ officeId: z.uuid('choice'), from: day, last: day })
	.refine(({ from, last }) => last >= from, { message: 'period', path: ['last'] });
export type Away = z.infer<typeof AwayForm>;

export const UrgentForm = z.object({
	on: day,
	reason: z.string('urgentReason').trim().min(1, 'urgentReason').max(2000, 'long'),
});
export const ReportedForm = z.object({ reportedOn: day });
