import type { ConveningRule } from '../rules/profile.ts';

/** How somebody can make a date. */
export const ANSWERS = ['yes', 'ifNeedBe', 'no'] as const;
export type PollAnswer = (typeof ANSWERS)[number];

export interface OptionCount {
	id: string;
	/** ISO instant. */
	startsAt: string;
	yes: number;
	ifNeedBe: number;
	no: number;
}

/**
 * Options of a poll, the best first: most people who can come at all, then most who can come easily, then the soonest.
 * Silence counts for nothing.
 */
export function rankOptions<Option extends OptionCount>(options: readonly Option[]): Option[] {
	return options.toSorted(
		(a, b) =>
			b.yes + b.ifNeedBe - (a.yes + a.ifNeedBe) ||
			b.yes - a.yes ||
			Temporal.Instant.compare(a.startsAt, b.startsAt) ||
			(a.id < b.id ? -1 : 1),
	);
}

/** One session a guest was on the list of. */
export interface GuestTurn {
	/** ISO day. */
	date: string;
	committed: boolean;
	/** Null: nobody noted it. */
	attended: boolean | null;
}

/**
 * Days of the latest sessions that a guest missed one after the other although they had promised to come (scenario SIT-30).
 * A session they came to ends the row; one without a promise or a note says nothing either way.
 * @param turns newest first
 */
export function missedInARow(turns: readonly GuestTurn[]): string[] {
	const missed: string[] = [];
	for (const { date, committed, attended } of turns) {
		if (attended) break;
		if (committed && attended === false) missed.push(date);
	}
	return missed;
}

/** How often a body meets: "every 2nd Wednesday of odd months, 17:00 to 19:00". */
export interface Rhythm {
	/** 1 Monday … 7 Sunday. */
	weekday: number;
	/** 1 to 4: the n-th of the month; 5: the last. */
	week: number;
	/** Months of the year in which it meets, 1 to 12. */
	months: number[];
	/** Local times HH:MM; an empty end is left open. */
	from: string;
	until: string;
	/** What becomes of a day off: the next week, the week before, or no session. */
	onDayOff: 'after' | 'before' | 'skip';
}

export interface DayOff {
	name: string;
	/** ISO days, both belong to it. */
	from: string;
	last: string;
}

export interface ProposedDate {
	/** ISO day. */
	date: string;
	/** The day off that the rhythm's own day fell on, where the session was moved. */
	movedFrom: { date: string; dayOff: string } | null;
}

/**
 * The dates of a year by a rhythm. A date on a day off moves by whole weeks, at most four, and never out of its year; if
 * every week is taken, or the rhythm says so, the month goes without. Dates are ascending and never twice.
 */
export function proposeYear(year: number, rhythm: Rhythm, daysOff: readonly DayOff[]): ProposedDate[] {
	const proposed = new Map<string, ProposedDate>();
	for (const month of rhythm.months.toSorted((a, b) => a - b)) {
		const day = nthWeekday(year, month, rhythm);
		if (!day) continue;
		const off = offOn(day, daysOff);
		if (!off) proposed.set(day.toString(), { date: day.toString(), movedFrom: null });
		else if (rhythm.onDayOff !== 'skip') {
			const moved = movedDay(day, rhythm.onDayOff === 'after' ? 1 : -1, daysOff, proposed);
			if (moved) proposed.set(moved, { date: moved, movedFrom: { date: day.toString(), dayOff: off.name } });
		}
	}
	return [...proposed.values()].toSorted((a, b) => a.date.localeCompare(b.date));
}

function nthWeekday(year: number, month: number, { weekday, week }: Rhythm): Temporal.PlainDate | null {
	const first = Temporal.PlainDate.from({ year, month, day: 1 });
	const inFirstWeek = first.add({ days: (weekday - first.dayOfWeek + 7) % 7 });
	if (week < 5) return inFirstWeek.add({ weeks: week - 1 });
	const fifth = inFirstWeek.add({ weeks: 4 });
	return fifth.month === month ? fifth : inFirstWeek.add({ weeks: 3 });
}

function movedDay(
	day: Temporal.PlainDate,
	step: 1 | -1,
	daysOff: readonly DayOff[],
	taken: ReadonlyMap<string, unknown>,
): string | null {
	for (let weeks = 1; weeks <= 4; weeks++) {
		const other = day.add({ weeks: weeks * step });
		if (other.year === day.year && !offOn(other, daysOff) && !taken.has(other.toString())) return other.toString();
	}
	return null;
}

/** The day off that a day falls on. */
export function offOn(day: Temporal.PlainDate, daysOff: readonly DayOff[]): DayOff | undefined {
	const iso = day.toString();
	return daysOff.find(({ from, last }) => from <= iso && iso <= last);
}

/** What a request to convene is judged by (rulebook R2-02). */
export interface ConveningInputs {
	/** Members with a seat and a vote on the day. */
	members: number;
	supporters: number;
	/** Day of the body's last session, ISO; null if there was none. */
	lastSession: string | null;
	/** ISO day. */
	today: string;
}

export interface ConveningFinding {
	profileId: string | null;
	inputs: ConveningInputs & ConveningRule;
	outcome: { reached: boolean; needed: number; because: 'share' | 'longAgo' | 'missing' };
	citations: { text: string; url: string | null }[];
}

/** Must the body be convened? A share of the members, or one member when the last session is too long ago. */
export function judgeConvening(inputs: ConveningInputs, rule: ConveningRule): ConveningFinding['outcome'] {
	const share = Math.max(1, Math.ceil((inputs.members * rule.share[0]) / rule.share[1]));
	const longAgo =
		rule.singleAfterMonths > 0 &&
		(inputs.lastSession === null ||
			Temporal.PlainDate.compare(
				Temporal.PlainDate.from(inputs.lastSession).add({ months: rule.singleAfterMonths }),
				inputs.today,
			) < 0);
	const needed = longAgo ? 1 : share;
	const reached = inputs.supporters >= needed;
	return { reached, needed, because: !reached ? 'missing' : inputs.supporters >= share ? 'share' : 'longAgo' };
}
