import { Rules, type Citation, type QuorumRule, type RulesInput } from './profile.ts';

/** Seats that a preset proposes when a body is made; a town changes them as its statute says. */
export interface PresetSeats {
	kind: 'delegated' | 'resident' | 'organisation' | 'exOfficio' | 'advisory';
	count: number;
	voting: boolean;
	substitutes: 'none' | 'named' | 'anyOfGroup';
	successors: 'none' | 'rankedList';
}

export interface Preset {
	key: string;
	name: string;
	rules: Rules;
	citations: Citation[];
	seats: PresetSeats[];
}

const lsa: QuorumRule = {
	rule: 'moreThanHalf',
	base: 'actualVotingMembers',
	presumedUntilChallenged: true,
	secondConvening: true,
};
const statutory: QuorumRule = { ...lsa, base: 'statutoryVotingMembers' };
const plain: QuorumRule = { ...lsa, presumedUntilChallenged: false, secondConvening: false };
const anyLength = { days: 0, counting: 'sameWeekday', urgentShortNotice: true } as const;

const delegated = (count: number): PresetSeats => ({
	kind: 'delegated',
	count,
	voting: true,
	substitutes: 'anyOfGroup',
	successors: 'none',
});
const residents = (count: number): PresetSeats => ({
	kind: 'resident',
	count,
	voting: true,
	substitutes: 'none',
	successors: 'rankedList',
});
const office: PresetSeats = { kind: 'exOfficio', count: 1, voting: false, substitutes: 'none', successors: 'none' };
const organisations = (count: number): PresetSeats => ({
	kind: 'organisation',
	count,
	voting: true,
	substitutes: 'named',
	successors: 'none',
});

const cite = (rule: string, text: string): Citation => ({ rule, text, url: null });
const lsaSources = [
	cite('quorum', '§ 55 Abs. 1 KVG LSA, entsprechend'),
	cite('notice', '§ 53 Abs. 4 KVG LSA, entsprechend'),
	cite('voting', '§ 56 Abs. 2 KVG LSA, entsprechend'),
	cite('election', '§ 56 Abs. 3 und 4 KVG LSA, entsprechend'),
	cite('written', '§ 54 KVG LSA, entsprechend'),
	cite('remote', '§ 56a KVG LSA, entsprechend'),
	cite('minutes', '§ 58 KVG LSA, entsprechend'),
	cite('publicness', '§ 52 KVG LSA, entsprechend'),
	cite('bias', '§ 33 KVG LSA'),
];

const preset = (key: string, name: string, rules: RulesInput, citations: Citation[], seats: PresetSeats[]): Preset => ({
	key,
	name,
	rules: Rules.parse(rules),
	citations,
	seats,
});

/**
 * The shipped profiles (rulebook 0.1). A town takes one as a start and replaces its citations by those of its own statute;
 * what the rulebook tags as uncertain (the base of n, lengths of periods) stays a value that can be changed.
 */
export const PRESETS: readonly Preset[] = [
	preset(
		'st-beirat-2019',
		'Beirat in Sachsen-Anhalt (Satzung 2019)',
		{ quorum: lsa, chairIsCommissioner: true },
		lsaSources,
		[delegated(7), residents(8), office],
	),
	preset('st-beirat-2024', 'Beirat in Sachsen-Anhalt (Satzung 2024)', { quorum: lsa }, lsaSources, [
		delegated(7),
		residents(13),
		office,
	]),
	preset(
		'nrw-27go',
		'Integrationsrat in Nordrhein-Westfalen',
		{ quorum: statutory, membership: { end: 'untilNewBodyConstituted', mandateLost: 'ends', groupLeft: 'stays' } },
		[cite('quorum', '§ 27 i. V. m. § 49 GO NRW'), cite('membership', '§ 27 GO NRW')],
		[residents(14), delegated(7)],
	),
	preset(
		'he-auslaenderbeirat',
		'Ausländerbeirat in Hessen',
		{ quorum: statutory },
		[cite('quorum', '§ 87 i. V. m. § 53 HGO')],
		[residents(15)],
	),
	preset(
		'rp-beirat',
		'Beirat für Migration und Integration in Rheinland-Pfalz',
		{
			quorum: statutory,
			election: {
				secretDefault: true,
				openIfNobodyObjects: false,
				rounds: [
					{ win: 'majorityOfVotes', candidates: 'all' },
					{ win: 'majorityOfVotes', candidates: 'all' },
					{ win: 'mostVotes', candidates: 'topTwo' },
				],
				singleCandidateOnce: false,
				ledBy: 'mayor',
			},
		},
		[
			cite('quorum', '§ 56 i. V. m. § 39 GemO RP'),
			cite('voting', '§ 56 i. V. m. § 40 GemO RP'),
			cite('election', '§ 56 i. V. m. § 40 GemO RP'),
		],
		[residents(10), delegated(5)],
	),
	preset('free-beirat', 'Freiwilliger Beirat', { quorum: lsa }, [], [delegated(5), residents(8)]),
	preset(
		'round-table',
		'Runder Tisch',
		{
			quorum: plain,
			notice: anyLength,
			remote: { mode: 'hybrid', electionsAllowed: false },
			publicness: 'closed',
			agendaInSession: true,
			minutes: { dueDays: 30, signers: ['office'], preliminaryPublication: false },
		},
		[],
		[organisations(12)],
	),
	preset(
		'working-group',
		'Arbeitsgruppe',
		{
			quorum: { ...plain, rule: 'third' },
			notice: anyLength,
			remote: { mode: 'hybrid', electionsAllowed: true },
			publicness: 'closed',
			agendaInSession: true,
			minutes: { dueDays: 30, signers: ['office'], preliminaryPublication: false },
		},
		[],
		[],
	),
];
