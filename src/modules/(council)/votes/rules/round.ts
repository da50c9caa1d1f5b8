import type { ElectionRound, ElectionRule } from '../../rules/profile.ts';

/** What was counted in one round of ballots (rulebook R2-51). */
export interface RoundInputs {
	/** Round in its order, from 1. */
	number: number;
	/** Voting members present at that moment. */
	present: number;
	issued: number;
	returned: number;
	/** Blank ballots: abstentions (R2-52). */
	blank: number;
	/** Unclear, or with additions. */
	invalid: number;
	/** Single candidates may be voted against. */
	against: number;
	votes: { candidate: string; votes: number }[];
}

export interface RoundCheck {
	fits: boolean;
	fault: 'moreReturnedThanIssued' | 'moreIssuedThanPresent' | 'sum' | null;
	/** Returned minus everything that was counted. */
	missing: number;
}

/** Issued ≥ returned = valid (votes, against) + blank + invalid, and nobody gets two ballots. */
export function checkRound(inputs: RoundInputs): RoundCheck {
	const missing = inputs.returned - votesCast(inputs) - inputs.blank - inputs.invalid;
	if (inputs.issued > inputs.present) return { fits: false, fault: 'moreIssuedThanPresent', missing };
	if (inputs.returned > inputs.issued) return { fits: false, fault: 'moreReturnedThanIssued', missing };
	return missing === 0 ? { fits: true, fault: null, missing } : { fits: false, fault: 'sum', missing };
}

export function votesCast({ votes, against }: Pick<RoundInputs, 'votes' | 'against'>): number {
	return votes.reduce((sum, { votes }) => sum + votes, against);
}

export type RoundOutcome =
	/** `needed`: votes that were asked for. */
	| { kind: 'elected'; candidate: string; needed: number }
	/** The next round and who stands in it. */
	| { kind: 'nextRound'; round: ElectionRound; candidates: string[]; needed: number; because: 'missed' | 'tie' }
	/** Who has to draw the lot between them, with a witness. */
	| { kind: 'lot'; between: string[]; needed: number; for: 'election' | 'runOff'; certain: string[] }
	| { kind: 'failed'; because: 'singleCandidate' | 'noVotes' | 'lastRound' | 'noCandidate'; needed: number };

/** Votes that elect in a round. A majority of those *present* counts blank and invalid ballots against everybody. */
export function neededToWin(round: ElectionRound, inputs: Pick<RoundInputs, 'present' | 'votes' | 'against'>): number {
	if (round.win === 'majorityOfPresent') return Math.floor(inputs.present / 2) + 1;
	if (round.win === 'majorityOfVotes') return Math.floor(votesCast(inputs) / 2) + 1;
	return Math.max(1, inputs.votes.length === 1 ? inputs.against + 1 : 1);
}

/** What follows from what was counted, by the rules of the body (R2-50); the screen asks it, too, while the network is away. */
export function outcomeOf({ rounds, singleCandidateOnce }: ElectionRule, inputs: RoundInputs): RoundOutcome {
	const rule = roundRule(rounds, inputs.number);
	const needed = neededToWin(rule, inputs);
	const ranked = [...inputs.votes].sort((a, b) => b.votes - a.votes);
	const [first, second] = ranked;
	if (!first) return { kind: 'failed', because: 'noCandidate', needed };
	const tie = second !== undefined && second.votes === first.votes;
	if (!tie && first.votes >= needed) return { kind: 'elected', candidate: first.candidate, needed };
	if (ranked.length === 1 && singleCandidateOnce) return { kind: 'failed', because: 'singleCandidate', needed };
	const next = rounds[inputs.number];
	if (next) return following(next, ranked, needed, tie);
	if (first.votes === 0) return { kind: 'failed', because: 'noVotes', needed };
	if (tie && (rule.win === 'mostVotes' || ranked.length === 2))
		return { kind: 'lot', between: leaders(ranked), needed, for: 'election', certain: [] };
	return { kind: 'failed', because: 'lastRound', needed };
}

function following(
	round: ElectionRound,
	ranked: { candidate: string; votes: number }[],
	needed: number,
	tie: boolean,
): RoundOutcome {
	const because = tie ? 'tie' : 'missed';
	const all = ranked.map(({ candidate }) => candidate);
	if (round.candidates === 'all' || ranked.length <= 2)
		return { kind: 'nextRound', round, candidates: all, needed, because };
	const bar = ranked[1]!.votes;
	const certain = ranked.filter(({ votes }) => votes > bar).map(({ candidate }) => candidate);
	const atBar = ranked.filter(({ votes }) => votes === bar).map(({ candidate }) => candidate);
	if (certain.length + atBar.length > 2) return { kind: 'lot', between: atBar, needed, for: 'runOff', certain };
	return { kind: 'nextRound', round, candidates: [...certain, ...atBar], needed, because };
}

function leaders(ranked: { candidate: string; votes: number }[]): string[] {
	return ranked.filter(({ votes }) => votes === ranked[0]!.votes).map(({ candidate }) => candidate);
}

/** The rule of a round by its number; rounds after the last one follow the last. */
export function roundRule(rounds: readonly ElectionRound[], number: number): ElectionRound {
	return rounds[Math.min(number, rounds.length) - 1]!;
}

/** Who stands in the round after this outcome; the lot's winner is asked for where a lot decides. */
export function standingAfter(outcome: RoundOutcome, winner?: string): string[] | undefined {
	if (outcome.kind === 'nextRound') return outcome.candidates;
	if (outcome.kind === 'lot' && outcome.for === 'runOff' && winner) return [...outcome.certain, winner];
	return undefined;
}
