import type { QuorumFinding } from '../../rules/quorum.ts';

/** What the record of a session says about its quorum so far, the oldest first. */
export interface FindingInTime {
	occasion: 'opening' | 'vote' | 'challenge' | 'check';
	quorate: boolean;
}

export interface ItemAtVote {
	/** Convened for a second time with the sentence in the invitation (rulebook R2-25). */
	secondConvening: boolean;
	/** Voting members whom the law bars from this item, and how many the body has. */
	barred: number;
	members: number;
	/** Voting members there now. */
	present: number;
}

export interface MayResolve {
	may: boolean;
	because:
		'presumed' | 'counted' | 'secondConvening' | 'biasedMajority' | 'notStated' | 'lack' | 'lackNow' | 'nobodyThere';
}

/**
 * May the body resolve on an item now? The chair states the quorum at the opening; from then on it is presumed, even if
 * people leave, until a voting member challenges it (KVG LSA § 55, rulebook R2-23). A lack found at the opening or after
 * a challenge blocks until a new count finds it again. Items of a second convening are quorate in any number (R2-25), and
 * so is the rest when more than half are barred by law (R2-26). A profile that presumes nothing counts at every vote.
 */
export function mayResolveNow(
	rule: QuorumFinding['rule'],
	findings: readonly FindingInTime[],
	item: ItemAtVote,
	countedNow: boolean,
): MayResolve {
	if (item.present === 0) return { may: false, because: 'nobodyThere' };
	const decisive = findings.findLast(({ occasion }) => occasion !== 'vote');
	if (!decisive) return { may: false, because: 'notStated' };
	if (rule.presumedUntilChallenged && decisive.quorate) return { may: true, because: 'presumed' };
	if (!rule.presumedUntilChallenged && countedNow) return { may: true, because: 'counted' };
	if (rule.secondConvening && item.secondConvening) return { may: true, because: 'secondConvening' };
	if (item.barred * 2 > item.members) return { may: true, because: 'biasedMajority' };
	return { may: false, because: decisive.quorate ? 'lackNow' : 'lack' };
}
