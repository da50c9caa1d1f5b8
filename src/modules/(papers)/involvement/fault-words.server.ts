import * as m from '#messages';

/** What forms of involvement are told, by the code of a schema or rule. */
const WORDS: Record<string, () => string> = {
	title: () => m.papers_involvement_fault_title(),
	long: () => m.papers_involvement_fault_long(),
	date: () => m.papers_involvement_fault_date(),
	choice: () => m.papers_involvement_fault_choice(),
	days: () => m.papers_involvement_fault_days(),
	reference: () => m.papers_involvement_fault_reference(),
	period: () => m.papers_involvement_fault_period(),
	who: () => m.papers_involvement_fault_who(),
	department: () => m.papers_involvement_fault_department(),
	relevant: () => m.papers_involvement_fault_relevant(),
	relevanceReason: () => m.papers_involvement_fault_relevance_reason(),
	firstInformed: () => m.papers_involvement_fault_first_informed(),
	nobody: () => m.papers_involvement_fault_nobody(),
	urgentReason: () => m.papers_involvement_fault_urgent_reason(),
	answer: () => m.papers_involvement_fault_answer(),
	reasons: () => m.papers_involvement_fault_reasons(),
	omission: () => m.papers_involvement_fault_omission(),
	omissionReason: () => m.papers_involvement_fault_omission_reason(),
	takeUpReason: () => m.papers_involvement_fault_take_up_reason(),
	topic: () => m.papers_involvement_fault_topic(),
	contact: () => m.papers_involvement_fault_contact(),
	statement: () => m.papers_involvement_fault_statement(),
	'papers.contactOver': () => m.papers_involvement_fault_contact_over(),
	'papers.roundOver': () => m.papers_involvement_fault_round_over(),
	'papers.paperToChoose': () => m.papers_involvement_fault_paper(),
	'papers.matterTwice': () => m.papers_involvement_fault_matter_twice(),
	'papers.matterWithdrawn': () => m.papers_involvement_fault_withdrawn(),
	'papers.coSignMissing': () => m.papers_involvement_fault_co_sign_missing(),
	'papers.noContent': () => m.papers_involvement_fault_no_content(),
	'papers.textChanged': () => m.papers_involvement_fault_text_changed(),
	'papers.answerOver': () => m.papers_involvement_fault_answer_over(),
	'papers.answerFixed': () => m.papers_involvement_fault_answer_fixed(),
	'papers.omissionFixed': () => m.papers_involvement_fault_omission_fixed(),
	'papers.instructionTwice': () => m.papers_involvement_fault_instruction_twice(),
	'papers.instructionOrder': () => m.papers_involvement_fault_instruction_order(),
	'papers.instructionPast': () => m.papers_involvement_fault_instruction_past(),
	'papers.fileNone': () => m.papers_involvement_fault_file_none(),
	'papers.fileLarge': () => m.papers_involvement_fault_file_large(),
	'papers.fileActive': () => m.papers_involvement_fault_file_active(),
	'papers.rulePast': () => m.papers_involvement_fault_rule_past(),
};

/** @throws Error for a code without words: that is a defect, not an answer */
export function faultWords(code: string): string {
	const words = WORDS[code];
	if (!words) throw new Error(`no words for the fault ${code}`);
	return words();
}
