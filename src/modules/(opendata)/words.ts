import * as m from '#messages';
import { COLUMNS, type SetId } from './sets.ts';

/** Title and sentence of a table, in the language of the page. */
export const SET_WORDS: Record<SetId, { title: () => string; says: () => string }> = {
	sitzungen: { title: m.opendata_sessions, says: m.opendata_sessions_says },
	anwesenheit: { title: m.opendata_attendance, says: m.opendata_attendance_says },
	abstimmungen: { title: m.opendata_votes, says: m.opendata_votes_says },
	vorlagen: { title: m.opendata_papers, says: m.opendata_papers_says },
};

const COLUMN_WORDS: Record<string, () => string> = {
	session: m.opendata_col_session,
	date: m.opendata_col_date,
	body: m.opendata_col_body,
	number: m.opendata_col_number,
	kind: m.opendata_col_kind,
	state: m.opendata_col_state,
	cancelled: m.opendata_col_cancelled,
	start: m.opendata_col_start,
	end: m.opendata_col_end,
	place: m.opendata_col_place,
	present: m.opendata_col_present,
	needed: m.opendata_col_needed,
	quorate: m.opendata_col_quorate,
	items: m.opendata_col_items,
	url: m.opendata_col_url,
	name: m.opendata_col_name,
	group: m.opendata_col_group,
	remote: m.opendata_col_remote,
	substituteFor: m.opendata_col_substitute_for,
	item: m.opendata_col_item,
	title: m.opendata_col_title,
	votingBody: m.opendata_col_voting_body,
	text: m.opendata_col_text,
	method: m.opendata_col_method,
	yes: m.opendata_col_yes,
	no: m.opendata_col_no,
	abstain: m.opendata_col_abstain,
	invalid: m.opendata_col_invalid,
	biased: m.opendata_col_biased,
	unanimous: m.opendata_col_unanimous,
	adopted: m.opendata_col_adopted,
	papers: m.opendata_col_papers,
	type: m.opendata_col_type,
	originators: m.opendata_col_originators,
	department: m.opendata_col_department,
	topics: m.opendata_col_topics,
	districts: m.opendata_col_districts,
	result: m.opendata_col_result,
	decided: m.opendata_col_decided,
};

/** What differs from the meaning a column has elsewhere. */
const OWN: Record<string, () => string> = {
	'anwesenheit present': m.opendata_col_was_present,
	'vorlagen number': m.opendata_col_paper_number,
	'vorlagen date': m.opendata_col_paper_date,
	'vorlagen title': m.opendata_col_paper_title,
	'vorlagen state': m.opendata_col_paper_state,
};

/** The columns of a table with what they mean, in the language of the page; their names are English in all of them. */
export function describedColumns(set: SetId): { name: string; type: string; says: string }[] {
	return COLUMNS[set].map(({ name, type }) => ({
		name,
		type,
		says: (OWN[`${set} ${name}`] ?? COLUMN_WORDS[name]!)(),
	}));
}
