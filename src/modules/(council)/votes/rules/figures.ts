/** One vote as counted (rulebook R2-46). "Absent" appears nowhere: who isn't there has no voice to be counted. */
export interface Figures {
	yes: number;
	no: number;
	abstain: number;
	invalid: number;
	/** In the room with a seat, but neither raised a hand nor abstained. */
	presentNotVoting: number;
	/** Barred by law from this item; they left the table (R2-31). */
	biased: number;
}

export const NO_FIGURES: Figures = { yes: 0, no: 0, abstain: 0, invalid: 0, presentNotVoting: 0, biased: 0 };

export interface SumCheck {
	fits: boolean;
	/** Voting members present at that moment, the biased ones among them. */
	present: number;
	counted: number;
	/** Positive: voices are missing; negative: more voices than people. */
	missing: number;
}

/**
 * Does the sum of all voices equal the voting members present at that moment (R2-46)? Those who are biased are present
 * in the room or its audience, so they are part of the sum, never of the votes.
 */
export function checkSum(figures: Figures, present: number): SumCheck {
	const counted = Object.values(countedOf(figures)).reduce((sum, count) => sum + count, 0);
	return { fits: counted === present, present, counted, missing: present - counted };
}

/** Those entitled to vote on this item: present and not barred. */
export function entitled(figures: Figures, present: number): number {
	return Math.max(0, present - figures.biased);
}

/**
 * Completes figures where hands were counted for "no" and "abstain" alone, as chairs do: the rest of those entitled voted
 * yes. Never offered where the no votes and abstentions are more than the entitled.
 */
export function restIsYes(figures: Omit<Figures, 'yes'>, present: number): Figures | null {
	const rest = present - figures.no - figures.abstain - figures.invalid - figures.presentNotVoting - figures.biased;
	return rest < 0 ? null : { ...figures, yes: rest };
}

/**
 * "Einstimmig": nobody voted no, somebody voted yes. Whether it may be said although some abstained is a value of the
 * profile (R2-47).
 */
export function isUnanimous(figures: Pick<Figures, 'yes' | 'no' | 'abstain'>, withAbstentions: boolean): boolean {
	return figures.yes > 0 && figures.no === 0 && (withAbstentions || figures.abstain === 0);
}

function countedOf({ yes, no, abstain, invalid, presentNotVoting, biased }: Figures): Figures {
	return { yes, no, abstain, invalid, presentNotVoting, biased };
}
