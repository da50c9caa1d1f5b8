import { citationsOf, type Profile } from '../../rules/profile.ts';
import type { DepartureReason } from '../schema.ts';

export type DepartureOutcome = 'ends' | 'staysUntilConstitution' | 'stays';

/** What is known of the terms on a day; ISO days, null where unknown. */
export interface TermFacts {
	/** Last council term ends with this day (the first that no longer belongs to it). */
	councilTermUntil: string | null;
	/** A newer council was elected on this day, and the body for it is not constituted yet. */
	newCouncilElectedOn: string | null;
}

/** What the rules say of a membership, as stored: profile, inputs and outcome together. */
export interface MembershipFinding<Inputs, Outcome> {
	profileId: string | null;
	profileName: string;
	statute: { title: string; url: string | null } | null;
	rule: Profile['rules']['membership'] | null;
	citations: { text: string; url: string | null }[];
	inputs: Inputs;
	outcome: Outcome;
}

type Ruled = Pick<Profile, 'id' | 'name' | 'rules' | 'citations'> &
	Partial<Pick<Profile, 'statuteTitle' | 'statuteUrl'>>;

function finding<Inputs, Outcome>(profile: Ruled | undefined, inputs: Inputs, outcome: Outcome) {
	const title = profile?.statuteTitle ?? '';
	return {
		profileId: profile?.id ?? null,
		profileName: profile?.name ?? '',
		statute: title ? { title, url: profile?.statuteUrl ?? null } : null,
		rule: profile?.rules.membership ?? null,
		citations: profile ? citationsOf(profile as Profile, 'membership') : [],
		inputs,
		outcome,
	};
}

/** True from the day on which the old council's time is over until the new body is constituted (rulebook R1-13). */
export function inContinuation({ councilTermUntil, newCouncilElectedOn }: TermFacts, day: string): boolean {
	return (
		(newCouncilElectedOn !== null && newCouncilElectedOn <= day) ||
		(councilTermUntil !== null && councilTermUntil <= day)
	);
}

export interface DepartureInputs extends TermFacts {
	reason: DepartureReason;
	on: string;
	continuation: boolean;
}

/**
 * Does a membership end when this happens? Leaving for good always ends it. A delegate who loses the mandate stays, by default, only inside
 * the continuation window; one who leaves the group may be replaced by it (rulebook R1-16). Without a profile it ends.
 */
export function decideDeparture(
	profile: Ruled | undefined,
	given: TermFacts & { reason: DepartureReason; on: string },
): MembershipFinding<DepartureInputs, DepartureOutcome> {
	const continuation = inContinuation(given, given.on);
	const inputs: DepartureInputs = { ...given, continuation };
	const rule = profile?.rules.membership;
	if (given.reason === 'mandateLost' && rule) {
		if (rule.mandateLost === 'stays') return finding(profile, inputs, 'stays');
		if (rule.mandateLost === 'staysUntilConstitution' && continuation)
			return finding(profile, inputs, 'staysUntilConstitution');
	}
	if (given.reason === 'leftGroup' && rule && rule.groupLeft !== 'ends') return finding(profile, inputs, 'stays');
	return finding(profile, inputs, 'ends');
}

export type Basis = 'term' | 'continues' | 'beyond';

export interface BasisInputs extends TermFacts {
	day: string;
	/** A delegate's mandate in the council ended on this day. */
	mandateLostOn: string | null;
}

/**
 * On what a running membership rests (GRE-14): the term of the council, its continuation until the new body constitutes
 * itself, or nothing any more, where the rules end memberships with the council's term.
 */
export function basisOf(profile: Ruled | undefined, inputs: BasisInputs): MembershipFinding<BasisInputs, Basis> {
	if (!inContinuation(inputs, inputs.day)) return finding(profile, inputs, 'term');
	return finding(profile, inputs, profile?.rules.membership.end === 'councilTerm' ? 'beyond' : 'continues');
}

/**
 * Memberships with a written end after the council's term (GRE-12). Under either rule that is later than allowed: they end with
 * the term, or stay open and end with the constitution of the next body.
 */
export function beyondTerm<M extends { until: string | null }>(
	memberships: readonly M[],
	{ councilTermUntil }: Pick<TermFacts, 'councilTermUntil'>,
): M[] {
	if (councilTermUntil === null) return [];
	return memberships.filter(({ until }) => until !== null && until > councilTermUntil);
}

/** What a page needs of a finding on one membership, or on all of a body, to explain it; older ones have no statute. */
export interface MembershipWhy {
	profileName: string;
	citations: { text: string; url: string | null }[];
	statute?: { title: string; url: string | null } | null;
	inputs: Partial<BasisInputs> & { rank?: number | null };
}
