import type { Profile } from './profile.ts';

/** One attendance as the count needs it; `seat` groups a principal with whoever substitutes. */
export interface Presence {
	seat: string | null;
	voting: boolean;
	status: 'present' | 'remote' | 'excused' | 'absent' | 'unknown';
	substitute: boolean;
}

export interface QuorumInputs {
	/** Seats with a vote that the statute provides. */
	statutorySeats: number;
	/** Of these, filled on the day. */
	filledSeats: number;
	/** Seats represented by the member, and by a substitute. */
	members: number;
	substitutes: number;
	/** Convened again for the same subject, with the sentence in the invitation (rulebook R2-25). */
	secondConvening: boolean;
}

export interface QuorumOutcome {
	/** The number that the rule is applied to. */
	base: number;
	needed: number;
	present: number;
	quorate: boolean;
	because: 'counted' | 'secondConvening' | 'noVotingMembers';
}

/** A finding as stored: profile, inputs and outcome together, so that the page can explain it for ever. */
export interface QuorumFinding {
	profileId: string;
	profileName: string;
	rule: Profile['rules']['quorum'];
	citations: { text: string; url: string | null }[];
	inputs: QuorumInputs;
	outcome: QuorumOutcome;
}

/**
 * Counts who is there: each seat once, whether its member or a substitute came (GRE-03), people without a vote never
 * (R2-27), blank cells of old lists never. A voting row without a seat counts as a seat of its own.
 */
export function countPresent(rows: readonly Presence[]): { members: number; substitutes: number } {
	const seats = new Map<string, boolean>();
	for (const [index, row] of rows.entries()) {
		if (!row.voting || (row.status !== 'present' && row.status !== 'remote')) continue;
		const seat = row.seat ?? `row ${index}`;
		seats.set(seat, (seats.get(seat) ?? true) && row.substitute);
	}
	const substitutes = [...seats.values()].filter(Boolean).length;
	return { members: seats.size - substitutes, substitutes };
}

/** How many must be there. More than half of 15 are 8, of 14 are 8, of 21 are 11 (never ceil(n/2)). */
export function neededFor(rule: Profile['rules']['quorum']['rule'], base: number): number {
	if (rule === 'moreThanHalf') return Math.floor(base / 2) + 1;
	return Math.ceil(base / (rule === 'half' ? 2 : 3));
}

/**
 * Quorum on a day under a profile (KVG LSA § 55; other states: see the profile's citations).
 * A body without voting seats is never quorate; a second convening is, in any number but zero.
 */
export function findQuorum(profile: Profile, inputs: QuorumInputs): QuorumFinding {
	const rule = profile.rules.quorum;
	const base = rule.base === 'actualVotingMembers' ? inputs.filledSeats : inputs.statutorySeats;
	const needed = neededFor(rule.rule, base);
	const present = inputs.members + inputs.substitutes;
	const again = rule.secondConvening && inputs.secondConvening && present > 0;
	const outcome: QuorumOutcome =
		base === 0
			? { base, needed: 1, present, quorate: false, because: 'noVotingMembers' }
			: {
					base,
					needed,
					present,
					quorate: again || present >= needed,
					because: again && present < needed ? 'secondConvening' : 'counted',
				};
	return {
		profileId: profile.id,
		profileName: profile.name,
		rule,
		citations: profile.citations.filter((c) => c.rule === 'quorum').map(({ text, url }) => ({ text, url })),
		inputs,
		outcome,
	};
}
