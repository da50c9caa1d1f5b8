import * as m from '#messages';
import { ACTS } from './acts.ts';
import { COUNCIL_ACTS } from './council-acts.ts';

const KINDS: Record<string, () => string> = {
	'registry.person': m.shell_kind_person,
	'registry.organisation': m.shell_kind_organisation,
	'registry.office': m.shell_kind_office,
	'registry.membership': m.shell_kind_membership,
	'registry.duty': m.shell_kind_duty,
	'registry.roleRule': m.shell_kind_roleRule,
	'registry.place': m.shell_kind_place,
	'council.meeting': m.shell_kind_meeting,
	'council.councilBody': m.shell_kind_councilBody,
	'council.task': m.shell_kind_task,
	'import.batch': m.shell_kind_batch,
	'import.document': m.shell_kind_document,
	'oparl.source': m.shell_kind_source,
	'shell.feedback': m.shell_kind_feedback,
	'shell.operation': m.shell_operation,
	'opendata.licence': m.shell_kind_licence,
	'shell.retention': m.shell_kind_retention,
	'shell.erasureRequest': m.shell_kind_erasureRequest,
	'council.application': m.shell_kind_application,
	'council.conveningRequest': m.shell_kind_conveningRequest,
	'council.datePoll': m.shell_kind_datePoll,
	'council.event': m.shell_kind_event,
	'council.invitation': m.shell_kind_invitation,
	'council.minutes': m.shell_kind_minutes,
	'council.saveTheDate': m.shell_kind_saveTheDate,
	'council.topicProposal': m.shell_kind_topicProposal,
	'council.writtenProcedure': m.shell_kind_writtenProcedure,
	'council.yearPlan': m.shell_kind_yearPlan,
	'papers.contact': m.shell_kind_contact,
	'papers.control': m.shell_kind_control,
	'papers.district': m.shell_kind_district,
	'papers.duty': m.shell_kind_reportDuty,
	'papers.instruction': m.shell_kind_instruction,
	'papers.matter': m.shell_kind_matter,
	'papers.paper': m.shell_kind_paper,
	'papers.participation': m.shell_kind_participation,
	'papers.reminderPlan': m.shell_kind_reminderPlan,
	'papers.statement': m.shell_kind_statement,
	'papers.statementRule': m.shell_kind_statementRule,
	'papers.treatment': m.shell_kind_treatment,
	'registry.topic': m.shell_kind_topic,
	'council.member': m.shell_kind_member,
	'papers.paper_type': m.shell_kind_paperType,
};

/** An act in words; one that only a program of before could write stands as the log has it. */
export function actWords(act: string): string {
	return wordsOf(COUNCIL_ACTS, act) ?? wordsOf(ACTS, act) ?? act;
}

export function kindWords(kind: string): string {
	return wordsOf(KINDS, kind) ?? kind;
}

/** What is asked for may come from an address: names that every object has are no words. */
function wordsOf(words: Record<string, () => string>, code: string): string | undefined {
	return Object.hasOwn(words, code) ? words[code]!() : undefined;
}
