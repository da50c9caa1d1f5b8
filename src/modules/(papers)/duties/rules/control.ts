/** The control of resolutions after the model of quarterly lists (rulebook R3-24). Pure. */

export const STATES = ['inProgress', 'deadline', 'recurring', 'done', 'notFeasible'] as const;
export type ControlState = (typeof STATES)[number];

/** What somebody reports on a resolution. */
export interface Standing {
	state: ControlState;
	note: string;
	due: string;
	delayReason: string;
	departmentId: string;
}

export type Needed = 'note' | 'due' | 'delayReason' | 'departmentId';

const NEEDS: Record<ControlState, Needed[]> = {
	// with date and responsible office
	inProgress: ['due', 'departmentId'],
	// a new date, and why it takes longer
	deadline: ['due', 'delayReason', 'departmentId'],
	// with the next date
	recurring: ['due'],
	// with a note on what was done; why it can't be
	done: ['note'],
	notFeasible: ['note'],
};

/** What a report lacks, in the order of the form. */
export function missingIn(standing: Standing): Needed[] {
	return NEEDS[standing.state].filter((field) => !standing[field].trim());
}

/** What does not belong to a state is left away: a date of something done would still remind. */
export function tidied(standing: Standing): Standing {
	const { state } = standing;
	const over = isOver(state);
	return {
		...standing,
		due: over ? '' : standing.due,
		delayReason: state === 'deadline' ? standing.delayReason : '',
	};
}

/** Done, or not to be done: it is off the list as soon as the body has noted it. */
export function isOver(state: string): boolean {
	return state === 'done' || state === 'notFeasible';
}

export interface Quarter {
	year: number;
	quarter: 1 | 2 | 3 | 4;
}

export function quarterOf(day: Temporal.PlainDate): Quarter {
	return { year: day.year, quarter: Math.ceil(day.month / 3) as Quarter['quarter'] };
}

/** Reads "2026-4". @returns null for anything else */
export function readQuarter(text: string | null): Quarter | null {
	const match = /^(\d{4})-([1-4])$/.exec(text ?? '');
	return match ? { year: Number(match[1]), quarter: Number(match[2]) as Quarter['quarter'] } : null;
}

export const writeQuarter = ({ year, quarter }: Quarter): string => `${year}-${quarter}`;

/** First and last day. */
export function spanOf({ year, quarter }: Quarter): { first: Temporal.PlainDate; last: Temporal.PlainDate } {
	const first = Temporal.PlainDate.from({ year, month: quarter * 3 - 2, day: 1 });
	return { first, last: first.add({ months: 3 }).subtract({ days: 1 }) };
}

/** The quarter so many later (earlier if negative). */
export function quarterAfter(from: Quarter, count: number): Quarter {
	return quarterOf(spanOf(from).first.add({ months: 3 * count }));
}
