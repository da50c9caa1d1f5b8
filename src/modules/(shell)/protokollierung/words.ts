import * as m from '#messages';

const ACTS: Record<string, () => string> = {
	created: m.shell_act_created,
	changed: m.shell_act_changed,
	published: m.shell_act_published,
	ended: m.shell_act_ended,
	done: m.shell_act_done,
	reopened: m.shell_act_reopened,
	takenOver: m.shell_act_takenOver,
	uploaded: m.shell_act_uploaded,
	reviewed: m.shell_act_reviewed,
	discarded: m.shell_act_discarded,
	accountLinked: m.shell_act_accountLinked,
	invited: m.shell_act_invited,
	received: m.shell_act_received,
	answered: m.shell_act_answered,
	erased: m.shell_act_erased,
	rectified: m.shell_act_rectified,
	removed: m.shell_act_removed,
	seatAdded: m.shell_act_seatAdded,
	seatFilled: m.shell_act_seatFilled,
	taken: m.shell_act_takenOver,
	pause: m.shell_act_pause,
	erasureAsked: m.shell_act_erasureAsked,
	erasureAnswered: m.shell_act_erasureAnswered,
	accountRemoved: m.shell_act_accountRemoved,
	accessGiven: m.shell_act_accessGiven,
	retentionRun: m.shell_act_retentionRun,
	personErased: m.shell_act_personErased,
	jobRetried: m.shell_act_jobRetried,
	jobDropped: m.shell_act_jobDropped,
	mailRetried: m.shell_act_mailRetried,
	givenByRule: m.shell_act_givenByRule,
	takenByRule: m.shell_act_takenByRule,
	keptLastAdministrator: m.shell_act_keptLastAdministrator,
	accessEnded: m.shell_act_accessEnded,
	readingAsked: m.shell_act_readingAsked,
	readingStopped: m.shell_act_readingStopped,
};

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
};

/** An act in words; one that this page does not know yet stands as the log has it. */
export function actWords(act: string): string {
	return ACTS[act]?.() ?? act;
}

export function kindWords(kind: string): string {
	return KINDS[kind]?.() ?? kind;
}
