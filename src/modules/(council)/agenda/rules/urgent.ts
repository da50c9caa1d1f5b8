import type { MajorityRule } from '../../rules/profile.ts';

/** Figures of the vote on whether an item is urgent. */
export interface UrgentVote {
	yes: number;
	no: number;
	abstain: number;
	/** Voting members who were there, and voting seats of the body. */
	present: number;
	seats: number;
}

/** What was computed when the body changed its agenda in the session; stored with the change. */
export interface AgendaFinding {
	profileId: string;
	/** Missing in records of the first months. */
	profileName?: string;
	rule: MajorityRule;
	inputs: UrgentVote;
	outcome: { reached: boolean; needed?: number };
	citations: { text: string; url: string | null }[];
}

const SHARES: Record<MajorityRule['kind'], [over: number, of: number, more: boolean]> = {
	simple: [1, 2, true],
	absolute: [1, 2, true],
	twoThirds: [2, 3, false],
	fourFifths: [4, 5, false],
};

/**
 * How many yes an urgent item needs under the profile: a simple majority compares yes with no alone, the others ask for
 * a part of what the profile names (rulebook R2-40, R2-45). Whole numbers, so nothing is rounded in between.
 */
export function yesNeeded({ kind, of }: MajorityRule, { yes, no, abstain, present, seats }: UrgentVote): number {
	if (kind === 'simple') return no + 1;
	const base = of === 'votesCast' ? yes + no + abstain : of === 'present' ? present : seats;
	const [over, part, more] = SHARES[kind];
	return more ? Math.floor((base * over) / part) + 1 : Math.ceil((base * over) / part);
}

/** Is the item on the agenda? Nobody present adds nothing. */
export function urgentAdmitted(rule: MajorityRule, vote: UrgentVote): boolean {
	return vote.yes > 0 && vote.yes >= yesNeeded(rule, vote);
}
