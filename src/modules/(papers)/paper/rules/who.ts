/** Who may write and bring in what. Pure. */

/** Roles of the administration, as grants name them. */
const ADMINISTRATION: readonly string[] = [
	'office',
	'department',
	'mayor',
	'commissioner',
	'administrator',
	'officeHolder',
];

/** Does this person, by the roles they hold today, write papers of a type? */
export function mayDraft(writtenBy: 'all' | 'administration', roles: readonly string[]): boolean {
	return writtenBy === 'all' || roles.some((role) => ADMINISTRATION.includes(role));
}
/** What is known of the state of a paper's votes. */
export interface VoteState {
	/** A vote on it has begun in any body, or a deciding station is done. */
	begun: boolean;
}

/**
 * May a paper be withdrawn so (rulebook R3-21)? By those who brought it in until the vote begins; later only by the office,
 * who names whose consent there was.
 */
export function withdrawal(
	state: VoteState,
	by: { originator: boolean; office: boolean },
	consent: string,
): 'allowed' | 'notYours' | 'voteBegun' | 'consentMissing' {
	if (!by.originator && !by.office) return 'notYours';
	if (!state.begun) return 'allowed';
	if (!by.office) return 'voteBegun';
	return consent.trim() ? 'allowed' : 'consentMissing';
}
