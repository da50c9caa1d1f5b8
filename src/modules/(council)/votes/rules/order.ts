export type MotionKind = 'procedural' | 'main' | 'amendment';

/** A motion as the order of voting needs it. */
export interface OrderedMotion {
	id: string;
	kind: MotionKind;
	/** The main motion that an amendment would change. */
	amendsId: string | null;
	/** How far it reaches, as the chair ranked it: 1 goes farthest. Motions of one rank keep the order they came in. */
	reach: number;
	/** Order in which they were put. */
	position: number;
	state: MotionState;
}
export type MotionState = 'open' | 'adopted' | 'rejected' | 'withdrawn' | 'settled';

const FIRST: Record<MotionKind, number> = { procedural: 0, amendment: 1, main: 2 };

/**
 * The order of voting (rulebook R2-48): procedural motions first, the most far-reaching motion first, the amendments of a
 * main motion right before it. Main motions are ordered by reach; each brings its amendments along.
 */
export function votingOrder<M extends OrderedMotion>(motions: readonly M[]): M[] {
	const byId = new Map(motions.map((motion) => [motion.id, motion]));
	const headOf = (motion: M): M => (motion.amendsId && byId.get(motion.amendsId)) || motion;
	return [...motions].sort((a, b) => {
		const procedural = Number(b.kind === 'procedural') - Number(a.kind === 'procedural');
		if (procedural) return procedural;
		const [headA, headB] = [headOf(a), headOf(b)];
		if (headA.id !== headB.id) return farther(headA, headB);
		return FIRST[a.kind] - FIRST[b.kind] || farther(a, b);
	});
}

function farther(a: OrderedMotion, b: OrderedMotion): number {
	return a.reach - b.reach || a.position - b.position || (a.id < b.id ? -1 : 1);
}

/** Motions that must be voted on before this one; empty when it is its turn. */
export function before<M extends OrderedMotion>(motions: readonly M[], id: string): M[] {
	const order = votingOrder(motions);
	const at = order.findIndex((motion) => motion.id === id);
	return order.slice(0, Math.max(0, at)).filter((motion) => motion.state === 'open');
}

/**
 * What becomes of the others once a motion is decided: an adopted main motion settles the main motions behind it, because
 * they speak of the same thing and reach less far; a main motion decided either way leaves its open amendments without object.
 */
export function settledBy<M extends OrderedMotion>(motions: readonly M[], id: string, adopted: boolean): M[] {
	const decided = motions.find((motion) => motion.id === id);
	if (decided?.kind !== 'main') return [];
	return motions.filter((motion) => {
		if (motion.id === id || motion.state !== 'open') return false;
		if (motion.amendsId === id) return true;
		const alternative = motion.kind === 'main' || (motion.kind === 'amendment' && motion.amendsId !== null);
		return adopted && alternative;
	});
}

/** The text to vote on at last, or null while amendments were adopted and nobody wrote it down yet. */
export function finalText(
	main: { text: string; amendedText: string | null },
	adoptedAmendments: number,
): string | null {
	if (adoptedAmendments === 0) return main.text;
	return main.amendedText;
}
