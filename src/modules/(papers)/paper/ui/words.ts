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
