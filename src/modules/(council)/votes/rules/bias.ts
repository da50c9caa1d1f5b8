import { citationsOf, type Profile } from '../../rules/profile.ts';

/** Why the law may bar somebody from advising and deciding (rulebook R2-28, KVG LSA § 33). */
export const BIAS_GROUNDS = [
	'self',
	'spouse',
	'relative',
	'inLaw',
	'represented',
	'expertWork',
	'employee',
	'boardMember',
	'partner',
] as const;
export type BiasGround = (typeof BIAS_GROUNDS)[number];

/** What is often taken for bias and is none (R2-30). */
export const NO_BIAS = ['groupInterest', 'honoraryElection', 'sentByMunicipality'] as const;
export type NoBias = (typeof NO_BIAS)[number];

export interface BiasClaim {
	ground: BiasGround | NoBias;
	/** Results from the decision itself, without further events except its execution (R2-29). */
	direct: boolean;
	/** The item elects somebody to an honorary office. */
	election: boolean;
	/** Sits on the board because the municipality sent them there. */
	sentByMunicipality: boolean;
}

export interface BiasFinding {
	profileId: string;
	citations: { text: string; url: string | null }[];
	inputs: BiasClaim;
	/** `barred`: the law bars the member; `free`: it does not; `bodyDecides`: in doubt the body decides in their absence. */
	outcome: 'barred' | 'free' | 'bodyDecides';
	because: 'ground' | 'groupInterest' | 'honoraryElection' | 'sentByMunicipality' | 'indirect';
}

/**
 * What the rule says to a claim. The program warns and orders, it never judges: an indirect advantage goes to the body, and
 * the body's own decision, taken in absence, goes before this (R2-31, R2-32).
 */
export function findBias(profile: Profile, claim: BiasClaim): BiasFinding {
	const found = (outcome: BiasFinding['outcome'], because: BiasFinding['because']): BiasFinding => ({
		profileId: profile.id,
		citations: citationsOf(profile, 'bias'),
		inputs: claim,
		outcome,
		because,
	});
	if (claim.ground === 'groupInterest') return found('free', 'groupInterest');
	if (claim.election || claim.ground === 'honoraryElection') return found('free', 'honoraryElection');
	if (claim.ground === 'sentByMunicipality' || (claim.ground === 'boardMember' && claim.sentByMunicipality))
		return found('free', 'sentByMunicipality');
	// Work, office and representation bar by themselves; an advantage has to be direct.
	const byRole = ['represented', 'expertWork', 'employee', 'boardMember', 'partner'].includes(claim.ground);
	return byRole || claim.direct ? found('barred', 'ground') : found('bodyDecides', 'indirect');
}

/** A declaration with its decision, as counts need it. */
export interface BiasState {
	seat: string;
	/** Null while nobody decided; the member's own declaration is enough. */
	decided: 'barred' | 'free' | null;
	declaredBySelf: boolean;
	withdrawn: boolean;
}

/** Seats that do not vote on the item: declared by the member, or decided by the body. Each seat once. */
export function barredSeats(states: readonly BiasState[]): Set<string> {
	const barred = states.filter(
		(s) => !s.withdrawn && (s.decided === 'barred' || (s.decided === null && s.declaredBySelf)),
	);
	return new Set(barred.map(({ seat }) => seat));
}

/** More than half of the voting members are barred: quorate regardless of number, with what has to follow (R2-26). */
export function quorateByBias(barred: number, votingMembers: number): boolean {
	return votingMembers > 0 && barred * 2 > votingMembers;
}
