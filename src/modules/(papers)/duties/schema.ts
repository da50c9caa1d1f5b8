import { z } from 'zod';
import { RHYTHMS } from './rules/dues.ts';

const day = z.iso.date('date');
const dayOrNone = day.or(z.literal(''));
const id = z.uuid().or(z.literal(''));
const line = (max: number) => z.string().trim().max(max, 'long');

/** What is typed about a reporting duty, both when it is made and when it is changed. */
const DutyWords = z.object({
	subject: line(300).min(1, 'subject'),
	recipientId: z.uuid('recipient'),
	departmentId: id.default(''),
	officeId: id.default(''),
	endOn: dayOrNone.default(''),
	endCount: z
		.literal('')
		.transform(() => null)
		.or(z.coerce.number('count').int('count').min(1, 'count').max(400, 'count'))
		.default(null),
	endCondition: line(500).default(''),
	closed: z.boolean().default(false),
});

export const DutyForm = DutyWords.extend({
	/** Number or address of the paper whose resolution asks for it, as typed. */
	paper: line(60).default(''),
	resolutionId: id.default(''),
	sourceText: line(300).default(''),
	covers: z.enum(['none', 'previousYear', 'sameYear']).default('none'),
	rhythm: z.enum(RHYTHMS, 'rhythm'),
	firstDue: day,
});
export type NewDuty = z.infer<typeof DutyForm>;

export const DutyChange = DutyWords;
export type ChangedDuty = z.infer<typeof DutyChange>;

export const RhythmChange = z.object({
	from: day,
	rhythm: z.enum(RHYTHMS, 'rhythm'),
	reason: line(500).default(''),
});

export const Reason = z.object({ reason: line(500).min(1, 'reason') });

export const ReportForm = z.object({
	dueId: z.uuid('due'),
	/** Number of the report's paper as typed. */
	reference: line(60).min(1, 'reference'),
	extent: z.enum(['full', 'partial', 'substitute'], 'extent'),
	reason: line(500).default(''),
});
export type NewReport = z.infer<typeof ReportForm>;

export const PlanForm = z.object({
	about: z.enum(['report', 'officeReport', 'control']),
	daysBefore: z
		.string()
		.trim()
		.regex(/^(\d{1,3}([,;\s]+\d{1,3})*)?$/, 'days')
		.transform((text) =>
			[
				...new Set(
					text
						.split(/[,;\s]+/)
						.filter(Boolean)
						.map(Number),
				),
			].sort((a, b) => b - a),
		),
	repeatDays: z.coerce.number('repeat').int('repeat').min(0, 'repeat').max(365, 'repeat'),
	citation: line(300).default(''),
	from: day,
});
export type NewPlan = z.infer<typeof PlanForm>;
