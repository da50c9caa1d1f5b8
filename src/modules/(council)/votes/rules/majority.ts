import { citationsOf, type MajorityRule, type Profile } from '../../rules/profile.ts';
import { checkSum, entitled, isUnanimous, type Figures, type SumCheck } from './figures.ts';

export interface MajorityInputs extends Figures {
	/** Voting members present at that moment, the biased ones among them. */
	present: number;
	/** Seats with a vote that the statute provides, filled or not. */
	seats: number;
}

export interface MajorityOutcome {
	adopted: boolean;
	/** How many yes votes were needed; under a simple majority one more than the no votes. */
	needed: number;
	/** The number a part was asked of: votes cast, those entitled, or all seats. */
	base: number;
	because: 'reached' | 'tie' | 'noVotes' | 'missed';
	unanimous: boolean;
	sum: SumCheck;
}

/** A majority as stored: profile, rule, inputs and outcome together explain it for ever. */
export interface MajorityFinding {
	profileId: string;
	profileName: string;
	rule: MajorityRule;
	citations: { text: string; url: string | null }[];
	inputs: MajorityInputs;
	outcome: MajorityOutcome;
}

/**
 * How many yes votes a rule asks for. Abstentions and invalid votes count in no base of votes cast (R2-45); those who are
 * biased reduce the people who may vote, never the seats of the body.
 */
export function neededVotes(rule: MajorityRule, inputs: MajorityInputs): { base: number; needed: number } {
	if (rule.kind === 'simple') return { base: inputs.yes + inputs.no, needed: inputs.no + 1 };
	const base = { votesCast: inputs.yes + inputs.no, present: entitled(inputs, inputs.present), seats: inputs.seats }[
		rule.of
	];
	const [over, under] = { absolute: [1, 2], twoThirds: [2, 3], fourFifths: [4, 5] }[rule.kind] as [number, number];
	// "More than half" is a half plus a vote; two thirds and four fifths are reached exactly.
	const needed = rule.kind === 'absolute' ? Math.floor((base * over) / under) + 1 : Math.ceil((base * over) / under);
	return { base, needed: Math.max(1, needed) };
}

/**
 * The outcome of a vote under a majority rule. A tie is a rejection, and so is a vote in which nobody said yes, however
 * many abstained (0 : 0 : 9).
 */
export function decide(rule: MajorityRule, inputs: MajorityInputs, unanimousWithAbstentions: boolean): MajorityOutcome {
	const { base, needed } = neededVotes(rule, inputs);
	const adopted = inputs.yes >= needed;
	return {
		adopted,
		needed,
		base,
		because: adopted ? 'reached' : because(inputs),
		unanimous: isUnanimous(inputs, unanimousWithAbstentions),
		sum: checkSum(inputs, inputs.present),
	};
}

function because({ yes, no }: MajorityInputs): MajorityOutcome['because'] {
	if (yes === 0 && no === 0) return 'noVotes';
	return yes === no ? 'tie' : 'missed';
}

/** The same under a profile; without a rule of its own a vote follows the profile's standard. */
export function findMajority(
	profile: Profile,
	inputs: MajorityInputs,
	rule: MajorityRule = profile.rules.voting.standard,
): MajorityFinding {
	return {
		profileId: profile.id,
		profileName: profile.name,
		rule,
		citations: citationsOf(profile, 'voting'),
		inputs,
		outcome: decide(rule, inputs, profile.rules.voting.unanimousWithAbstentions),
	};
}
