/** Days that are no working days, first and last included. ISO days. */
export interface FreeDays {
	from: string;
	last: string;
}

/** Monday to Friday, unless a public holiday is entered for it (rulebook R4-07: calendar of holidays). */
export function isWorkingDay(day: Temporal.PlainDate, free: readonly FreeDays[]): boolean {
	const iso = day.toString();
	return day.dayOfWeek <= 5 && !free.some(({ from, last }) => from <= iso && iso <= last);
}

/**
 * The last day of a deadline of `count` working days: the day of asking does not count, the day itself still does
 * (rulebook R4-05).
 */
export function addWorkingDays(from: Temporal.PlainDate, count: number, free: readonly FreeDays[]): Temporal.PlainDate {
	let day = from;
	for (let left = count; left > 0;) {
		day = day.add({ days: 1 });
		if (isWorkingDay(day, free)) left--;
	}
	return day;
}
