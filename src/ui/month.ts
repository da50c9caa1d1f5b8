/** A day of a month's grid; days of the neighbouring months fill the first and the last week. */
export type GridDay = { iso: string; day: number; inMonth: boolean };

/**
 * The weeks that show a month, Monday first unless `firstDay` says otherwise (1 = Monday … 7 = Sunday).
 * Works on plain numbers, so that it may run in a browser that has no Temporal yet.
 */
export function monthGrid(year: number, month: number, firstDay = 1): GridDay[][] {
	const first = new Date(Date.UTC(year, month - 1, 1));
	const lead = (first.getUTCDay() + 7 - (firstDay % 7)) % 7;
	const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
	const weeks = Math.ceil((lead + days) / 7);
	return Array.from({ length: weeks }, (_, week) =>
		Array.from({ length: 7 }, (_, weekday) => {
			const at = new Date(Date.UTC(year, month - 1, 1 - lead + week * 7 + weekday));
			return { iso: at.toISOString().slice(0, 10), day: at.getUTCDate(), inMonth: at.getUTCMonth() === month - 1 };
		}),
	);
}
