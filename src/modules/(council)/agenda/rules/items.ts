/** Kinds of agenda items, in the order in which forms offer them. */
export const ITEM_KINDS = [
	'topic',
	'report',
	'election',
	'opening',
	'minutesApproval',
	'announcement',
	'anyOther',
] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** Why the public is excluded (rulebook R2-10). */
export const CLOSED_CODES = ['personnel', 'individual', 'property', 'procurement', 'commonGood', 'other'] as const;
export type ClosedCode = (typeof CLOSED_CODES)[number];

export type Warning = 'anyOtherNoResolution' | 'reportTakesNote';

/**
 * What should be said before an outcome is recorded under an item of this kind. "Verschiedenes" is for information only:
 * no resolutions there (rulebook R2-41). The room warns and does not forbid; the chair decides.
 * @param outcome what somebody is about to record: a resolution or a vote, an election, or merely that note was taken
 */
export function warningFor(
	kind: ItemKind,
	outcome: 'resolution' | 'vote' | 'election' | 'noted' | 'opinion',
): Warning | null {
	if (kind === 'anyOther' && outcome !== 'noted') return 'anyOtherNoResolution';
	if (kind === 'report' && outcome === 'election') return 'reportTakesNote';
	return null;
}

export interface ClosedMark {
	public: boolean;
	closedCode: string;
	closedBasis: string;
	neutralTitle: string;
}

/** What a closed item still lacks: reason, legal basis and a title that gives nothing away (rulebook R2-08, R2-10). */
export function missingForClosed(item: ClosedMark): ('closedCode' | 'closedBasis' | 'neutralTitle')[] {
	if (item.public) return [];
	return (['closedCode', 'closedBasis', 'neutralTitle'] as const).filter((field) => !item[field].trim());
}

/** Sentence that makes a second session quorate in any number for the same subjects, and only with it (rulebook R2-25). */
export const SECOND_CONVENING_SENTENCE =
	'Zur vorigen Sitzung mit denselben Gegenständen war das Gremium nicht beschlussfähig. Zu den so gekennzeichneten Punkten ist es in dieser Sitzung ohne Rücksicht auf die Zahl der Anwesenden beschlussfähig; darauf wird hiermit ausdrücklich hingewiesen.';

/** Reminders that are due: the set days before the session, none in the past of the invitation, none after the session. */
export function dueReminders(
	days: readonly number[],
	session: Temporal.PlainDate,
	invitedOn: Temporal.PlainDate,
	today: Temporal.PlainDate,
): number[] {
	return [...new Set(days)].filter((before) => {
		const on = session.subtract({ days: before });
		return (
			Temporal.PlainDate.compare(on, invitedOn) > 0 &&
			Temporal.PlainDate.compare(on, today) <= 0 &&
			Temporal.PlainDate.compare(today, session) <= 0
		);
	});
}
