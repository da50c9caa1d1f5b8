import * as m from '#messages';
import type { RuleViolation } from '#kernel/errors.ts';
import { agendaRuleWords, knowsAgendaRule } from '#server/council';

const RULES: Record<string, () => string> = {
	'papers.coSignMissing': m.papers_way_fault_gate,
	'papers.way.noBody': m.papers_way_fault_noBody,
	'papers.way.secondDeciding': m.papers_way_fault_secondDeciding,
	'papers.way.onAgenda': m.papers_way_fault_onAgenda,
	'papers.way.happened': m.papers_way_fault_happened,
	'papers.way.withdrawn': m.papers_way_fault_withdrawn,
	'papers.way.notFiled': m.papers_way_fault_notFiled,
	'papers.way.reason': m.papers_way_fault_reason,
	'papers.way.skipped': m.papers_way_fault_skipped,
	'papers.way.future': m.papers_way_fault_future,
	'papers.way.notUnchanged': m.papers_way_fault_notUnchanged,
	'papers.way.referTo': m.papers_way_fault_referTo,
	'papers.way.onlyApproval': m.papers_way_fault_onlyApproval,
	'papers.way.votes': m.papers_way_fault_votes,
	'papers.way.otherBody': m.papers_way_fault_otherBody,
	'papers.way.statuteMade': m.papers_way_fault_statuteMade,
};

/** Words for a rule of this room, or of the agenda it puts papers on. @throws Error for one without words: a defect */
export function ruleWords(violation: RuleViolation): string {
	const words = RULES[violation.code];
	if (words) return words();
	if (knowsAgendaRule(violation.code)) return agendaRuleWords(violation);
	throw new Error(`no words for the rule ${violation.code}`);
}
