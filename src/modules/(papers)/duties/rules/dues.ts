/** Due dates of reporting duties (rulebook R3-23). Pure. */

export const RHYTHMS = ['once', 'quarter', 'halfYear', 'year'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** A rhythm from its first due date on; the next phase's first date ends it. */
export interface Phase {
	from: Temporal.PlainDate;
	rhythm: Rhythm;
}

/** Both count; without any, the duty goes on until somebody ends it. */
export interface End {
	/** The last day on which a report may be due. */
	on: Temporal.PlainDate | null;
	/** So many reports altogether. */
	count: number | null;
}

const MONTHS: Record<Exclude<Rhythm, 'once'>, number> = { quarter: 3, halfYear: 6, year: 12 };

/**
 * All due dates up to the first one after `day` for which no report came yet: whoever reports early sees at once what comes
 * next. Each is reckoned from the first of its phase, so a short month shortens no later one; a phase that begins on the last
 * day of a month keeps to last days (30 June, 31 December).
 * @param phases in any order; two never begin on the same day
 * @param done ISO days whose report is there
 */
export function dueDates(
	phases: readonly Phase[],
	end: End,
	day: Temporal.PlainDate,
	done: ReadonlySet<string> = new Set(),
): Temporal.PlainDate[] {
	const order = [...phases].sort((a, b) => Temporal.PlainDate.compare(a.from, b.from));
	const dates: Temporal.PlainDate[] = [];
	for (const [index, phase] of order.entries()) {
		const next = order[index + 1]?.from;
		for (let n = 0; n === 0 || phase.rhythm !== 'once'; n++) {
			const due = nth(phase, n);
			if (next && Temporal.PlainDate.compare(due, next) >= 0) break;
			if (end.on && Temporal.PlainDate.compare(due, end.on) > 0) return dates;
			if (end.count !== null && dates.length >= end.count) return dates;
			dates.push(due);
			if (Temporal.PlainDate.compare(due, day) > 0 && !done.has(due.toString())) return dates;
		}
	}
	return dates;
}

function nth({ from, rhythm }: Phase, n: number): Temporal.PlainDate {
	if (rhythm === 'once' || n === 0) return from;
	const due = from.add({ months: n * MONTHS[rhythm] });
	return from.day === from.daysInMonth ? due.with({ day: due.daysInMonth }) : due;
}

/** Is a report still to come, and its day past? On the day itself it is not late. */
export function isOverdue(due: { due: string; state: string }, today: Temporal.PlainDate): boolean {
	return (due.state === 'open' || due.state === 'partly') && due.due < today.toString();
}

/** A report that came in parts stays open until one of them completes it; a substitute closes it, too (rulebook R4-12). */
export function stateFrom(extents: readonly ('full' | 'partial' | 'substitute')[]): 'open' | 'partly' | 'done' {
	if (extents.some((extent) => extent !== 'partial')) return 'done';
	return extents.length ? 'partly' : 'open';
}

/** The year a yearly report speaks of. */
export function coveredYear(due: string, covers: 'none' | 'previousYear' | 'sameYear'): number | null {
	if (covers === 'none') return null;
	return Number(due.slice(0, 4)) - (covers === 'previousYear' ? 1 : 0);
}
