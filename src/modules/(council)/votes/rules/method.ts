import type { Profile } from '../../rules/profile.ts';

export type VoteMethod = 'open' | 'rollCall' | 'secret';

export interface Asked {
	/** Voting members who ask for it. */
	rollCall: number;
	secret: number;
}

/**
 * How to vote (rulebook R2-44): open unless enough members ask for names or for secrecy; if both are asked for, secret
 * goes before names. Thresholds are numbers of voting members and stand in the profile.
 */
export function methodFor(profile: Profile, asked: Asked): VoteMethod {
	if (mayAsk(profile, 'secret', asked.secret)) return 'secret';
	if (mayAsk(profile, 'rollCall', asked.rollCall)) return 'rollCall';
	return 'open';
}

/** Did enough members ask for a vote by name, or a secret one? */
export function mayAsk(profile: Profile, method: 'rollCall' | 'secret', askers: number): boolean {
	const { rollCallAskers, secretAskers } = profile.rules.voting;
	return askers >= (method === 'secret' ? secretAskers : rollCallAskers);
}
