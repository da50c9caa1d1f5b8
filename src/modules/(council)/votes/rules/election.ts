import { citationsOf, type ElectionRound, type Profile } from '../../rules/profile.ts';
import { outcomeOf, roundRule, type RoundInputs, type RoundOutcome } from './round.ts';

export interface RoundFinding {
	profileId: string;
	profileName: string;
	rule: ElectionRound;
	citations: { text: string; url: string | null }[];
	inputs: RoundInputs;
	outcome: RoundOutcome;
}

/**
 * What follows from a counted round (R2-50). Rounds are data of the profile: a majority of those present or of the votes, then
 * most votes, between all or the first two. A tie in the last round, or about who comes into a run-off, is settled by lot.
 */
export function findRound(profile: Profile, inputs: RoundInputs): RoundFinding {
	const { rounds } = profile.rules.election;
	return {
		profileId: profile.id,
		profileName: profile.name,
		rule: roundRule(rounds, inputs.number),
		citations: citationsOf(profile, 'election'),
		inputs,
		outcome: outcomeOf(profile.rules.election, inputs),
	};
}

/** Facts about somebody who would like to be elected, on the day of the election. */
export interface Standing {
	/** Holds a voting membership that is in force. */
	votingMember: boolean;
	/** Appointed, but the body has not constituted itself (R1-14). */
	designated: boolean;
	/** The organisation they come from; null: none was named. */
	organisation: { name: string; hasSeat: boolean } | null;
	consented: boolean;
	withdrawn: boolean;
}

export type MissingStep = 'organisationNotMember' | 'designatedOnly' | 'notAVotingMember' | 'noConsent' | 'withdrawn';

/**
 * What is missing before somebody can stand (R1-09: elected by and from the voting members). An organisation that is no
 * member yet is named first: its admission is the step before everything else (GRE-26).
 */
export function missingSteps(standing: Standing): MissingStep[] {
	const missing: MissingStep[] = [];
	if (standing.withdrawn) missing.push('withdrawn');
	if (!standing.votingMember) {
		if (standing.organisation && !standing.organisation.hasSeat) missing.push('organisationNotMember');
		else missing.push(standing.designated ? 'designatedOnly' : 'notAVotingMember');
	}
	if (!standing.consented) missing.push('noConsent');
	return missing;
}

/** Eligible, whether or not they have said yes. */
export function isEligible(standing: Standing): boolean {
	return missingSteps(standing).every((step) => step === 'noConsent');
}
