/** What decides whether a session that was convened wrongly may go on. */
export interface ConveningFacts {
	/** The period was kept, or short notice was allowed and a reason given. */
	noticeOk: boolean;
	/** Everybody entitled was invited. */
	allInvited: boolean;
	/** Ids of all voting members, of those who are there, and of those wrongly invited who object. */
	votingMembers: readonly string[];
	present: readonly string[];
	objecting: readonly string[];
	/** Items whose papers were missing, with the objection limited to them. */
	itemsWithoutPapers?: readonly { itemId: string; objected: boolean }[];
}

export interface ConveningState {
	/** `proper`: nothing was wrong; `healed`: it was, but no longer matters; `defective`: no resolution may be taken. */
	state: 'proper' | 'healed' | 'defective';
	/** Items that count as removed from the agenda (rulebook R2-06). */
	removedItems: string[];
	missing: string[];
}

/**
 * Effect of a convening defect: it heals if all voting members are there and none of them objects. If only papers were
 * missing, the objection is limited to the items concerned, which then count as removed from the agenda (rulebook R2-06,
 * § 55 KVG LSA).
 */
export function conveningState(facts: ConveningFacts): ConveningState {
	const removedItems = (facts.itemsWithoutPapers ?? []).filter(({ objected }) => objected).map(({ itemId }) => itemId);
	if (facts.noticeOk && facts.allInvited) return { state: 'proper', removedItems, missing: [] };
	const present = new Set(facts.present);
	const missing = facts.votingMembers.filter((id) => !present.has(id));
	const objects = facts.objecting.some((id) => facts.votingMembers.includes(id));
	return { state: missing.length === 0 && !objects ? 'healed' : 'defective', removedItems, missing };
}
