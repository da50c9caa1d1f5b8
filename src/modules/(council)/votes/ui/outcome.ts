import * as m from '#messages';
import type { ElectionRound } from '../../rules/profile.ts';
import type { RoundOutcome } from '../rules/round.ts';

/** What follows from a counted round, in a sentence. */
export function outcomeWords(
	outcome: RoundOutcome,
	rule: ElectionRound | undefined,
	nameOf: (candidate: string) => string,
): string {
	const { kind, needed } = outcome;
	if (kind === 'elected' && rule?.win === 'mostVotes')
		return m.council_votes_round_elected_most({ name: nameOf(outcome.candidate) });
	if (kind === 'elected') return m.council_votes_round_elected({ name: nameOf(outcome.candidate), needed });
	if (kind === 'nextRound') return m.council_votes_round_next({ needed });
	if (kind === 'lot')
		return outcome.for === 'election' ? m.council_votes_round_lot() : m.council_votes_round_lot_runoff();
	return outcome.because === 'singleCandidate'
		? m.council_votes_round_failed_singleCandidate()
		: m.council_votes_round_failed();
}
