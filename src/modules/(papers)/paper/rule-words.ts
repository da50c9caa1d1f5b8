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
	'papers.alreadyFiled': () => m.papers_paper_rule_already_filed(),
};

/** @throws Error for a rule without words: that is a defect, not an answer */
export function ruleWords({ code, params }: RuleViolation): string {
	const words = WORDS[code];
	if (!words) throw new Error(`no words for the rule ${code}`);
	return words(params);
}
