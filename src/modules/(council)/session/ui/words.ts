import * as m from '#messages';
import type { Choice } from '#ui/types.ts';
import type { MajorityRule } from '../../rules/profile.ts';

/** Results of an item in the words of the pages, the ones without a vote first. */
export function resultChoices(): Choice[] {
	return [
		{ value: 'noted', label: m.council_result_noted() },
		{ value: 'withoutVote', label: m.council_result_withoutVote() },
		{ value: 'adopted', label: m.council_result_adopted() },
		{ value: 'adoptedChanged', label: m.council_result_adoptedChanged() },
		{ value: 'rejected', label: m.council_result_rejected() },
		{ value: 'confirmed', label: m.council_result_confirmed() },
		{ value: 'elected', label: m.council_result_elected() },
		{ value: 'postponed', label: m.council_result_postponed() },
		{ value: 'referred', label: m.council_result_referred() },
		{ value: 'withdrawn', label: m.council_result_withdrawn() },
		{ value: 'parked', label: m.council_result_parked() },
		{ value: 'settled', label: m.council_result_settled() },
	];
}

/** "zwei Drittel der Anwesenden" */
export function majorityWords(rule: MajorityRule | null): string {
	if (!rule || rule.kind === 'simple') return m.council_session_majority_simple();
	const of = {
		votesCast: m.council_session_of_votes,
		present: m.council_session_of_present,
		seats: m.council_session_of_seats,
	}[rule.of]();
	return {
		absolute: m.council_session_majority_absolute,
		twoThirds: m.council_session_majority_two_thirds,
		fourFifths: m.council_session_majority_four_fifths,
	}[rule.kind]({ of });
}
