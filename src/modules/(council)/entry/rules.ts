import type { Profile } from '../rules/profile.ts';
import { citationsOf } from '../rules/profile.ts';
import { neededFor } from '../rules/quorum.ts';

/** What an applicant confirms, in the words of the town's statute. */
export interface Declaration {
	key: string;
	text: string;
	citation: string;
}

/** Declarations nobody has confirmed yet. An application with one of them is not formally in order (GRE-18). */
export function missingDeclarations(
	asked: readonly Declaration[],
	confirmed: Readonly<Record<string, string>>,
): Declaration[] {
	return asked.filter(({ key }) => !confirmed[key]);
}

export type ApplicationState = 'received' | 'checked' | 'proposed' | 'appointed' | 'declined' | 'withdrawn';

const NEXT: Record<ApplicationState, readonly ApplicationState[]> = {
	received: ['checked', 'declined', 'withdrawn'],
	checked: ['proposed', 'declined', 'withdrawn'],
	proposed: ['appointed', 'declined', 'withdrawn'],
	appointed: [],
	declined: [],
	withdrawn: [],
};

/** The states an application may go to from where it is; an ended one goes nowhere. */
export function nextStates(state: ApplicationState): readonly ApplicationState[] {
	return NEXT[state];
}

/** A step of a new term: `weeks` after the election of the town council. */
export interface PlannedStep {
	key: string;
	weeks: number;
}

/**
 * From the election of the town council to the constituting session. The distances follow a council of 2019: election at
 * the end of May, members appointed in October, constituted at the end of November (rulebook R1-13). Each date can be changed.
 */
export const TERM_PLAN: readonly PlannedStep[] = [
	{ key: 'groups', weeks: 4 },
	{ key: 'call', weeks: 6 },
	{ key: 'callEnds', weeks: 12 },
	{ key: 'check', weeks: 14 },
	{ key: 'delegates', weeks: 16 },
	{ key: 'appointment', weeks: 20 },
	{ key: 'workshop', weeks: 22 },
	{ key: 'duties', weeks: 24 },
	{ key: 'invitation', weeks: 24 },
	{ key: 'constitution', weeks: 26 },
];

/** The plan's steps with their days, in order. */
export function termPlan(electedOn: Temporal.PlainDate): { key: string; due: Temporal.PlainDate }[] {
	return TERM_PLAN.map(({ key, weeks }) => ({ key, due: electedOn.add({ weeks }) }));
}

export interface AbsenceFinding {
	profileId: string;
	profileName: string;
	rule: Profile['rules']['attendance'];
	citations: { text: string; url: string | null }[];
	/** ISO days of the unexcused absences in the window, oldest first. */
	days: string[];
	reached: boolean;
}

/**
 * Unexcused absences in the months before (and on) a day, held against the body's rule (R1-18). It only says that the number
 * is reached: what follows is for people to decide. A threshold of 0 counts nothing.
 */
export function findAbsences(profile: Profile, unexcused: readonly string[], on: Temporal.PlainDate): AbsenceFinding {
	const rule = profile.rules.attendance;
	const from = on.subtract({ months: rule.withinMonths }).toString();
	const days = unexcused.filter((day) => day > from && day <= on.toString()).sort();
	return {
		profileId: profile.id,
		profileName: profile.name,
		rule,
		citations: citationsOf(profile, 'attendance'),
		days,
		reached: rule.unexcused > 0 && days.length >= rule.unexcused,
	};
}

export interface Strength {
	statutory: number;
	filled: number;
	needed: number;
	/** How many voting members may stay away before the body can't decide any more; negative: it can't even with all. */
	spare: number;
	risk: 'none' | 'near' | 'lost';
}

/** Two members above the number that all seats would ask for: two evenings of flu, and nothing can be decided. */
const NEAR = 2;

/**
 * How far a body is from being unable to decide (GRE-21). The warning goes by the number that all seats would ask for: where
 * the base shrinks with each vacancy, quorum alone would never tell that hardly anybody is left.
 */
export function strengthOf({ rules }: Pick<Profile, 'rules'>, seats: { statutory: number; filled: number }): Strength {
	const { rule, base } = rules.quorum;
	const needed = neededFor(rule, base === 'actualVotingMembers' ? seats.filled : seats.statutory);
	const spare = seats.filled - needed;
	const near = seats.filled < seats.statutory && seats.filled - neededFor(rule, seats.statutory) <= NEAR;
	const risk = spare < 0 || seats.filled === 0 ? 'lost' : near ? 'near' : 'none';
	return { ...seats, needed, spare, risk };
}
