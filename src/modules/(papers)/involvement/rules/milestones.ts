/** The days of a matter (R4-02). ISO days; null where it has not happened or nobody said so. */
export interface Milestones {
	openedOn: string;
	firstInformedOn: string | null;
	draftFinalOn: string | null;
	mayorApprovedOn: string | null;
	decidedOn: string | null;
}

/** The day from which on nothing can be changed by being asked: the draft is final, the mayor approved, or it is decided. */
export function fixedOn({ draftFinalOn, mayorApprovedOn, decidedOn }: Milestones): string | null {
	return [draftFinalOn, mayorApprovedOn, decidedOn].filter((day) => day !== null).sort()[0] ?? null;
}

export type Earliness = 'early' | 'late' | 'planned' | 'unknown';

/**
 * Was the information early? Early is what comes before the draft is fixed (R4-02); who was not told by then was told
 * late. A day to come is a plan, no fact.
 */
export function earliness(milestones: Milestones, today: string): Earliness {
	const { firstInformedOn } = milestones;
	const fixed = fixedOn(milestones);
	if (firstInformedOn !== null && fixed !== null && firstInformedOn > fixed) return 'late';
	if (firstInformedOn === null || firstInformedOn > today)
		return fixed !== null && fixed <= today ? 'late' : firstInformedOn === null ? 'unknown' : 'planned';
	return 'early';
}

/** Days between the opening and the first information: the metric of R4-02. Null while there was none. */
export function daysUntilInformed({ openedOn, firstInformedOn }: Milestones, today: string): number | null {
	if (firstInformedOn === null || firstInformedOn > today) return null;
	return Temporal.PlainDate.from(openedOn).until(firstInformedOn, { largestUnit: 'days' }).days;
}

/** Asked while the answer could still change something; what is made up for later counts as late (R4-08). */
export function askedInTime(requestedOn: string, milestones: Milestones, omittedOn: string | null): boolean {
	const fixed = fixedOn(milestones);
	return (fixed === null || requestedOn <= fixed) && (omittedOn === null || requestedOn < omittedOn);
}
