import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import type { RuleViolation } from '#kernel/errors.ts';
import { formatDay } from '#kernel/i18n/format.ts';

type Words = (params: RuleViolation['params'], ctx: Ctx) => string;

/** What forms of duties and of the resolution control are told, by the code of a schema or rule. */
const WORDS: Record<string, Words> = {
	subject: () => m.papers_duties_fault_subject(),
	recipient: () => m.papers_duties_fault_recipient(),
	rhythm: () => m.papers_duties_fault_rhythm(),
	date: () => m.papers_duties_fault_date(),
	count: () => m.papers_duties_fault_count(),
	long: () => m.papers_duties_fault_long(),
	reason: () => m.papers_duties_fault_reason(),
	due: () => m.papers_duties_fault_due(),
	reference: () => m.papers_duties_fault_reference(),
	extent: () => m.papers_duties_fault_extent(),
	days: () => m.papers_duties_fault_days(),
	repeat: () => m.papers_duties_fault_repeat(),
	controlState: () => m.papers_duties_fault_state(),
	controlNote: () => m.papers_duties_fault_note(),
	controlDelay: () => m.papers_duties_fault_delay(),
	controlDepartment: () => m.papers_duties_fault_department(),
	'papers.controlOff': () => m.papers_duties_fault_off(),
	'papers.dutySource': () => m.papers_duties_fault_source(),
	'papers.dutyWho': () => m.papers_duties_fault_who(),
	'papers.dutyEnd': () => m.papers_duties_fault_end(),
	'papers.rhythmEarly': ({ day }, ctx) =>
		m.papers_duties_fault_rhythm_early({ day: formatDay(String(day), 'long', ctx.locale) }),
	'papers.paperUnknown': ({ reference }) => m.papers_duties_fault_unknown({ reference: String(reference) }),
	'papers.substituteReason': () => m.papers_duties_fault_substitute(),
	'papers.dueOver': () => m.papers_duties_fault_over(),
	'papers.noInformation': () => m.papers_duties_fault_no_information(),
	'papers.planEarly': () => m.papers_duties_fault_plan(),
};

/** What a schema says of a hidden or tampered field has one sentence for all. @throws Error for a rule without words (a defect) */
export function faultWords(code: string, params: RuleViolation['params'], ctx: Ctx): string {
	const words = WORDS[code];
	if (!words && code.includes('.')) throw new Error(`no words for ${code}`);
	return words ? words(params, ctx) : m.papers_duties_fault_value();
}
