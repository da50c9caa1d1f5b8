import { z } from 'zod';

/**
 * What a town's law says about a body, as dated data (rulebook 0.1): every result keeps the profile it was computed
 * under. Parts that an older profile does not have yet take the values of the free council.
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

export const NoticeRule = z.object({
	/** Length of the notice period in days (R2-04); 0: none is asked for. */
	days: z.int().min(0).max(60),
	/** `fullDaysBetween`: neither the day of receipt nor that of the session counts; `sameWeekday`: session day minus days. */
	counting: z.enum(['fullDaysBetween', 'sameWeekday']),
	/** A matter that can't wait may be convened for without the period, with a reason (R2-05). */
	urgentShortNotice: z.boolean(),
});
export type NoticeRule = z.infer<typeof NoticeRule>;

/** `simple`: more yes than no; the others: at least (`absolute`: more than) a part of those present or of all seats. */
export const MajorityKind = z.enum(['simple', 'absolute', 'twoThirds', 'fourFifths']);
export type MajorityKind = z.infer<typeof MajorityKind>;
export const MajorityRule = z.object({
	kind: MajorityKind,
	/** Of what a part is asked for; a simple majority compares yes with no alone (R2-45). */
	of: z.enum(['votesCast', 'present', 'seats']),
});
export type MajorityRule = z.infer<typeof MajorityRule>;

export const VotingRule = z.object({
	standard: MajorityRule,
	/** Adding an urgent item in the session (R2-40). */
	urgentItem: MajorityRule,
	/** How many voting members present must ask for a vote by name, or a secret one: a number of people, 1 = one is enough. */
	rollCallAskers: z.int().min(1),
	secretAskers: z.int().min(1),
	/** `einstimmig` may be said although some abstained (R2-47). */
	unanimousWithAbstentions: z.boolean(),
});
export type VotingRule = z.infer<typeof VotingRule>;

/** Rounds of an election in their order (R2-50); a tie in the last one is settled by lot. */
export const ElectionRound = z.object({
	win: z.enum(['majorityOfPresent', 'majorityOfVotes', 'mostVotes']),
	/** `topTwo`: a run-off between the two with most votes. */
	candidates: z.enum(['all', 'topTwo']),
});
export type ElectionRound = z.infer<typeof ElectionRound>;
export const ElectionRule = z.object({
	secretDefault: z.boolean(),
	openIfNobodyObjects: z.boolean(),
	rounds: z.array(ElectionRound).min(1).max(4),
	/** A single candidate who fails in the first round stands in no other (LSA § 56). */
	singleCandidateOnce: z.boolean(),
	/** Who leads until a chair is elected (R2-51). */
	ledBy: z.enum(['oldest', 'outgoingChair', 'mayor']),
});
export type ElectionRule = z.infer<typeof ElectionRule>;

export const WrittenRule = z.object({
	mode: z.enum(['off', 'silentUnlessObjection', 'consentQuorum']),
	/** Numerator and denominator of the members who must consent to the procedure (4/5 in emergencies, R2-53). */
	consent: z.tuple([z.int(), z.int()]),
	days: z.int().min(1).max(60),
});
export type WrittenRule = z.infer<typeof WrittenRule>;

export const RemoteRule = z.object({
	mode: z.enum(['off', 'emergencyOnly', 'hybrid', 'video']),
	electionsAllowed: z.boolean(),
});

export const MinutesRule = z.object({
	/** Days until the minutes should exist, at the latest by the next session (R2-62). */
	dueDays: z.int().min(1).max(365),
	/** Who signs, in their order; one alone where the house certifies only (R2-63). */
	signers: z.array(z.enum(['chair', 'minuteTaker', 'office', 'member'])).min(1),
	/** May they be published before the body has approved them (R2-64)? */
	preliminaryPublication: z.boolean(),
});

