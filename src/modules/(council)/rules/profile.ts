import { z } from 'zod';

/**
 * What a town's law says about a body, as dated data (rulebook 0.1): every result keeps the profile it was computed
 * under. Parts are added here with the first room that applies them.
 */
export const QuorumRule = z.object({
	/** `moreThanHalf`: floor(n/2)+1 (KVG LSA § 55 (1)); `half`: at least n/2; `third`: at least n/3. */
	rule: z.enum(['moreThanHalf', 'half', 'third']),
	/** What n is: seats that are filled, or seats that the statute provides (rulebook R2-22). */
	base: z.enum(['actualVotingMembers', 'statutoryVotingMembers']),
	/** Once stated, quorum is presumed until a voting member challenges it (R2-23). */
	presumedUntilChallenged: z.boolean(),
	/** After a lack of quorum, a second convening with the sentence makes the body quorate in any number (R2-25). */
	secondConvening: z.boolean(),
});
export type QuorumRule = z.infer<typeof QuorumRule>;

export const Rules = z.object({ quorum: QuorumRule });
export type Rules = z.infer<typeof Rules>;

export const Citation = z.object({ rule: z.string(), text: z.string(), url: z.string().nullable().default(null) });
export type Citation = z.infer<typeof Citation>;

export interface Profile {
	id: string;
	name: string;
	fromDate: string;
	untilDate: string | null;
	rules: Rules;
	citations: Citation[];
}

export interface Preset {
	key: string;
	name: string;
	rules: Rules;
	citations: Citation[];
}

const lsa: QuorumRule = {
	rule: 'moreThanHalf',
	base: 'actualVotingMembers',
	presumedUntilChallenged: true,
	secondConvening: true,
};
const statutory: QuorumRule = { ...lsa, base: 'statutoryVotingMembers' };
const plain: QuorumRule = { ...lsa, presumedUntilChallenged: false, secondConvening: false };

const cite = (text: string): Citation[] => [{ rule: 'quorum', text, url: null }];

/**
 * The shipped profiles (rulebook 0.1, quorum part). A town takes one as a start and replaces its citations by those of
 * its own statute; what the rulebook tags as uncertain (the base of n) stays a value that can be changed.
 */
export const PRESETS: readonly Preset[] = [
	{
		key: 'st-beirat-2019',
		name: 'Beirat in Sachsen-Anhalt (Satzung 2019)',
		rules: { quorum: lsa },
		citations: cite('§ 55 Abs. 1 KVG LSA, entsprechend'),
	},
	{
		key: 'st-beirat-2024',
		name: 'Beirat in Sachsen-Anhalt (Satzung 2024)',
		rules: { quorum: lsa },
		citations: cite('§ 55 Abs. 1 KVG LSA, entsprechend'),
	},
	{
		key: 'nrw-27go',
		name: 'Integrationsrat in Nordrhein-Westfalen',
		rules: { quorum: statutory },
		citations: cite('§ 27 i. V. m. § 49 GO NRW'),
	},
	{
		key: 'he-auslaenderbeirat',
		name: 'Ausländerbeirat in Hessen',
		rules: { quorum: statutory },
		citations: cite('§ 87 i. V. m. § 53 HGO'),
	},
	{
		key: 'rp-beirat',
		name: 'Beirat für Migration und Integration in Rheinland-Pfalz',
		rules: { quorum: statutory },
		citations: cite('§ 56 i. V. m. § 39 GemO RP'),
	},
	{ key: 'free-beirat', name: 'Freiwilliger Beirat', rules: { quorum: lsa }, citations: [] },
	{ key: 'round-table', name: 'Runder Tisch', rules: { quorum: plain }, citations: [] },
	{ key: 'working-group', name: 'Arbeitsgruppe', rules: { quorum: { ...plain, rule: 'third' } }, citations: [] },
];

/** The profile in force on a day; intervals are half-open. Undefined when no profile covers the day. */
export function profileOn(profiles: readonly Profile[], day: string): Profile | undefined {
	return profiles.find((p) => p.fromDate <= day && (p.untilDate === null || day < p.untilDate));
}
