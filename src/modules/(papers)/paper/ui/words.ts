import * as m from '#messages';

const PARTS: Record<string, () => string> = {
	title: m.papers_paper_title,
	longTitle: m.papers_paper_long_title,
	operative: m.papers_paper_operative,
	reasons: m.papers_paper_reasons,
	costs: m.papers_costs,
	date: m.papers_paper_date,
	dataDate: m.papers_paper_data_date,
	reportBy: m.papers_paper_report_by,
	departmentId: m.papers_department,
	addresseeId: m.papers_paper_addressee,
	relevance: m.papers_paper_relevance,
	relevanceReason: m.papers_paper_relevance_reason,
	closedReason: m.papers_paper_closed_reason,
	senderName: m.papers_paper_sender,
	receivedOn: m.papers_paper_received,
};

/** The name of a part of the form. */
export function partWord(part: string): string {
	return PARTS[part]?.() ?? part;
}

const CODE_WORDS: Record<string, () => string> = {
	resolutionProposal: m.papers_paper_code_resolution_proposal,
	motion: m.papers_paper_code_motion,
	amendment: m.papers_paper_code_amendment,
	inquiry: m.papers_paper_code_inquiry,
	administrationStatement: m.papers_paper_code_statement,
	information: m.papers_paper_code_information,
	recommendation: m.papers_paper_code_recommendation,
	positionPaper: m.papers_paper_code_position,
	submission: m.papers_paper_code_submission,
	other: m.papers_paper_code_other,
};

/** What the program does with a type. */
export function codeWord(code: string): string {
	return CODE_WORDS[code]?.() ?? code;
}

const SAYS: Partial<Record<string, () => string>> = {
	resolutionProposal: m.papers_paper_says_resolution_proposal,
	motion: m.papers_paper_says_motion,
	amendment: m.papers_paper_says_amendment,
	inquiry: m.papers_paper_says_inquiry,
	administrationStatement: m.papers_paper_says_statement,
	information: m.papers_paper_says_information,
	recommendation: m.papers_paper_says_recommendation,
	positionPaper: m.papers_paper_says_position,
	submission: m.papers_paper_says_submission,
};
/** In a sentence, what a type is for; empty for one that only the town knows. */
export const saysOf = (code: string): string => SAYS[code]?.() ?? '';
