import type { MajorityRule } from '../../rules/profile.ts';

/** Figures of an open vote; what was not counted is 0. */
export interface Figures {
	yes: number;
	no: number;
	abstain: number;
	/** Voting members there, and voting seats of the body. */
	present: number;
	seats: number;
}

/**
 * Is a majority of the profile reached (rulebook R2-40, R2-45)? Simple: more yes than no, abstentions count for nobody. The
 * others ask for a part: absolute is more than half, two thirds and four fifths are at least that much.
 */
export function majorityReached({ kind, of }: MajorityRule, figures: Figures): boolean {
	const { yes, no } = figures;
	if (kind === 'simple') return yes > no;
	const whole = of === 'votesCast' ? yes + no : of === 'present' ? figures.present : figures.seats;
	if (kind === 'absolute') return yes * 2 > whole;
	const [numerator, denominator] = kind === 'twoThirds' ? [2, 3] : [4, 5];
	return yes > 0 && yes * denominator >= whole * numerator;
}