export const MembershipRule = z.object({
	/** `untilNewBodyConstituted`: R1-13; `councilTerm`: ends with the council's term. */
	end: z.enum(['untilNewBodyConstituted', 'councilTerm']),
	/** What becomes of a delegate who leaves the council, and of one who leaves the group (R1-16). */
	mandateLost: z.enum(['ends', 'staysUntilConstitution', 'stays']),
	groupLeft: z.enum(['groupMayReplace', 'ends', 'stays']),
});

/** Unexcused absences, never an automatic exclusion (R1-18). Threshold 0: the body counts none. */
export const AttendanceRule = z.object({
	unexcused: z.int().min(0),
	withinMonths: z.int().min(1),
	consequence: z.enum(['reminder', 'hearing', 'recallProposal']),
});

/** Who may demand that the body be convened (rulebook R2-02). */
export const ConveningRule = z.object({
	/** Numerator and denominator of the members who must ask. */
	share: z.tuple([z.int().min(1), z.int().min(1)]),
	/** After so many months without a session one member is enough; 0: never. */
	singleAfterMonths: z.int().min(0).max(60),
});
export type ConveningRule = z.infer<typeof ConveningRule>;

export const Rules = z.object({
	quorum: QuorumRule,
	notice: NoticeRule.default({ days: 7, counting: 'fullDaysBetween', urgentShortNotice: true }),
	voting: VotingRule.default({
		standard: { kind: 'simple', of: 'votesCast' },
		urgentItem: { kind: 'twoThirds', of: 'present' },
		rollCallAskers: 1,
		secretAskers: 1,
		unanimousWithAbstentions: true,
	}),
	election: ElectionRule.default({
		secretDefault: true,
		openIfNobodyObjects: true,
		rounds: [
			{ win: 'majorityOfPresent', candidates: 'all' },
			{ win: 'mostVotes', candidates: 'all' },
		],
		singleCandidateOnce: true,
		ledBy: 'oldest',
	}),
	written: WrittenRule.default({ mode: 'silentUnlessObjection', consent: [4, 5], days: 7 }),
	remote: RemoteRule.default({ mode: 'off', electionsAllowed: false }),
	minutes: MinutesRule.default({ dueDays: 30, signers: ['chair', 'minuteTaker'], preliminaryPublication: true }),
	membership: MembershipRule.default({
		end: 'untilNewBodyConstituted',
		mandateLost: 'staysUntilConstitution',
		groupLeft: 'groupMayReplace',
	}),
	convening: ConveningRule.default({ share: [1, 4], singleAfterMonths: 3 }),
	attendance: AttendanceRule.default({ unexcused: 0, withinMonths: 12, consequence: 'reminder' }),
	/** Electing the chair makes the same person commissioner for the same time (R1-10). */
	chairIsCommissioner: z.boolean().default(false),
	/** `closed`: bodies of civil society meet among themselves and announce nothing (GRE-25). */
	publicness: z.enum(['public', 'closed']).default('public'),
	/** An agenda may be set in the session, without earlier publication (SIT-21). */
	agendaInSession: z.boolean().default(false),
});
export type Rules = z.infer<typeof Rules>;
/** A profile as somebody writes it down: what is left out takes its default. */
export type RulesInput = z.input<typeof Rules>;

export const Citation = z.object({ rule: z.string(), text: z.string(), url: z.string().nullable().default(null) });
export type Citation = z.infer<typeof Citation>;

export interface Profile {
	id: string;
	name: string;
	fromDate: string;
	untilDate: string | null;
	rules: Rules;
	citations: Citation[];
	/** The statute behind it, where it was named. */
	statuteTitle?: string;
	statuteUrl?: string | null;
}

/** The profile in force on a day; intervals are half-open. Undefined when no profile covers the day. */
export function profileOn(profiles: readonly Profile[], day: string): Profile | undefined {
	return profiles.find((p) => p.fromDate <= day && (p.untilDate === null || day < p.untilDate));
}

/** Sources of one rule, as a stored finding keeps them. */
export function citationsOf(profile: Profile, rule: string): { text: string; url: string | null }[] {
	return profile.citations.filter((c) => c.rule === rule).map(({ text, url }) => ({ text, url }));
}
