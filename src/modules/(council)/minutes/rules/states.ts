/**
 * The life of minutes as a pure machine (rulebook R2-64): draft → internalReview → signed → published (preliminary) →
 * approved → archived. A correction never goes back: it adds a version to minutes that stay where they are.
 */
export const STATES = ['draft', 'internalReview', 'signed', 'published', 'approved', 'archived'] as const;
export type MinutesState = (typeof STATES)[number];

export type Act = 'sendToReview' | 'backToDraft' | 'sign' | 'publish' | 'withdraw' | 'approve' | 'correct' | 'archive';

/** What the acts depend on; all of it is read from the records at the moment of the act. */
export interface Standing {
	state: MinutesState;
	/** Rows of attendance that nobody has settled yet (R1-19). */
	unknownAttendance: number;
	/** Has the session ended? Minutes of a running one grow, but are not reviewed. */
	held: boolean;
	/** A record taken over from paper: its original counts, nobody signs here. */
	takenOver: boolean;
	/** Roles that still have to sign, after the act of signing itself. */
	signaturesMissing: number;
	/** May they be published before the body has approved them? */
	preliminaryPublication: boolean;
	/** Parts (public, closed) that the body has not approved yet, after the act itself. */
	partsUnapproved: number;
	openObjections: number;
	/** A bare reason: corrections, and taking back from the public, are never silent. */
	reason: string;
	/** Has the public been given them, and not been taken them from since? */
	shown: boolean;
}

export type Refusal =
	| 'wrongState'
	| 'notHeld'
	| 'takenOver'
	| 'unknownAttendance'
	| 'notBeforeApproval'
	| 'openObjections'
	| 'reasonMissing'
	| 'notShown'
	| 'alreadyShown';

export type Outcome = { state: MinutesState } | { refused: Refusal };

/** From a signature on, the content is fixed: changes are corrections with a version of their own. */
export function isFixed(state: MinutesState): boolean {
	return STATES.indexOf(state) >= STATES.indexOf('signed');
}

/** What an act makes of minutes, or why it may not be done now. Pure; the caller checks permission. */
export function after(act: Act, now: Standing): Outcome {
	const { state } = now;
	const wrong: Outcome = { refused: 'wrongState' };
	if (now.takenOver) return { refused: 'takenOver' };
	switch (act) {
		case 'sendToReview':
			if (state !== 'draft') return wrong;
			return now.held ? { state: 'internalReview' } : { refused: 'notHeld' };
		case 'backToDraft':
			return state === 'internalReview' ? { state: 'draft' } : wrong;
		case 'sign':
			if (state !== 'internalReview' && !isFixed(state)) return wrong;
			if (now.unknownAttendance > 0) return { refused: 'unknownAttendance' };
			// A correction of fixed minutes is signed as well; they stay where they are.
			if (isFixed(state)) return { state };
			return { state: now.signaturesMissing > 0 ? 'internalReview' : 'signed' };
		case 'publish':
			return publish(now);
		case 'withdraw':
			if (!now.shown) return { refused: 'notShown' };
			return now.reason.trim() ? { state } : { refused: 'reasonMissing' };
		case 'approve':
			if (state !== 'signed' && state !== 'published') return wrong;
			if (now.openObjections > 0) return { refused: 'openObjections' };
			return { state: now.partsUnapproved > 0 ? state : 'approved' };
		case 'correct':
			if (!isFixed(state)) return wrong;
			return now.reason.trim() ? { state } : { refused: 'reasonMissing' };
		case 'archive':
			return state === 'approved' || state === 'archived' ? { state: 'archived' } : wrong;
	}
}

function publish(now: Standing): Outcome {
	if (!isFixed(now.state)) return { refused: 'wrongState' };
	if (now.shown) return { refused: 'alreadyShown' };
	if (now.state !== 'signed') return { state: now.state };
	return now.preliminaryPublication ? { state: 'published' } : { refused: 'notBeforeApproval' };
}
