import * as m from '#messages';
import type { RuleViolation } from '#kernel/errors.ts';

/** What a rule of this room refuses, in words. */
const WORDS: Record<string, (params: RuleViolation['params']) => string> = {
	'papers.typeRetired': () => m.papers_paper_rule_type_retired(),
	'papers.typeNotYours': () => m.papers_paper_rule_type_not_yours(),
	'papers.withdrawn': () => m.papers_paper_rule_withdrawn(),
	'papers.reasonMissing': () => m.papers_paper_rule_reason_missing(),
	'papers.operativeMissing': () => m.papers_paper_rule_operative_missing(),
	'papers.baseMissing': () => m.papers_paper_rule_base_missing(),
	'papers.notYours': () => m.papers_paper_rule_not_yours(),
	'papers.savedSince': () => m.papers_paper_rule_saved_since(),
	'papers.voteBegun': () => m.papers_paper_rule_vote_begun(),
	'papers.consentMissing': () => m.papers_paper_rule_consent_missing(),
	'papers.statementNotApproved': () => m.papers_statement_error_not_approved(),
	'papers.statementChanged': () => m.papers_statement_error_changed(),
	'papers.statementBeforeMotion': ({ reference }) =>
		m.papers_statement_error_before_motion({ reference: String(reference) }),
	'papers.closedReasonMissing': () => m.papers_paper_rule_closed_reason_missing(),
	'papers.signatoryMissing': () => m.papers_paper_rule_signatory_missing(),
	'papers.functionMissing': () => m.papers_paper_rule_function_missing(),
	'papers.lastOriginator': () => m.papers_paper_rule_last_originator(),
	'papers.fileMissing': () => m.papers_paper_rule_file_missing(),
	'papers.fileLarge': () => m.papers_paper_rule_file_large(),
	'papers.fileActive': () => m.papers_paper_rule_file_active(),
	'papers.fileReasonMissing': () => m.papers_paper_rule_file_reason_missing(),
	'papers.fileStays': () => m.papers_paper_rule_file_stays(),
	'papers.noSuchNumber': () => m.papers_paper_rule_no_such_number(),
	'papers.schemeUsed': () => m.papers_paper_rule_scheme_used(),
	'papers.prefixTaken': () => m.papers_paper_rule_prefix_taken(),
	'papers.nameTaken': () => m.papers_paper_rule_name_taken(),
	'papers.stillDraft': () => m.papers_paper_rule_still_draft(),
	'papers.notSure': () => m.papers_paper_rule_not_sure(),
	'papers.personMissing': () => m.papers_paper_rule_person_missing(),
	'papers.commentMissing': () => m.papers_paper_rule_comment_missing(),
	'papers.nothingToApprove': () => m.papers_approvals_nothing(),
	'papers.coSignMissing': () => m.papers_way_fault_gate(),
	'papers.alreadyFiled': () => m.papers_paper_rule_already_filed(),
};

/** @throws Error for a rule without words: that is a defect, not an answer */
export function ruleWords({ code, params }: RuleViolation): string {
	const words = WORDS[code];
	if (!words) throw new Error(`no words for the rule ${code}`);
	return words(params);
}
