/** Somebody who may answer for an office today. */
export interface OfficePerson {
	personId: string;
	deputy: boolean;
	/** The last day of an absence that covers today. ISO day. */
	awayUntil: string | null;
}

export interface Addressee {
	/** Null: nobody holds the office (vacant), or a body without a chair. */
	personId: string | null;
	as: 'holder' | 'deputy' | 'vacant' | 'body';
	/** The day from which the deadline is counted: today, or the last day of the absence. */
	startOn: string;
}

/**
 * Who is asked (R4-07): the holder who is there; else the deputy who is there; else the holder who is back first, and the
 * deadline begins only then. An office nobody holds is vacant and has no deadline.
 */
export function chooseAddressee(people: readonly OfficePerson[], today: string): Addressee {
	const there = (deputy: boolean) => people.find((one) => one.deputy === deputy && one.awayUntil === null);
	const holder = there(false);
	if (holder) return { personId: holder.personId, as: 'holder', startOn: today };
	const deputy = there(true);
	if (deputy) return { personId: deputy.personId, as: 'deputy', startOn: today };
	const [first] = people.toSorted(
		(a, b) => Number(a.deputy) - Number(b.deputy) || (a.awayUntil! < b.awayUntil! ? -1 : 1),
	);
	if (!first) return { personId: null, as: 'vacant', startOn: today };
	return { personId: first.personId, as: first.deputy ? 'deputy' : 'holder', startOn: first.awayUntil! };
}
