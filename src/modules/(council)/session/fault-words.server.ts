import * as m from '#messages';
import { RuleViolation } from '#kernel/errors.ts';
import { knowsRule, ruleWords } from '../agenda/fault-words.server.ts';
import {
	knowsRule as knowsVoteRule,
	ruleWords as voteRuleWords,
	unreadableWords,
} from '../votes/fault-words.server.ts';

type Params = RuleViolation['params'];

const WORDS: Record<string, (params: Params) => string> = {
	kernel_operation_unknown: () => m.council_session_unreadable(),
	kernel_operation_unreadable: ({ field }) =>
		field === 'what'
			? m.council_session_task_empty()
			: (unreadableWords(String(field)) ?? m.council_session_unreadable()),
	kernel_operation_gone: () => m.council_session_gone(),
	kernel_operation_no_way_back: () => m.council_session_no_way_back(),
	council_session_not_running: () => m.council_session_not_running(),
	council_session_over: () => m.council_session_over(),
	council_session_cancelled: () => m.council_session_cancelled(),
	council_session_no_profile: () => m.council_session_no_profile(),
	council_session_seat_taken: ({ name }) => m.council_session_seat_taken({ name: String(name) }),
	council_session_present_twice: ({ name }) => m.council_session_present_twice({ name: String(name) }),
	council_session_remote_off: () => m.council_session_remote_off(),
	council_session_not_the_same_seat: () => m.council_session_not_the_same_seat(),
	council_session_seat_not_held: ({ name }) => m.council_session_seat_not_held({ name: String(name) }),
	council_session_no_substitutes: () => m.council_session_no_substitutes(),
	council_session_not_eligible: () => m.council_session_not_eligible(),
	council_session_was_there: () => m.council_session_was_there(),
	council_session_guest_unnamed: () => m.council_session_guest_unnamed(),
	council_session_challenger: () => m.council_session_challenger(),
	council_session_item_removed: () => m.council_session_item_removed(),
	council_session_item_closed: () => m.council_session_item_closed(),
	council_session_item_public: () => m.council_session_item_public(),
	council_session_not_here: () => m.council_session_not_here(),
	council_session_any_other: () => m.council_session_any_other(),
	council_session_more_votes_than_people: ({ votes, present }) =>
		m.council_session_more_votes_than_people({ votes: Number(votes), present: Number(present) }),
	council_session_committed: () => m.council_session_committed(),
	council_session_not_constituted: () => m.council_session_not_constituted(),
	council_session_no_chair: () => m.council_session_no_chair(),
	council_session_open_election: () => m.council_session_open_election(),
	council_session_open_vote: ({ number }) => m.council_session_open_vote({ number: String(number) }),
	council_session_no_voters: () => m.council_quorum_no_voters(),
	council_session_quorate: () => m.council_session_quorate(),
	council_session_date_past: () => m.council_session_date_past(),
	council_session_not_quorate: ({ present, needed }) =>
		m.council_session_not_quorate({ present: Number(present), needed: Number(needed) }),
};

/** One clear sentence for a refusal; a rule of another room that has none here says that it was not possible. */
export function refusalWords({ code, params }: { code: string; params: Params }): string {
	const words = WORDS[code];
	if (words) return words(params);
	const error = new RuleViolation(code, params);
	if (knowsRule(code)) return ruleWords(error);
	return knowsVoteRule(code) ? voteRuleWords(error) : m.council_session_refused();
}
