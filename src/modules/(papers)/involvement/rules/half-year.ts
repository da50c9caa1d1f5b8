/** Half a year, as statistics are kept: `2026-1` is January to June, `2026-2` July to December. */
export interface HalfYear {
	key: string;
	year: number;
	half: 1 | 2;
	/** ISO days, half-open. */
	from: string;
	until: string;
}

export function halfYearOf(day: string): HalfYear {
	const { year, month } = Temporal.PlainDate.from(day);
	return made(year, month <= 6 ? 1 : 2);
}

/** @returns undefined for what is no half-year */
export function readHalfYear(text: string): HalfYear | undefined {
	const match = /^(\d{4})-([12])$/.exec(text);
	return match ? made(Number(match[1]), Number(match[2]) as 1 | 2) : undefined;
}

/** The half-year `by` halves later (or earlier, if negative). */
export function shifted({ year, half }: HalfYear, by: number): HalfYear {
	const halves = year * 2 + (half - 1) + by;
	return made(Math.floor(halves / 2), ((halves % 2) + 1) as 1 | 2);
}

function made(year: number, half: 1 | 2): HalfYear {
	const from = half === 1 ? `${year}-01-01` : `${year}-07-01`;
	const until = half === 1 ? `${year}-07-01` : `${year + 1}-01-01`;
	return { key: `${year}-${half}`, year, half, from, until };
}
