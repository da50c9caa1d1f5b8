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
