import { Rules, type Profile, type RulesInput } from '../../rules/profile.ts';

/** A profile for tests of rules, with one citation for each of them. */
export function profileWith(rules: Partial<RulesInput> = {}): Profile {
	const quorum = {
		rule: 'moreThanHalf',
		base: 'actualVotingMembers',
		presumedUntilChallenged: true,
		secondConvening: true,
	};
	return {
		id: '00000000-0000-7000-8000-000000000001',
		name: 'Satzung',
		fromDate: '2019-11-27',
		untilDate: null,
		rules: Rules.parse({ quorum, ...rules }),
		citations: ['voting', 'election', 'written', 'bias'].map((rule) => ({
			rule,
			text: `Quelle zu ${rule}`,
			url: null,
		})),
	};
}
