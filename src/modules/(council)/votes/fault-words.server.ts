import * as m from '#messages';
import type { RuleViolation } from '#kernel/errors.ts';

type Params = RuleViolation['params'];
const count = (params: Params, name: string) => String(params[name] ?? '');

/** One sentence for each rule of this room; says what is wrong and how to go on. */
const RULES: Record<string, (params: Params) => string> = {
	council_votes_not_running: () => m.council_votes_not_running(),
	council_votes_amends_what: () => m.council_votes_amends_what(),
	council_votes_motion_decided: () => m.council_votes_motion_decided(),
	council_votes_running_vote: () => m.council_votes_running_vote(),
	council_votes_no_voters: m.council_quorum_no_voters,
	council_votes_no_quorum: (p) =>
		m.council_votes_no_quorum({ present: count(p, 'present'), needed: count(p, 'needed') }),
	council_votes_quorum_unstated: (p) =>
		m.council_votes_quorum_unstated({ present: count(p, 'present'), needed: count(p, 'needed') }),
	council_votes_quorum_again: (p) =>
		m.council_votes_quorum_again({ present: count(p, 'present'), needed: count(p, 'needed') }),
	council_votes_warned: (p) => warnings(count(p, 'warnings')),
	council_votes_amended_text_missing: () => m.council_votes_amended_text_missing(),
	council_votes_too_few_askers: (p) => m.council_votes_too_few_askers({ needed: count(p, 'needed') }),
	council_votes_majority_unknown: () => m.council_votes_majority_unknown(),
	council_votes_sum_over: (p) =>
		m.council_votes_sum_over({
			counted: count(p, 'counted'),
			present: count(p, 'present'),
			biased: count(p, 'biased'),
		}),
	council_votes_sum_under: (p) =>
		m.council_votes_sum_under({
			counted: count(p, 'counted'),
			present: count(p, 'present'),
			missing: count(p, 'missing'),
		}),
	council_votes_undo_late: () => m.council_votes_undo_late(),
	council_votes_undo_secret: () => m.council_votes_undo_secret(),
	council_votes_secret_not_queued: () => m.council_votes_secret_not_queued(),
	council_votes_closed_as: (p) =>
		m.council_votes_closed_as({ yes: count(p, 'yes'), no: count(p, 'no'), abstain: count(p, 'abstain') }),
	council_votes_closed: () => m.council_votes_closed(),
	council_votes_void: () => m.council_votes_void_said_fault(),
	council_votes_not_entitled: () => m.council_votes_not_entitled(),
	council_votes_by_clerk: () => m.council_votes_by_clerk(),
	council_votes_no_seat: () => m.council_votes_no_seat(),
	council_votes_barred: () => m.council_votes_barred(),
	council_votes_seat_voted: (p) => m.council_votes_seat_voted({ name: count(p, 'name') }),
	council_votes_token_broken: () => m.council_votes_token_broken(),
	council_votes_box_open: () => m.council_votes_box_open(),
	council_votes_box_shut: () => m.council_votes_box_shut(),
	council_votes_token_fetched: () => m.council_votes_token_fetched(),
	council_votes_paper_taken: () => m.council_votes_paper_taken(),
	council_votes_cast_already: () => m.council_votes_cast_already(),
	council_votes_no_bias: (p) => noBias(count(p, 'because')),
	council_votes_election_over: () => m.council_votes_election_over(),
	council_votes_candidate_who: () => m.council_votes_candidate_who(),
	council_votes_on_ballot: () => m.council_votes_on_ballot(),
	council_votes_open_election_refused: () => m.council_votes_open_election_refused(),
	council_votes_no_remote_election: () => m.council_votes_no_remote_election(),
	council_votes_no_consent: (p) => m.council_votes_no_consent({ name: count(p, 'name') }),
	council_votes_nobody_stands: () => m.council_votes_nobody_stands(),
	council_votes_lot_first: () => m.council_votes_lot_first(),
	council_votes_no_lot: () => m.council_votes_no_lot(),
	council_votes_lot_drawn: () => m.council_votes_lot_drawn(),
	council_votes_round_moreIssuedThanPresent: (p) =>
		m.council_votes_round_moreIssuedThanPresent({ issued: count(p, 'issued'), present: count(p, 'present') }),
	council_votes_round_moreReturnedThanIssued: (p) =>
		m.council_votes_round_moreReturnedThanIssued({ returned: count(p, 'returned'), issued: count(p, 'issued') }),
	council_votes_round_sum: (p) =>
		m.council_votes_round_sum({ returned: count(p, 'returned'), missing: count(p, 'missing') }),
	council_votes_round_counted: () => m.council_votes_round_counted(),
	council_votes_nobody_elected: () => m.council_votes_nobody_elected(),
	council_votes_chair_first: () => m.council_votes_chair_first(),
	'council.notEligible': () => m.council_votes_missing_notAVotingMember(),
	council_session_no_profile: () => m.council_votes_not_running(),
};

/** @throws Error for a rule without words: a defect, not an answer */
export function ruleWords({ code, params }: RuleViolation): string {
	const words = RULES[code];
	if (!words) throw new Error(`no words for the rule ${code}`);
	return words(params);
}

export function knowsRule(code: string): boolean {
	return code in RULES;
}

/** Figures want a number, everything else wants to be filled in. */
export function fieldWords(message: string): string {
	return message.includes('pattern') || message.includes('string must match')
		? m.council_votes_field_number()
		: m.council_votes_field_missing();
}

const COUNTED = new Set(
	['yes', 'no', 'abstain', 'invalid', 'presentNotVoting', 'rollCallAskers', 'secretAskers', 'reach'].concat([
		'issued',
		'returned',
		'blank',
		'against',
	]),
);
const WORDS = new Set(['text', 'reason', 'drawnBy', 'witness']);

/** The same where only the field is known; nothing for fields that are no part of this room. */
export function unreadableWords(field: string): string | undefined {
	if (COUNTED.has(field) || field.startsWith('votes-')) return m.council_votes_field_number();
	return WORDS.has(field) ? m.council_votes_field_missing() : undefined;
}

function warnings(list: string): string {
	const words: Record<string, () => string> = {
		anyOther: m.council_votes_warn_anyOther,
		order: m.council_votes_warn_order,
	};
	return list
		.split(',')
		.map((one) => words[one]?.() ?? '')
		.join(' ');
}

function noBias(because: string): string {
	if (because === 'honoraryElection') return m.council_votes_because_honoraryElection();
	if (because === 'sentByMunicipality') return m.council_votes_because_sentByMunicipality();
	return m.council_votes_because_groupInterest();
}
